"""Where reports go: stdout, or files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipecheck.errors import UsageError
from pipecheck.findings.finding import Report
from pipecheck.report.formats import FORMATS, renderer
from pipecheck.report.options import RenderOptions
from pipecheck.report.sources import Sources
from pipecheck.values.record import record, replace

_USUAL_WIDTH = 100


@record
class Target:
    """One report to write. `file` None is stdout."""

    format: str
    file: str | None


def chosen_targets(formats: Sequence[str], output: str | None) -> tuple[Target, ...]:
    """What `--format FORMAT[=FILE]` and `--output` ask for. Raises UsageError where they do not fit together."""
    targets = [_target(text) for text in formats] or [Target(FORMATS[0], None)]
    loose = [target for target in targets if target.file is None]
    if output is not None:
        if len(loose) != 1:
            raise UsageError("--output needs exactly one --format without a file of its own")
        targets = [Target(t.format, output) if t.file is None else t for t in targets]
    elif len(loose) > 1:
        raise UsageError(
            "more than one format would be written to stdout",
            help=("give all but one a file, for example -f text -f sarif=pipecheck.sarif",),
        )
    _refuse_shared_files(targets)
    return tuple(targets)


def _refuse_shared_files(targets: Sequence[Target]) -> None:
    """Raises UsageError where one report would overwrite another; a device such as /dev/stderr takes several."""
    taken: set[str] = set()
    for target in targets:
        if target.file is None or Path(target.file).is_char_device() or Path(target.file).is_fifo():
            continue
        file = os.path.realpath(target.file)
        if file in taken:
            raise UsageError(
                f"more than one report would be written to {target.file}", help=("give each its own file",)
            )
        taken.add(file)


def _target(text: str) -> Target:
    name, equals, file = text.partition("=")
    if name not in FORMATS or (equals and not file):
        from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

        nearest = get_close_matches(name, FORMATS, 1)
        hint = (f"did you mean {nearest[0]}?",) if nearest and not file else ()
        raise UsageError(f"unknown format {text}: expected {', '.join(FORMATS)}, or FORMAT=FILE", help=hint)
    return Target(name, file or None)


def write_reports(
    targets: Sequence[Target], report: Report, sources: Sources, color: str, options: RenderOptions
) -> None:
    """Renders every report and writes it. Raises UsageError where a file cannot be written, or stdout is closed."""
    if sys.stdout is None and any(target.file is None for target in targets):
        raise UsageError("cannot write the report: stdout is closed", help=("name a file with --output FILE",))
    for target in targets:
        colored = target.file is None and wants_color(color)
        links = colored and sys.stdout.isatty()
        text = renderer(target.format)(report, sources, replace(options, color=colored, hyperlinks=links))
        if target.file is None:
            click.echo(text, nl=False, color=True)
        else:
            _write(target.file, text)


def _write(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the report: {error.strerror or error}", source=file) from None


def wants_color(choice: str) -> bool:
    """Whether stdout gets colours: `--color`, else NO_COLOR and FORCE_COLOR, else whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def terminal_width() -> int:
    """The columns of the terminal: COLUMNS, else what the terminal says, else 100.

    `shutil.get_terminal_size` does the same, but its module costs more than a small report.
    """
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL_WIDTH  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):
        return _USUAL_WIDTH
