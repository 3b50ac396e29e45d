from __future__ import annotations

import pytest

from pipecheck.model import conditions as module
from pipecheck.model.conditions import (
    And,
    ConditionHolds,
    Conditions,
    Constant,
    Not,
    Parameter,
    ParameterIs,
)
from pipecheck.values import Truth
from tests.model_builder import conditions


def test_conditions_over_one_parameter_come_in_consistent_cases_the_assumed_one_first() -> None:
    domain = ("dev", "qa", "prod")
    both = conditions(IsProd=("Stage", "prod", domain, "qa"), IsDev=("Stage", "dev", domain, "qa"))
    found = list(both.assignments(["IsProd", "IsDev"]))
    assert [case.outcomes for case in found] == [
        {"IsDev": False, "IsProd": False},
        {"IsDev": True, "IsProd": False},
        {"IsDev": False, "IsProd": True},
    ]
    assert found[2].parameters == {"Stage": "prod"}
    assert not any(case.guessed for case in found)


def test_a_condition_that_cannot_be_evaluated_takes_both_outcomes_and_says_so() -> None:
    unknown = Conditions({}, {"A": Constant(Truth.UNKNOWN), "B": Not(ConditionHolds("A"))})
    found = list(unknown.assignments(["A", "B"]))
    assert len(found) == 4
    assert all(case.guessed == {"A", "B"} for case in found)


def test_a_case_that_can_be_evaluated_with_other_parameters_is_not_guessed() -> None:
    formula = And((ParameterIs("Stage", "prod"), Constant(Truth.UNKNOWN)))
    partly = Conditions({"Stage": Parameter("Stage", ("prod", "dev"), "prod")}, {"A": formula})
    guessed = {case.outcomes["A"]: bool(case.guessed) for case in partly.assignments(["A"])}
    assert guessed == {True: True, False: False}


def test_too_many_combinations_are_owned_up_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_ASSIGNMENTS", 3)
    few = conditions(A=("P", "1", ("1", "2"), "1"))
    many = conditions(A=("P", "1", ("1", "2"), "1"), B=("Q", "1", ("1", "2"), "1"))
    assert few.are_exhausted(["A"])
    assert many.are_exhausted(["A"])
    assert not many.are_exhausted(["A", "B"])
