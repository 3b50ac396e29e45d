"""Which findings of the outcomes are in the report, and which were filtered out."""

from __future__ import annotations

from pipecheck.findings.finding import Finding, Outcome, Report
from pipecheck.rules.verdict import Verdict


class Reported:
    """Tells which findings of the outcomes are in the report, or among `also`, and which were filtered out."""

    __slots__ = ("_found",)

    def __init__(self, report: Report, also: tuple[Finding, ...] = ()) -> None:
        found = (*report.findings, *report.suppressed, *also)
        self._found = {_key(finding): finding for finding in found}

    def of(self, outcome: Outcome) -> list[Finding]:
        """The findings of the outcome that are reported, as the report has them: some of them suppressed."""
        return [self._found[key] for finding in outcome.findings if (key := _key(finding)) in self._found]


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.location, finding.identity, finding.message


def clean_outcomes(report: Report) -> list[Outcome]:
    """The outcomes that a verbose report adds to the findings: what passes and what does not apply."""
    return [outcome for outcome in report.outcomes if outcome.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE)]
