from __future__ import annotations

import pytest

from pipecheck.model import conditions as module
from pipecheck.model.conditions import (
    And,
    ConditionHolds,
    Conditions,
    Constant,
    Formula,
    Not,
    Or,
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


def test_what_is_certain_has_one_outcome_in_every_case() -> None:
    stage = Parameter("Stage", ("prod", "dev"), "prod")
    is_prod = ParameterIs("Stage", "prod")
    found = Conditions(
        {"Stage": stage},
        {
            "Either": Or((is_prod, Not(ConditionHolds("IsProd")))),
            "IsProd": is_prod,
            "Never": And((ConditionHolds("IsProd"), Not(is_prod))),
            "Hidden": Constant(Truth.UNKNOWN),
        },
    )
    assert found.certain() == {"Either": True, "Never": False}


def test_one_outcome_in_the_cases_that_were_tried_is_not_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_ASSIGNMENTS", 3)
    parameters = {name: Parameter(name, ("a", "b"), "a") for name in "PQ"}
    both = Conditions(parameters, {"Both": And((ParameterIs("P", "b"), ParameterIs("Q", "b")))})
    assert both.certain() == {}


def test_unknown_conditions_multiply_the_cases_up_to_a_limit() -> None:
    hidden = Conditions({}, {f"C{index}": Constant(Truth.UNKNOWN) for index in range(20)})
    assert len(hidden.assignments(hidden.formulas)) <= 4_096
    assert not hidden.are_exhausted(hidden.formulas)
    assert hidden.are_exhausted(["C0", "C1"])


def test_conditions_that_read_each_other_cannot_be_evaluated() -> None:
    circle = Conditions({}, {"A": Not(ConditionHolds("B")), "B": Not(ConditionHolds("A"))})
    assert circle.assumed("A") is circle.assumed("B") is Truth.UNKNOWN
    assert circle.certain() == {}


@pytest.mark.parametrize("length", [10, 5_000])
def test_a_long_chain_is_followed_to_its_end(length: int) -> None:
    formulas: dict[str, Formula] = {f"C{index}": Not(ConditionHolds(f"C{index - 1}")) for index in range(1, length)}
    chain = Conditions({}, {**formulas, "C0": Constant(Truth.TRUE)})
    last = f"C{length - 1}"
    assert chain.certain()[last] is (length % 2 == 1)
    assert chain.assumed(last) is (Truth.TRUE if length % 2 == 1 else Truth.FALSE)


def test_a_condition_that_is_read_twice_is_evaluated_once() -> None:
    formulas: dict[str, Formula] = {
        f"C{index}": And((ConditionHolds(f"C{index - 1}"),) * 2) for index in range(1, 200)
    }
    doubling = Conditions({}, {**formulas, "C0": Constant(Truth.TRUE)})
    assert doubling.certain()["C199"] is True
