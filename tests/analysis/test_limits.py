from __future__ import annotations

import pytest

from pipecheck.analysis.limits import Limit, count_fits, fits, is_given, least_length
from pipecheck.model.conditions import Conditions
from pipecheck.values import ALWAYS, Items, Truth, Value
from tests.model_builder import HERE, conditions, hidden, items, one_of, parameter, pieces, pseudo, text, when

NAME = Limit(r"A-Za-z0-9.@_-", 20)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (text("shop.v2@main"), Truth.TRUE),
        (text("x" * 20), Truth.TRUE),
        (text("x" * 21), Truth.FALSE),
        (text(""), Truth.FALSE),
        (text("my shop"), Truth.FALSE),
        (text("shop\n"), Truth.FALSE),
        (text(None), Truth.FALSE),
        (parameter("Name"), Truth.UNKNOWN),
        (pieces("shop-", parameter("Name")), Truth.UNKNOWN),
        (pieces("my shop-", parameter("Name")), Truth.FALSE),
        (pieces("x" * 21, parameter("Name")), Truth.FALSE),
        (one_of("shop", "web"), Truth.TRUE),
        (one_of("shop", "my shop"), Truth.UNKNOWN),
        (one_of("a b", "c d"), Truth.FALSE),
    ],
)
def test_what_is_known_of_a_text_decides(value: Value[str], answer: Truth) -> None:
    assert fits(value, NAME).truth is answer


def test_an_account_is_digits_alone() -> None:
    assert fits(pieces("shop-", pseudo("AWS::AccountId")), NAME).truth is Truth.TRUE
    assert fits(pieces("shop-for-account-", pseudo("AWS::AccountId")), NAME).truth is Truth.UNKNOWN
    assert fits(pieces("shop-", pseudo("AWS::StackName")), NAME).truth is Truth.UNKNOWN


CASES = conditions(Prod=("Stage", "prod", ("prod", "test"), "test"))
NEVER_BOTH = [when("a", ("Prod", True)), when("b", ("Prod", False))]


@pytest.mark.parametrize(
    ("counted", "least", "most", "answer"),
    [
        (items("a", "b"), 1, 2, Truth.TRUE),
        (items("a", "b"), 1, 1, Truth.FALSE),
        (items(), 1, 2, Truth.FALSE),
        (items(unseen=hidden()), 1, 2, Truth.UNKNOWN),
        (items("a", "b", unseen=hidden()), 0, 1, Truth.FALSE),
        (Items(tuple(NEVER_BOTH), HERE), 1, 1, Truth.TRUE),
        (Items((NEVER_BOTH[0],), HERE), 1, 1, Truth.FALSE),
        (Items((NEVER_BOTH[0],), HERE), 0, 1, Truth.TRUE),
    ],
)
def test_members_are_counted_in_every_case(counted: Items[str], least: int, most: int, answer: Truth) -> None:
    found = count_fits(counted, least, most, CASES, ALWAYS, HERE)
    assert found is not None
    assert found.answer.truth is answer


def test_the_case_that_breaks_a_limit_is_named() -> None:
    found = count_fits(Items((NEVER_BOTH[0],), HERE), 1, 1, CASES, ALWAYS, HERE)
    assert found is not None
    assert found.case == 'when Stage is "test" (condition Prod is false)'


def test_nothing_is_asked_where_there_is_no_case() -> None:
    never = Conditions({}, {})
    assert count_fits(items(), 1, 1, never, frozenset({("A", True), ("A", False)}), HERE) is None


def test_a_text_is_at_least_as_long_as_what_is_known_of_it() -> None:
    assert least_length(text("shop")) == 4
    assert least_length(text(None)) == 0
    assert least_length(pieces("shop-", parameter("Name"))) == 5
    assert least_length(one_of("shop", "a")) == 1


def test_what_a_template_is_given_is_told_from_what_cannot_be_read() -> None:
    assert is_given(parameter("Name"))
    assert is_given(pseudo("AWS::Region"))
    assert not is_given(hidden())
