"""Workflow commands, which GitHub Actions shows as annotations on the changed lines of a pull request.

Escaped as GitHub's own toolkit does
(https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts). GitHub keeps ten annotations of each
level and step (https://docs.github.com/en/rest/checks/runs), so the worst ten of each are written, and a notice that
counts the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

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
class Annotation:
    """One annotation. `path` is relative to the root of the repository where the file lies below it."""

    level: str
    title: str
    message: str
    path: str | None = None
    span: Span | None = None


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """One command per line; a single notice where there is nothing to say."""
    return workflow_commands(list(annotated(report, options)), "see the whole report")


def workflow_commands(found: Sequence[Annotation], rest: str) -> str:
    """As many annotations as GitHub keeps of a step, one command per line. `rest` says where the others are."""
    kept: Counter[str] = Counter()
    lines = []
    for annotation in found:
        if kept[annotation.level] < _MOST - (annotation.level == "notice"):
            kept[annotation.level] += 1
            lines.append(_written(annotation))
    left_out = len(found) - len(lines)
    closing = f"{count(left_out, 'more finding')}: {rest}" if left_out else None
    if not found:
        closing = "nothing found"
    if closing is not None:
        lines.append(notice(closing))
    return "\n".join(lines) + "\n"


def notice(text: str) -> str:
    """The command that shows a text on no line of any file, without a line break."""
    return _written(Annotation("notice", "pipecheck", "\n".join(map(printable, text.split("\n")))))


def level_of(finding: Finding) -> str:
    """`error`, `warning` or `notice`; what cannot be told is a notice."""
    if finding.verdict is Verdict.ERROR:
        return "error"
    return _LEVELS[finding.severity] if finding.verdict is Verdict.FAIL else "notice"


def annotated(report: Report, options: RenderOptions) -> Iterator[Annotation]:
    """What to say on which lines, the worst first; safe to show, but not yet escaped."""
    redaction = Redaction(report.secrets)
    for error in report.errors:
        yield _input_error(error, redaction, options)
    for finding in ranked(report):
        rule = report.rules.get(finding.rule)
        parts = [redaction.line(stated(finding), _LONGEST_MESSAGE)]
        if finding.reason is not None:
            parts.append(f"Help: {finding.reason.advice}")
        elif rule is not None and finding.verdict is Verdict.FAIL:
            parts.append(f"Help: {printable(first_sentences(rule.remediation))}")
        title = f"{finding.rule} ({finding.severity.value})"
        location = finding.location
        path = _path(location.uri, options)
        yield Annotation(level_of(finding), printable(title), "\n".join(parts), path, location.span)


def _path(uri: str, options: RenderOptions) -> str:
    return printable(below_root(uri, options.base, options.root) or uri)


def _input_error(error: PipecheckError, redaction: Redaction, options: RenderOptions) -> Annotation:
    message = "\n".join(redaction.line(text, _LONGEST_MESSAGE) for text in (error.message, *error.help))
    line, column = error.line, error.column or 1
    span = None if line is None else Span(line, column, line, column + 1)
    path = None if error.source is None else _path(error.source, options)
    return Annotation("error", "an input could not be read", message, path, span)


def _written(command: Annotation) -> str:
    properties: dict[str, object] = {}
    if command.path is not None:
        properties["file"] = command.path
    if command.span is not None:
        span = command.span
        properties |= {"line": span.line, "endLine": span.end_line}
        if span.line == span.end_line:  # GitHub takes columns of a single line alone
            properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = command.title
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{command.level} {written}::{_data(command.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
