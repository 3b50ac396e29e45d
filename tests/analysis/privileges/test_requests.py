"""Which conditions a request meets of which some keys are known."""

from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.requests import Request, conditions_hold, wildcard
from pipecheck.values import Reason, Truth
from tests.model_builder import demand, hidden, parameter, statement

PLAIN: Request = {"aws:securetransport": "false", "s3:tlsversion": None}


@pytest.mark.parametrize(
    ("operator", "key", "value", "expected"),
    [
        ("Bool", "aws:SecureTransport", "false", Truth.TRUE),
        ("Bool", "AWS:SECURETRANSPORT", "False", Truth.TRUE),
        ("Bool", "aws:SecureTransport", "true", Truth.FALSE),
        ("BoolIfExists", "aws:SecureTransport", "false", Truth.TRUE),
        ("Null", "aws:SecureTransport", "true", Truth.FALSE),
        ("Null", "aws:SecureTransport", "false", Truth.TRUE),
        ("StringNotEquals", "aws:SecureTransport", "true", Truth.TRUE),
        ("StringNotLike", "aws:SecureTransport", "f*", Truth.FALSE),
        ("NumericLessThan", "aws:SecureTransport", "1", Truth.UNKNOWN),
    ],
)
def test_a_key_that_the_request_has(operator: str, key: str, value: str, expected: Truth) -> None:
    assert conditions_hold(statement(conditions=[demand(operator, key, value)]), PLAIN).truth is expected


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("NumericLessThan", Truth.FALSE),
        ("NumericLessThanIfExists", Truth.TRUE),
        ("NumericNotEquals", Truth.TRUE),
        ("StringEquals", Truth.FALSE),
        ("StringNotEquals", Truth.TRUE),
        ("ForAllValues:StringEquals", Truth.TRUE),
        ("ForAnyValue:StringNotEquals", Truth.FALSE),
        ("Null", Truth.FALSE),
    ],
)
def test_a_key_that_the_request_does_not_have(operator: str, expected: Truth) -> None:
    assert conditions_hold(statement(conditions=[demand(operator, "s3:TlsVersion", "1.2")]), PLAIN).truth is expected


def test_every_condition_has_to_hold_and_one_value_is_enough() -> None:
    insecure = demand("Bool", "aws:SecureTransport", "true", "false")
    old = demand("NumericLessThan", "s3:TlsVersion", "1.2")
    assert conditions_hold(statement(conditions=[insecure]), PLAIN).truth is Truth.TRUE
    assert conditions_hold(statement(conditions=[insecure, old]), PLAIN).truth is Truth.FALSE
    assert conditions_hold(statement(), PLAIN).truth is Truth.TRUE


def test_what_the_request_does_not_tell_is_not_evaluated() -> None:
    answer = conditions_hold(statement(conditions=[demand("IpAddress", "aws:SourceIp", "192.0.2.0/24")]), PLAIN)
    assert answer.truth is Truth.UNKNOWN
    assert answer.cause is not None
    assert answer.cause.reason is Reason.CONDITION_NOT_EVALUATED
    assert "aws:SourceIp" in answer.cause.detail


def test_conditions_that_are_not_in_view_are_not_met_for_sure() -> None:
    unseen = hidden()
    assert conditions_hold(statement(unseen_conditions=unseen), PLAIN).cause == unseen
    value = demand("Bool", "aws:SecureTransport", parameter("Secure"))
    assert conditions_hold(statement(conditions=[value]), PLAIN).truth is Truth.UNKNOWN
    key = demand("Bool", parameter("Key"), "false")
    assert conditions_hold(statement(conditions=[key]), PLAIN).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [("a*c", "abbc", True), ("a?c", "abc", True), ("a?c", "ac", False), ("[a]", "a", False), ("a.c", "abc", False)],
)
def test_wildcards(pattern: str, text: str, fits: bool) -> None:
    assert (wildcard(pattern).fullmatch(text) is not None) is fits
