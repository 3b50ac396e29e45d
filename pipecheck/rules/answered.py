"""From the answers of an analysis to a clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Place, Truth
from pipecheck.values.record import record


def clause_of(
    holds: Answer,
    primary: Place,
    say: str,
    *,
    applies: Answer = YES,
    related: tuple[Related, ...] = (),
    severity: Severity | None = None,
) -> Clause:
    """The clause of a requirement and of whether it applies, with its cause and the defaults it rests on."""
    clause = Clause(
        applies=applies.truth,
        holds=holds.truth,
        primary=primary,
        say=say,
        related=related,
        assumptions=tuple(dict.fromkeys((*applies.assumptions, *holds.assumptions))),
        severity=severity,
    )
    if clause_verdict(clause) is not Verdict.UNKNOWN:
        return clause
    return Clause(
        clause.applies,
        clause.holds,
        primary,
        say,
        related,
        holds.cause or applies.cause,
        clause.assumptions,
        severity,
    )


@record
class Demand:
    """One of many requirements of a check: whether it is met, where it stands, and what to say where it is not."""

    met: Answer
    place: Place
    say: str
    severity: Severity | None = None
    related: tuple[Related, ...] = ()


def clauses_of(demands: Iterable[Demand], place: Place, question: str) -> Iterator[Clause]:
    """One clause for all the demands that are met or open, the first open one its cause; one for each unmet one.

    `question` is what stays open; `place` is what the first clause points at where nothing does.
    """
    given = tuple(demands)
    opened = next((one for one in given if one.met.truth is Truth.UNKNOWN), None)
    if opened is not None:
        yield clause_of(opened.met.about(question), opened.place, question)
    else:
        met = all_hold(one.met for one in given if one.met.truth is Truth.TRUE)
        yield clause_of(met, place, question)
    for one in given:
        if one.met.truth is Truth.FALSE:
            yield clause_of(one.met, one.place, one.say, severity=one.severity, related=one.related)
