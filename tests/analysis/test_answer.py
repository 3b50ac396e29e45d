from __future__ import annotations

import pytest

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.values import Known, Reason, Step, Truth, Unknown
from tests.model_builder import HERE, default, hidden, parameter, when

MAYBE = undecided(hidden("it cannot be seen"))
BARE = Answer(Truth.UNKNOWN)


@pytest.mark.parametrize(
    ("answers", "all_of_them", "any_of_them"),
    [
        ([], Truth.TRUE, Truth.FALSE),
        ([YES, YES], Truth.TRUE, Truth.TRUE),
        ([YES, NO], Truth.FALSE, Truth.TRUE),
        ([YES, MAYBE], Truth.UNKNOWN, Truth.TRUE),
        ([NO, MAYBE], Truth.FALSE, Truth.UNKNOWN),
        ([MAYBE], Truth.UNKNOWN, Truth.UNKNOWN),
    ],
)
def test_answers_combine_like_truths(answers: list[Answer], all_of_them: Truth, any_of_them: Truth) -> None:
    assert all_hold(answers).truth is all_of_them
    assert any_holds(answers).truth is any_of_them


def test_the_cause_of_the_first_that_has_one_is_kept() -> None:
    assert all_hold([YES, BARE, MAYBE]).cause == MAYBE.cause
    assert any_holds([NO, BARE, MAYBE]).cause == MAYBE.cause
    assert all_hold([NO, MAYBE]).cause is None


def test_defaults_are_kept_as_assumptions() -> None:
    answer = told(Truth.TRUE, default("A", "1"), Known("2", HERE))
    assert [step.name for step in answer.assumptions] == ["A"]
    both = all_hold([answer, told(Truth.TRUE, default("B", "1"))])
    assert [step.name for step in both.assumptions] == ["A", "B"]
    assert told(Truth.TRUE, Known("2", HERE, (Step("mapping", "M"),))).assumptions == ()


def test_the_first_unknown_is_the_cause_of_what_is_undecided() -> None:
    assert told(Truth.UNKNOWN, Known("1", HERE), parameter("A"), parameter("B")).cause == parameter("A")
    assert told(Truth.FALSE, parameter("A")).cause is None


def test_a_cause_says_which_question_it_leaves_open() -> None:
    answer = MAYBE.about("whether it holds")
    assert answer.cause is not None
    assert answer.cause.detail == "whether it holds: it cannot be seen"
    assert YES.about("whether it holds") == YES


def test_a_member_is_there_with_the_parameters_that_are_assumed() -> None:
    assert presence(when("x", ("A", True), present=Truth.TRUE), HERE).truth is Truth.TRUE
    assert presence(when("x", ("A", True), present=Truth.FALSE), HERE).truth is Truth.FALSE
    undecided_member = presence(when("x", ("A", True)), HERE)
    assert undecided_member.cause is not None
    assert undecided_member.cause.reason is Reason.CONDITION_UNDECIDED
    assert "A" in undecided_member.cause.detail


def test_what_is_not_in_the_input_is_the_same_cause_for_every_question() -> None:
    missing = undecided(Unknown(Reason.NOT_SCANNED, "build.yml is not in the input", HERE))
    assert missing.about("whether it needs an engine is not known") == missing
