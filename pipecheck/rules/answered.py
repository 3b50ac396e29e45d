"""From the answers of an analysis to a clause."""

from __future__ import annotations

from pipecheck.analysis.answer import YES, Answer
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Place


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
