"""The exit code of a scan, whatever the format."""

from __future__ import annotations

from pipecheck.findings.finding import Finding, Report
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

NEVER = "never"
DEFAULT_FAIL_ON = Severity.HIGH.value
FAIL_ON = (*(severity.value for severity in reversed(Severity)), NEVER)


def exit_code(report: Report, *, fail_on: str, unknown_fails: bool) -> int:
    """4 where a rule crashed, else 3 where an input could not be read or there was none, else 1 for findings, else 0.

    `fail_on` is one of FAIL_ON. A cannot-tell counts at its rule's severity where `unknown_fails`.
    """
    if any(finding.verdict is Verdict.ERROR for finding in report.findings):
        return 4
    if report.errors or not report.inputs:
        return 3
    counted = {Verdict.FAIL, Verdict.UNKNOWN} if unknown_fails else {Verdict.FAIL}
    return int(any(_is_bad_enough(f, fail_on) for f in report.findings if f.verdict in counted))


def _is_bad_enough(finding: Finding, fail_on: str) -> bool:
    return fail_on != NEVER and finding.severity.rank >= Severity(fail_on).rank
