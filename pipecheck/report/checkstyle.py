"""Checkstyle's XML, which most review bots and CI servers read.

Its severities are error, warning and info (https://checkstyle.org/property_types.html#SeverityLevel); what cannot be
told is info.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Finding, Report
from pipecheck.report.options import RenderOptions
from pipecheck.report.ranked import stated
from pipecheck.report.redaction import Redaction
from pipecheck.report.sources import Sources
from pipecheck.report.xml import attributes
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

_LONGEST_MESSAGE = 1_000
_SEVERITIES = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "info",
    Severity.INFO: "info",
}


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """One `file` per source with a finding or an error, in report order."""
    redaction = Redaction(report.secrets)
    files: dict[str, list[str]] = {}
    for error in report.errors:
        files.setdefault(error.source or "", []).append(_input_error(error, redaction))
    for finding in report.findings:
        files.setdefault(finding.location.uri, []).append(_error(finding, redaction))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="10.0">', *_files(files), "</checkstyle>"]
    return "\n".join(lines) + "\n"


def _files(files: dict[str, list[str]]) -> Iterator[str]:
    for uri, errors in files.items():
        yield f"  <file{attributes(name=uri)}>"
        yield from errors
        yield "  </file>"


def _error(finding: Finding, redaction: Redaction) -> str:
    span = finding.location.span
    message = redaction.line(stated(finding), _LONGEST_MESSAGE)
    return _element(span.line, span.column, _severity(finding), message, finding.rule)


def _severity(finding: Finding) -> str:
    match finding.verdict:
        case Verdict.ERROR:
            return "error"
        case Verdict.FAIL:
            return _SEVERITIES[finding.severity]
        case _:
            return "info"


def _input_error(error: PipecheckError, redaction: Redaction) -> str:
    return _element(error.line or 1, error.column, "error", redaction.line(error.message, _LONGEST_MESSAGE), "input")


def _element(line: int, column: int | None, severity: str, message: str, rule: str) -> str:
    stated = attributes(line=line, column=column, severity=severity, message=message, source=f"pipecheck.{rule}")
    return f"    <error{stated}/>"
