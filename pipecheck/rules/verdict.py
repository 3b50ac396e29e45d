"""The verdicts, and how the clauses of a rule become one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from pipecheck.rules.clause import Clause
from pipecheck.values import Truth


class Verdict(Enum):
    """What a rule says of a subject. UNKNOWN is "cannot tell"; ERROR means that the rule crashed."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


def clause_verdict(clause: Clause) -> Verdict:
    """PASS where it holds, NOT_APPLICABLE where it does not apply, FAIL only where both are certain."""
    if clause.holds is Truth.TRUE:
        return Verdict.PASS
    if clause.applies is Truth.FALSE:
        return Verdict.NOT_APPLICABLE
    if clause.applies is Truth.TRUE and clause.holds is Truth.FALSE:
        return Verdict.FAIL
    return Verdict.UNKNOWN


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a rule on a subject: the worst of its clauses; NOT_APPLICABLE where it has none."""
    return max(verdicts, key=_WORSENING.index, default=Verdict.NOT_APPLICABLE)


_WORSENING = (Verdict.NOT_APPLICABLE, Verdict.PASS, Verdict.UNKNOWN, Verdict.FAIL, Verdict.ERROR)
