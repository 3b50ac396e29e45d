from __future__ import annotations

from pipecheck.analysis.answer import NO, YES, Answer, undecided
from pipecheck.analysis.cases import guard_of, in_every_case
from pipecheck.model.conditions import OTHER, Assignment, Conditions, Constant
from pipecheck.values import ALWAYS, Guard, Reason, Truth
from tests.model_builder import HERE, conditions, hidden, inventory, pipeline, when

IS_PROD: Guard = frozenset({("IsProd", True)})
STAGES = conditions(IsProd=("Stage", "prod", ("dev", "prod"), "dev"))


def only_in(outcome: bool) -> Answer:
    return YES if outcome else NO


def test_one_failing_case_is_enough_and_is_named() -> None:
    found = in_every_case(STAGES, ALWAYS, [IS_PROD], HERE, lambda case: only_in(not case.outcomes["IsProd"]))
    assert found is not None
    assert found.answer.truth is Truth.FALSE
    assert found.case == 'when Stage is "prod" (condition IsProd is true)'


def test_a_failure_in_all_cases_needs_no_name() -> None:
    found = in_every_case(STAGES, ALWAYS, [IS_PROD], HERE, lambda _: NO)
    assert found is not None
    assert found.case == ""


def test_cases_that_are_not_allowed_do_not_count() -> None:
    found = in_every_case(STAGES, IS_PROD, [], HERE, lambda case: only_in(case.outcomes["IsProd"]))
    assert found is not None
    assert found.answer.truth is Truth.TRUE


def test_what_is_there_only_in_some_cases_fails_with_their_name() -> None:
    found = in_every_case(STAGES, IS_PROD, [], HERE, lambda _: NO)
    assert found is not None
    assert "condition IsProd is true" in found.case


def test_there_may_be_no_case_at_all() -> None:
    assert in_every_case(STAGES, frozenset({("IsProd", True), ("IsProd", False)}), [], HERE, lambda _: NO) is None


def test_undecided_in_one_case_is_undecided() -> None:
    def holds(case: Assignment) -> Answer:
        return YES if case.outcomes["IsProd"] else undecided(hidden())

    found = in_every_case(STAGES, ALWAYS, [IS_PROD], HERE, holds)
    assert found is not None
    assert found.answer.truth is Truth.UNKNOWN
    assert found.answer.cause == hidden()


def test_a_guessed_outcome_cannot_make_it_fail() -> None:
    unknown = Conditions({}, {"IsProd": Constant(Truth.UNKNOWN)})
    found = in_every_case(unknown, ALWAYS, [IS_PROD], HERE, lambda case: only_in(case.outcomes["IsProd"]))
    assert found is not None
    assert found.answer.truth is Truth.UNKNOWN
    assert found.answer.cause is not None
    assert found.answer.cause.reason is Reason.CONDITION_UNDECIDED
    assert "IsProd" in found.answer.cause.detail


def test_a_failure_whatever_is_guessed_is_certain() -> None:
    unknown = Conditions({}, {"IsProd": Constant(Truth.UNKNOWN)})
    found = in_every_case(unknown, ALWAYS, [IS_PROD], HERE, lambda _: NO)
    assert found is not None
    assert found.answer.truth is Truth.FALSE


def test_any_other_value_of_a_parameter_has_a_name() -> None:
    free = conditions(IsProd=("Stage", "prod", ("prod", OTHER), "prod"))
    found = in_every_case(free, ALWAYS, [IS_PROD], HERE, lambda case: only_in(case.outcomes["IsProd"]))
    assert found is not None
    assert found.case == "when Stage is something else (condition IsProd is false)"


def test_a_pipeline_may_itself_be_there_under_a_condition() -> None:
    whole = pipeline()
    assert guard_of(whole, inventory(when(whole, ("IsProd", True)))) == IS_PROD
    assert guard_of(whole, inventory(whole)) == ALWAYS
