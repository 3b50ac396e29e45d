"""What could not be told, gathered so that one missing piece is one entry, however many rules ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from pipecheck.findings.finding import Finding, Location
from pipecheck.report.subject_text import subject_in_context
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Reason
from pipecheck.values.record import record

LEAD = "cannot tell: "
"""Begins the message of what cannot be told."""


@record
class Undecided:
    """One thing that is not known. `what` says which; `findings` are all that it keeps undecided, in report order."""

    what: str
    reason: Reason | None
    findings: list[Finding] = field(default_factory=list)

    @property
    def rules(self) -> list[str]:
        """The rules that cannot tell, by name."""
        return sorted({finding.rule for finding in self.findings})

    @property
    def subjects(self) -> list[str]:
        """The subjects of which they cannot tell, each once."""
        return list(dict.fromkeys(subject_in_context(finding.subject) for finding in self.findings))

    @property
    def locations(self) -> list[Location]:
        """Where it would be needed, each place once."""
        return list(dict.fromkeys(finding.location for finding in self.findings))


def gathered(findings: Iterable[Finding]) -> list[Undecided]:
    """The UNKNOWN among the findings by what is not known, in the order of their first finding."""
    groups: dict[tuple[Reason | None, str], Undecided] = {}
    for finding in findings:
        if finding.verdict is Verdict.UNKNOWN:
            what = finding.message.removeprefix(LEAD)
            group = groups.setdefault((finding.reason, what), Undecided(what, finding.reason))
            group.findings.append(finding)
    return list(groups.values())


def batched(findings: Iterable[Finding]) -> list[list[Undecided]]:
    """What is not known, together with what keeps the same rules undecided for the same reason."""
    batches: dict[tuple[Reason | None, tuple[str, ...]], list[Undecided]] = {}
    for undecided in gathered(findings):
        batches.setdefault((undecided.reason, tuple(undecided.rules)), []).append(undecided)
    return list(batches.values())
