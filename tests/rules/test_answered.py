from __future__ import annotations

from pipecheck.analysis.answer import NO, YES, Answer, undecided
from pipecheck.rules.answered import clause_of
from pipecheck.rules.severity import Severity
from pipecheck.values import Step, Truth
from tests.model_builder import HERE, hidden

MAYBE = undecided(hidden("it cannot be seen"))
OTHER = undecided(hidden("something else"))


def test_a_decided_clause_has_no_cause() -> None:
    assert clause_of(YES, HERE, "", applies=MAYBE).cause is None
    assert clause_of(MAYBE, HERE, "", applies=NO).cause is None
    assert clause_of(NO, HERE, "").cause is None


def test_the_cause_is_that_of_what_is_undecided() -> None:
    assert clause_of(MAYBE, HERE, "").cause == MAYBE.cause
    assert clause_of(NO, HERE, "", applies=MAYBE).cause == MAYBE.cause
    assert clause_of(MAYBE, HERE, "", applies=OTHER).cause == MAYBE.cause


def test_defaults_of_both_answers_are_kept_once() -> None:
    one, two = Step("parameter-default", "A"), Step("parameter-default", "B")
    clause = clause_of(
        Answer(Truth.FALSE, None, (one, two)),
        HERE,
        "wrong",
        applies=Answer(Truth.TRUE, None, (one,)),
        severity=Severity.LOW,
    )
    assert clause.assumptions == (one, two)
    assert clause.say == "wrong"
    assert clause.severity is Severity.LOW
