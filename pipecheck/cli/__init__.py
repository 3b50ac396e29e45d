"""The command line: the only floor that prints and exits."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line; never returns."""
    # What a run makes lives until it ends, its modules too, and hardly any of it in cycles: looking for garbage among
    # it is work for nothing.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 gets "?" and no traceback
    from pipecheck.cli.edges import guarded  # noqa: PLC0415 - `import pipecheck.cli` stays cheap

    with guarded():
        from pipecheck.cli.group import pipecheck  # noqa: PLC0415

        pipecheck.main(prog_name="pipecheck")
