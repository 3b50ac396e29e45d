"""Findings and what a scan reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from pipecheck.errors import PipecheckError
from pipecheck.model.inventory import ScannedInput
from pipecheck.model.subject import SubjectName
from pipecheck.rules.rule import Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Reason, Span
from pipecheck.values.record import record

if TYPE_CHECKING:
    from pipecheck.findings.coverage import Coverage


@record
class Location:
    """A stretch of a source. `uri` is the name the source was read under, relative where it was given so."""

    uri: str
    span: Span


@record
class RelatedLocation:
    """Another place that belongs to a finding."""

    location: Location
    message: str


@record
class Suppression:
    """That a finding is accepted: where that is said, and what is said about it.

    `kind` is comment, metadata or waiver. `owner` is None where nobody is named, `expires` None where it has no end.
    """

    kind: str
    reason: str
    location: Location
    owner: str | None = None
    expires: str | None = None


@record
class Hidden:
    """A stretch of a source in which a text must not be shown, although it may be shown elsewhere."""

    uri: str
    span: Span
    text: str


@record
class Finding:
    """One clause that failed, could not be told or crashed; with `--verbose` also one that passed.

    `reason` is set for UNKNOWN alone. `assumptions` are sentences about defaults the verdict rests on. `controls`
    maps a framework's slug to the control ids. `identity` is what it is known by wherever its lines move.
    `suppressed` says that it is accepted; None: it is not.
    """

    rule: str
    severity: Severity
    verdict: Verdict
    message: str
    subject: SubjectName
    location: Location
    identity: tuple[str, ...]
    reason: Reason | None = None
    related: tuple[RelatedLocation, ...] = ()
    assumptions: tuple[str, ...] = ()
    controls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suppressed: Suppression | None = None

    @property
    def fingerprint(self) -> str:
        """The identity in 32 hexadecimal digits."""
        from hashlib import sha256  # noqa: PLC0415 - four milliseconds, and most formats print none

        return sha256("\x1f".join(self.identity).encode()).hexdigest()[:32]


def place_order(finding: Finding) -> tuple[str, int, int, str]:
    """What findings are sorted by: path, line, column and rule."""
    span = finding.location.span
    return finding.location.uri, span.line, span.column, finding.rule


@record
class Summary:
    """Counts over every rule and subject, taken before anything is filtered.

    `failed_by_severity` counts the failing ones by their worst finding. `suppressed` counts findings that are
    accepted; what they say is counted in the others too.
    """

    verdicts: Mapping[Verdict, int]
    failed_by_severity: Mapping[Severity, int]
    suppressed: int = 0


@record
class Outcome:
    """What one rule said of one subject, for reports that list every check."""

    rule: str
    subject: SubjectName
    location: Location
    verdict: Verdict
    findings: tuple[Finding, ...]


class KnownFinding(NamedTuple):
    """A finding as an earlier scan remembers it.

    `verdict` is fail or unknown. `path` is where it was, a hint alone; "" where that is not known. A tuple and no
    record, because a baseline holds thousands.
    """

    fingerprint: str
    rule: str
    verdict: str
    path: str


@record
class Comparison:
    """What became of the findings that were there before.

    `against` names what the report is compared with. `remaining` are those still found, `fixed` those that are not.
    """

    against: str
    remaining: tuple[Finding, ...]
    fixed: tuple[KnownFinding, ...]


@record
class Report:
    """What a scan says.

    `findings` are sorted by path, line, column and rule, filtered by severity, and hold FAIL, UNKNOWN and ERROR.
    `outcomes` are all checks that were made. `rules` are the rules that ran, by id. `secrets` are texts found in
    the input that no reporter may print, `hidden` those it must leave out of stretches of the source alone.
    `coverage` speaks of the frameworks that were asked for. `suppressed` are findings that are accepted, in the same
    order. With a `comparison`, the findings are those that are new.
    """

    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    summary: Summary
    inputs: tuple[ScannedInput, ...]
    errors: tuple[PipecheckError, ...]
    rules: Mapping[str, Rule]
    secrets: frozenset[str] = frozenset()
    coverage: tuple[Coverage, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    comparison: Comparison | None = None
    hidden: frozenset[Hidden] = frozenset()
