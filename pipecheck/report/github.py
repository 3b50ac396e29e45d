"""Workflow commands, which GitHub Actions shows as annotations on the changed lines of a pull request.

Escaped as GitHub's own toolkit does
(https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts). GitHub keeps ten annotations of each
level and step (https://docs.github.com/en/rest/checks/runs), so the worst ten of each are written, and a notice that
counts the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Finding, Report
from pipecheck.report.first_sentences import first_sentences
from pipecheck.report.options import RenderOptions
from pipecheck.report.places import below_root
from pipecheck.report.ranked import ranked, stated
from pipecheck.report.redaction import Redaction, printable
from pipecheck.report.sources import Sources
from pipecheck.report.summary_line import count
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Span
from pipecheck.values.record import record

_MOST = 10
_LONGEST_MESSAGE = 1_000
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}


@record
class _Command:
    """One annotation. `uri` is a source's name as the report has it."""

    level: str
    title: str
    message: str
    uri: str | None = None
    span: Span | None = None


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """One command per line; a single notice where there is nothing to say."""
    commands = list(_commands(report))
    kept: Counter[str] = Counter()
    lines = []
    for command in commands:
        if kept[command.level] < _MOST - (command.level == "notice"):
            kept[command.level] += 1
            lines.append(_written(command, options))
    left_out = len(commands) - len(lines)
    closing = f"{count(left_out, 'more finding')}: see the whole report" if left_out else None
    if not commands:
        closing = "nothing found"
    if closing is not None:
        lines.append(_written(_Command("notice", "pipecheck", closing), options))
    return "\n".join(lines) + "\n"


def level_of(finding: Finding) -> str:
    """`error`, `warning` or `notice`; what cannot be told is a notice."""
    if finding.verdict is Verdict.ERROR:
        return "error"
    return _LEVELS[finding.severity] if finding.verdict is Verdict.FAIL else "notice"


def _commands(report: Report) -> Iterator[_Command]:
    redaction = Redaction(report.secrets)
    for error in report.errors:
        yield _input_error(error, redaction)
    for finding in ranked(report):
        rule = report.rules.get(finding.rule)
        parts = [redaction.line(stated(finding), _LONGEST_MESSAGE)]
        if finding.reason is not None:
            parts.append(f"Help: {finding.reason.advice}")
        elif rule is not None and finding.verdict is Verdict.FAIL:
            parts.append(f"Help: {printable(first_sentences(rule.remediation))}")
        title = f"{finding.rule} ({finding.severity.value})"
        location = finding.location
        yield _Command(level_of(finding), title, "\n".join(parts), location.uri, location.span)


def _input_error(error: PipecheckError, redaction: Redaction) -> _Command:
    message = "\n".join(redaction.line(text, _LONGEST_MESSAGE) for text in (error.message, *error.help))
    line, column = error.line, error.column or 1
    span = None if line is None else Span(line, column, line, column + 1)
    return _Command("error", "an input could not be read", message, error.source, span)


def _written(command: _Command, options: RenderOptions) -> str:
    properties: dict[str, object] = {}
    if command.uri is not None:
        path = below_root(command.uri, options.base, options.root)
        properties["file"] = printable(path or command.uri)
    if command.span is not None:
        span = command.span
        properties |= {"line": span.line, "endLine": span.end_line}
        if span.line == span.end_line:  # GitHub takes columns of a single line alone
            properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = printable(command.title)
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{command.level} {written}::{_data(command.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
