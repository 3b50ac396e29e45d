"""Findings in the order in which a service that shows only some of them should get them."""

from __future__ import annotations

from pipecheck.findings.finding import Finding, Report
from pipecheck.report.undecided import LEAD
from pipecheck.rules.verdict import Verdict

_ORDER = {Verdict.ERROR: 0, Verdict.FAIL: 1, Verdict.UNKNOWN: 2}


def ranked(report: Report) -> list[Finding]:
    """Crashes, then failures, the worst first, then what cannot be told; otherwise in report order."""
    return sorted(report.findings, key=lambda finding: (_ORDER[finding.verdict], -finding.severity.rank))


def stated(finding: Finding) -> str:
    """The message as one that stands alone, where no verdict stands beside it; not yet redacted."""
    if finding.verdict is not Verdict.UNKNOWN:
        return finding.message
    return f"Cannot tell: {finding.message.removeprefix(LEAD)}"
