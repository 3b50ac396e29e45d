from __future__ import annotations

import pytest

from pipecheck.analysis.order import Order, Position, finishes_before, order, positions
from pipecheck.values import Known, Reason, Truth, Unknown, Value
from tests.model_builder import HERE, NOWHERE, action, pipeline, stage, when


def two(first: int | Value[int] | None, second: int | Value[int] | None) -> tuple[Position, Position]:
    one, other = positions(pipeline(stage("S", action("A", run=first), action("B", run=second))))
    return one, other


UNKNOWN: Value[int] = Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "it is not given", HERE)
TWO_OR_THREE: Value[int] = Unknown(Reason.CONDITION_UNDECIDED, "?", HERE, (Known(2, HERE), Known(3, HERE)))


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (1, 2, Order.BEFORE),
        (2, 1, Order.BEHIND),
        (2, 2, Order.BESIDE),
        (None, 2, Order.BEFORE),
        (None, 1, Order.BESIDE),
        (None, None, Order.BESIDE),
        (1, TWO_OR_THREE, Order.BEFORE),
        (2, TWO_OR_THREE, None),
        (4, TWO_OR_THREE, Order.BEHIND),
        (1, UNKNOWN, None),
        (UNKNOWN, UNKNOWN, None),
        (NOWHERE, 2, Order.BEFORE),
    ],
)
def test_inside_a_stage_run_orders_decide(
    first: int | Value[int] | None, second: int | Value[int] | None, found: Order | None
) -> None:
    assert order(*two(first, second)) is found


def test_an_earlier_stage_comes_first_whatever_the_run_orders() -> None:
    one, other = positions(pipeline(stage("S", action("A", run=9)), stage("T", action("B", run=UNKNOWN))))
    assert order(one, other) is Order.BEFORE
    assert order(other, one) is Order.BEHIND
    assert finishes_before(one, other).truth is Truth.TRUE
    assert finishes_before(other, one).truth is Truth.FALSE


def test_only_a_strictly_lower_run_order_finishes_before() -> None:
    assert finishes_before(*two(1, 2)).truth is Truth.TRUE
    assert finishes_before(*two(1, 1)).truth is Truth.FALSE
    assert finishes_before(*two(2, 1)).truth is Truth.FALSE


def test_an_unknown_run_order_is_the_cause() -> None:
    answer = finishes_before(*two(1, UNKNOWN))
    assert answer.truth is Truth.UNKNOWN
    assert answer.cause is UNKNOWN


def test_an_action_needs_what_its_stage_needs_and_what_it_needs_itself() -> None:
    [found] = positions(pipeline(when(stage("S", when(action("A"), ("Second", False))), ("First", True))))
    assert found.guard == {("First", True), ("Second", False)}
