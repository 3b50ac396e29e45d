"""The table that says of each control of a framework what the scan found."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from pipecheck.findings.coverage import STATES, Coverage
from pipecheck.report.redaction import printable
from pipecheck.report.style import BOLD, DIM, GREEN, RED, YELLOW, Style

_STYLES = dict(zip(STATES, ((BOLD, RED), (YELLOW,), (GREEN,), (DIM,)), strict=True))


def coverage_table(coverage: Coverage, style: Style, width: int) -> str:
    """The framework, a line for each control with its state and title, below it the rules that decided and why."""
    framework = coverage.framework
    counts = [f"{sum(c.state == state for c in coverage.controls)} {state}" for state in STATES]
    version = f" {framework.version}" if framework.version else ""
    lines = [f"{style.paint(f'{framework.title}{version}', BOLD)}: {' · '.join(counts)}"]
    if framework.mapping:
        lines += wrap(framework.mapping, width)
    return "\n".join([*lines, "", *_rows(coverage, style, width)])


def _rows(coverage: Coverage, style: Style, width: int) -> Iterator[str]:
    ids = max((len(control.id) for control in coverage.controls), default=0)
    states = max(map(len, STATES))
    hanging = " " * (ids + states + 4)
    for control in coverage.controls:
        state = style.paint(control.state, *_STYLES[control.state]) + " " * (states - len(control.state))
        title = wrap(printable(control.title), max(width - len(hanging), 40)) or [""]
        yield f"{printable(control.id).ljust(ids)}  {state}  {title[0]}".rstrip()
        yield from (f"{hanging}{line}" for line in title[1:])
        why = f"{control.why}: {', '.join(control.rules)}" if control.rules else control.why
        yield from (
            f"{hanging}{style.paint(line, DIM)}"
            for line in wrap(why, max(width - len(hanging), 40), break_on_hyphens=False)
        )
