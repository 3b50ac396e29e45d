"""Use cases, one module each: what a command does, as a function that returns its result.

They join loaders, engine and reporters, and neither print nor know click, so that an editor, a test or
another program can call them just as the command line does.
"""
