"""The command line: the only floor that prints and exits."""

from __future__ import annotations


def main() -> None:
    """Run the command line; never returns."""
    from pipecheck.cli.group import pipecheck  # noqa: PLC0415 - `import pipecheck.cli` stays cheap

    pipecheck.main(prog_name="pipecheck")
