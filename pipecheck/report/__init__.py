"""Output formats, one module each with `render(report, sources, options) -> str`; `formats` names them.

Reporters only format. They decide no verdict, read no input beyond the source lines they quote, and never
print.
"""
