"""Asks the rules whose subjects are suppressions, and writes what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from pipecheck.engine.suppress.written import Written
from pipecheck.findings.finding import Finding, Outcome
from pipecheck.findings.fingerprint import finding_identity
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject, SubjectName
from pipecheck.model.suppression import Suppression
from pipecheck.rules.clause import Clause
from pipecheck.rules.verdict import Verdict, clause_verdict, worst
from pipecheck.values import Absent, Items, Known, Member

if TYPE_CHECKING:
    from pipecheck.engine.run import Prepared

_NOTHING = Inventory((), {})


def judged(
    written: Iterable[Written], rules: Iterable[Prepared], unused: Callable[[Written], tuple[str, ...]], today: date
) -> list[Outcome]:
    """What the rules say of the suppressions; `unused` are the ids of one that covered nothing."""
    return [_outcome(rule, one, unused(one), today) for rule in rules for one in written]


def _outcome(prepared: Prepared, one: Written, unused: tuple[str, ...], today: date) -> Outcome:
    subject = _subject(one, unused, today)
    try:
        clauses = list(prepared.check(subject, _NOTHING, prepared.params))
    except Exception as error:  # noqa: BLE001 - a rule may crash in any way; the others go on
        crash = f"the rule crashed: {type(error).__name__}: {error}"
        return _said(prepared, subject, one, Verdict.ERROR, [_finding(prepared, subject, one, Verdict.ERROR, crash)])
    return _said(
        prepared, subject, one, worst(map(clause_verdict, clauses)), _findings(prepared, subject, one, clauses)
    )


def _said(
    prepared: Prepared, subject: Subject, one: Written, verdict: Verdict, findings: Iterable[Finding]
) -> Outcome:
    return Outcome(prepared.rule.id, subject.name, one.location, verdict, tuple(findings))


def _findings(prepared: Prepared, subject: Subject, one: Written, clauses: Iterable[Clause]) -> Iterator[Finding]:
    for clause in clauses:
        verdict = clause_verdict(clause)
        if verdict is Verdict.FAIL:
            yield _finding(prepared, subject, one, verdict, clause.say, clause)
        elif verdict is Verdict.UNKNOWN:
            detail = clause.cause.detail if clause.cause is not None else "what would decide it is not known"
            yield _finding(prepared, subject, one, verdict, f"cannot tell: {detail}", clause)


def _finding(
    prepared: Prepared, subject: Subject, one: Written, verdict: Verdict, message: str, clause: Clause | None = None
) -> Finding:
    path = () if clause is None else clause.primary.route[len(subject.place.route) :]
    undecided = clause is not None and clause.cause is not None and verdict is Verdict.UNKNOWN
    return Finding(
        rule=prepared.rule.id,
        severity=prepared.severity or (clause.severity if clause else None) or prepared.rule.severity,
        verdict=verdict,
        message=message,
        subject=subject.name,
        location=one.location,
        identity=finding_identity(prepared.rule.id, subject.identity, tuple(map(str, path))),
        reason=clause.cause.reason if undecided and clause is not None and clause.cause is not None else None,
        controls=prepared.rule.controls,
    )


def _subject(one: Written, unused: tuple[str, ...], today: date) -> Subject:
    place = one.place
    value = Suppression(
        kind=Known(one.kind, place),
        rules=Items(tuple(Member(Known(rule, place)) for rule in one.rules), place),
        unused=Items(tuple(Member(Known(rule, place)) for rule in unused), place),
        reason=one.reason,
        owner=one.owner,
        expires=one.expires,
        days_left=one.days_left(today) if one.problem is None else Absent(place),
        problem=Absent(place) if one.problem is None else Known(one.problem, place),
        place=place,
    )
    target = str(one.target) if isinstance(one.target, str) else ""
    identity = ("suppression", one.kind, ",".join(one.rules), target)
    name = SubjectName("suppression", one.label)
    return Subject("suppression", value, {"suppression": value}, name, identity, place, _NOTHING)
