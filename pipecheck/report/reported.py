"""Which findings of the outcomes are in the report, and which were filtered out."""

from __future__ import annotations

from pipecheck.findings.finding import Finding, Outcome, Report
from pipecheck.rules.verdict import Verdict


class Reported:
    """Tells which findings of the outcomes are in the report and which were filtered out."""

    __slots__ = ("_keys",)

    def __init__(self, report: Report) -> None:
        self._keys = {_key(finding) for finding in report.findings}

    def of(self, outcome: Outcome) -> list[Finding]:
        """The findings of the outcome that are reported."""
        return [finding for finding in outcome.findings if _key(finding) in self._keys]


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.location, finding.identity, finding.message


def clean_outcomes(report: Report) -> list[Outcome]:
    """The outcomes that a verbose report adds to the findings: what passes and what does not apply."""
    return [outcome for outcome in report.outcomes if outcome.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE)]
