"""One line per finding, for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
import io

from pipecheck.findings.finding import Finding, Report, place_order
from pipecheck.report.options import RenderOptions
from pipecheck.report.redaction import Redaction, printable
from pipecheck.report.sources import Sources
from pipecheck.report.subject_text import subject_text

_COLUMNS = (
    "rule",
    "severity",
    "verdict",
    "message",
    "reason",
    "subject",
    "pipeline",
    "stage",
    "action",
    "arn",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "controls",
    "fingerprint",
    "suppressed",
    "justification",
)

_FORMULA = ("=", "+", "-", "@", "\t")
"""What makes a spreadsheet run a cell (https://owasp.org/www-community/attacks/CSV_Injection)."""


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """A header, the findings and those that are accepted, in report order."""
    redaction = Redaction(report.secrets)
    found = sorted((*report.findings, *report.suppressed), key=place_order) if report.suppressed else report.findings
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_inert(cell) for cell in _cells(finding, redaction)] for finding in found)
    return written.getvalue()


def _cells(finding: Finding, redaction: Redaction) -> list[str]:
    subject, span, suppression = finding.subject, finding.location.span, finding.suppressed
    controls = [f"{framework}/{id}" for framework, ids in finding.controls.items() for id in ids]
    return [
        finding.rule,
        finding.severity.value,
        finding.verdict.value,
        redaction.line(finding.message),
        finding.reason.value if finding.reason else "",
        redaction.line(subject_text(subject)),
        *(redaction.line(name or "") for name in (subject.pipeline, subject.stage, subject.action, subject.arn)),
        printable(finding.location.uri),
        *(str(number) for number in (span.line, span.column, span.end_line, span.end_column)),
        " ".join(controls),
        finding.fingerprint,
        "" if suppression is None else suppression.kind,
        "" if suppression is None else redaction.line(suppression.reason),
    ]


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
