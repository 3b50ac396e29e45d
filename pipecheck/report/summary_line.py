"""The verdicts of a report, counted in one line."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.findings.finding import Report
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict


def count(number: int, noun: str) -> str:
    """`1 rule`, `3 rules`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def verdict_counts(report: Report) -> Iterator[tuple[Verdict, int, str]]:
    """Each verdict with its count and what a summary says of it, the worst news first."""
    verdicts = report.summary.verdicts
    failed = verdicts.get(Verdict.FAIL, 0)
    severities = ", ".join(
        f"{number} {severity.value}"
        for severity in reversed(Severity)
        if (number := report.summary.failed_by_severity.get(severity, 0))
    )
    yield Verdict.FAIL, failed, f"{failed} failed{f' ({severities})' if severities else ''}"
    unknown = verdicts.get(Verdict.UNKNOWN, 0)
    yield Verdict.UNKNOWN, unknown, f"{unknown} cannot tell"
    passed = verdicts.get(Verdict.PASS, 0)
    yield Verdict.PASS, passed, f"{passed} passed"
    not_applicable = verdicts.get(Verdict.NOT_APPLICABLE, 0)
    yield Verdict.NOT_APPLICABLE, not_applicable, f"{not_applicable} not applicable"
    errors = verdicts.get(Verdict.ERROR, 0)
    yield Verdict.ERROR, errors, count(errors, "error")


def scanned(report: Report) -> str:
    """`3 inputs, 1 pipeline`, and the errors in reading them where there were any."""
    pipelines = sum(len(scanned_input.pipelines) for scanned_input in report.inputs)
    text = f"{count(len(report.inputs), 'input')}, {count(pipelines, 'pipeline')}"
    return f"{text} ({count(len(report.errors), 'input error')})" if report.errors else text
