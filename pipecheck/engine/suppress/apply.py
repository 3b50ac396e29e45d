"""Marks the findings that are suppressed, and asks the rules whose subjects are suppressions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pipecheck.engine.suppress.from_comments import MARK, suppressions_in_comments
from pipecheck.engine.suppress.from_metadata import Resources, suppressions_in_metadata
from pipecheck.engine.suppress.from_waivers import WaiverIndex, suppressions_of_waivers
from pipecheck.engine.suppress.judge import judged
from pipecheck.engine.suppress.written import Written
from pipecheck.engine.waivers import Waiver
from pipecheck.findings.finding import Finding, Outcome, RelatedLocation, Report, Summary, Suppression, place_order
from pipecheck.rules.verdict import Verdict
from pipecheck.syntax.document import Document
from pipecheck.values import Known
from pipecheck.values.record import replace

if TYPE_CHECKING:
    from pipecheck.engine.run import Prepared

SUBJECT = "suppression"
_METADATA = "pipecheck"
_SUPPRESSED = frozenset({Verdict.FAIL, Verdict.UNKNOWN})


def suppress(
    report: Report,
    documents: Mapping[str, Document],
    waivers: Sequence[Waiver],
    last: Sequence[Prepared],
    *,
    today: date | None = None,
    known: Callable[[], Collection[str]] = tuple,
) -> Report:
    """The report with its suppressed findings set apart and marked, and what the rules `last` say of suppressions.

    `today` decides what has ended; None is the date of this day. `known` gives the ids that a suppression may name;
    empty: any.
    """
    written = [*_written(documents.values()), *suppressions_of_waivers(waivers)]
    if not written and not last:
        return report
    ids = known()
    written = [_checked(one, ids) for one in written]
    day = today or date.today()  # noqa: DTZ011 - a waiver ends where its owner lives
    used: set[tuple[int, str]] = set()
    lookup = _Lookup(written, documents)
    own = {prepared.rule.id for prepared in last}
    marked = [finding if finding.rule in own else _marked(finding, lookup, day, used) for finding in report.findings]
    outcomes = judged(written, last, lambda one: _unused(one, used, report.rules, own), day)
    found = [finding for outcome in outcomes for finding in outcome.findings]
    return replace(
        report,
        findings=tuple(sorted((*(f for f in marked if f.suppressed is None), *found), key=place_order)),
        suppressed=tuple(finding for finding in marked if finding.suppressed is not None),
        outcomes=(*report.outcomes, *outcomes),
        summary=_summary(report.summary, outcomes, last, sum(f.suppressed is not None for f in marked)),
        rules={**report.rules, **{prepared.rule.id: prepared.rule for prepared in last}},
    )


def _written(documents: Iterable[Document]) -> Iterator[Written]:
    """What is said in the texts; one that does not hold the word is not looked at."""
    for document in documents:
        if MARK in document.text:
            yield from suppressions_in_comments(document)
        if _METADATA in document.text:
            yield from suppressions_in_metadata(document)


def _checked(one: Written, known: Collection[str]) -> Written:
    from pipecheck.rules.nearest import did_you_mean  # noqa: PLC0415 - only for a mistake

    if one.problem is not None or not known:
        return one
    for rule in one.rules:
        if rule not in known:
            return replace(one, problem="; ".join((f"there is no rule {rule}", *did_you_mean(rule, known))))
    return one


class _Lookup:
    """Finds the suppressions that cover a finding."""

    def __init__(self, written: Iterable[Written], documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._near: dict[tuple[str, str], list[Written]] = {}
        self._resources: dict[str, Resources] = {}
        waivers: list[Written] = []
        for one in written:
            if one.kind == "waiver":
                waivers.append(one)
            elif one.problem is None:
                for rule in one.rules:
                    self._near.setdefault((one.location.uri, rule), []).append(one)
        self._waivers = WaiverIndex(waivers)

    def covering(self, finding: Finding) -> Iterator[Written]:
        """The suppressions that name the rule of the finding and cover its place or its subject."""
        span = finding.location.span
        for one in self._near.get((finding.location.uri, finding.rule), ()):
            if isinstance(one.target, int):
                if span.line <= one.target <= span.end_line:
                    yield one
            elif one.target == self._resource(finding):
                yield one
        yield from self._waivers.covering(finding.rule, finding.subject)

    def _resource(self, finding: Finding) -> str | None:
        uri, span = finding.location.uri, finding.location.span
        if uri not in self._resources:
            self._resources[uri] = Resources(self._documents[uri])
        return self._resources[uri].at(span.line, span.column)


def _marked(finding: Finding, lookup: _Lookup, today: date, used: set[tuple[int, str]]) -> Finding:
    if finding.verdict not in _SUPPRESSED:
        return finding
    ended: list[Written] = []
    holding: Written | None = None
    for one in lookup.covering(finding):
        used.add((id(one), finding.rule))
        if one.holds(today):
            holding = holding or one
        elif one.expired(today):
            ended.append(one)
    if holding is not None:
        return replace(finding, suppressed=_suppression(holding))
    notes = tuple(RelatedLocation(one.location, _ended(one)) for one in ended)
    return replace(finding, related=(*finding.related, *notes)) if notes else finding


def _suppression(one: Written) -> Suppression:
    owner, expires = (value.value if isinstance(value, Known) else None for value in (one.owner, one.expires))
    reason = one.reason.value if isinstance(one.reason, Known) else ""
    return Suppression(one.kind, reason, one.location, owner, expires)


def _ended(one: Written) -> str:
    expires = one.expires.value if isinstance(one.expires, Known) else ""
    owner = f" (owner {one.owner.value})" if isinstance(one.owner, Known) else ""
    return f"the {one.label}{owner} ended on {expires}"


def _unused(one: Written, used: set[tuple[int, str]], ran: Collection[str], own: Collection[str]) -> tuple[str, ...]:
    """The ids of a suppression whose rules ran, or never can be suppressed, and of which it covered no finding."""
    return tuple(rule for rule in one.rules if (rule in ran or rule in own) and (id(one), rule) not in used)


def _summary(before: Summary, outcomes: Sequence[Outcome], last: Sequence[Prepared], suppressed: int) -> Summary:
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    asked = {outcome.rule for outcome in outcomes}
    verdicts[Verdict.NOT_APPLICABLE] += sum(prepared.rule.id not in asked for prepared in last)
    failed = Counter(
        max((f.severity for f in outcome.findings if f.verdict is Verdict.FAIL), key=lambda severity: severity.rank)
        for outcome in outcomes
        if outcome.verdict is Verdict.FAIL
    )
    return Summary(
        {verdict: count + verdicts[verdict] for verdict, count in before.verdicts.items()},
        {severity: count + failed[severity] for severity, count in before.failed_by_severity.items()},
        suppressed,
    )


def soon_ended(waivers: Iterable[Waiver], days: int, today: date | None = None) -> Iterator[str]:
    """A sentence for each waiver that ends within so many days."""
    day = today or date.today()  # noqa: DTZ011 - a waiver ends where its owner lives
    for waiver in waivers:
        if waiver.expires is not None and 0 <= (left := (waiver.expires - day).days) <= days:
            when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
            owner = f", owner {waiver.owner}" if waiver.owner else ""
            what = f"the waiver of {waiver.rule} for {waiver.subject}{owner}"
            yield f"{waiver.source}:{waiver.line}: {what} ends {when}"
