"""The command line: options, exit codes and where output goes, over use cases that know nothing of a
terminal.

This is the only floor that prints, exits or imports click. Each command lives in its own module and is
imported when it is called, so that `pipecheck --version` loads almost nothing.
"""
