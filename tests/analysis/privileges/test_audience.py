"""Whom a statement lets in, and which conditions pin that to an account, an organisation or a network."""

from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.audience import (
    accounts_pinned,
    is_for_all_but_some,
    is_for_everybody,
    is_pinned,
    opened_at,
)
from pipecheck.values import Truth, known
from tests.model_builder import demand, hidden, parameter, pieces, principal, pseudo, statement


@pytest.mark.parametrize(
    ("kind", "id", "expected"),
    [
        ("*", "*", Truth.TRUE),
        ("AWS", "*", Truth.TRUE),
        ("AWS", "111122223333", Truth.FALSE),
        ("Service", "*", Truth.FALSE),
        ("CanonicalUser", "79a59df9", Truth.FALSE),
        ("AWS", parameter("Who"), Truth.UNKNOWN),
        ("AWS", pieces("arn:aws:iam::", parameter("Account"), ":root"), Truth.FALSE),
    ],
)
def test_everybody_is_a_star(kind: str, id: str, expected: Truth) -> None:
    assert is_for_everybody(statement(principals=principal(kind, id))).truth is expected


def test_exceptions_are_for_all_the_others() -> None:
    one = statement(not_principals=principal("AWS", "111122223333"))
    assert is_for_all_but_some(one).truth is Truth.TRUE
    assert is_for_everybody(one).truth is Truth.FALSE
    assert opened_at(one) == one.not_principals.members[0].value.place


@pytest.mark.parametrize(
    ("operator", "key", "values", "expected"),
    [
        ("StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"], Truth.TRUE),
        ("StringEquals", "AWS:principalorgid", ["o-a1b2c3d4e5"], Truth.TRUE),
        ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", ["o-a1b2c3d4e5/*"], Truth.TRUE),
        ("StringLike", "aws:PrincipalOrgID", ["*"], Truth.FALSE),
        ("StringLike", "aws:SourceAccount", ["111122223333", "*"], Truth.FALSE),
        ("StringEqualsIfExists", "aws:SourceVpce", ["vpce-1"], Truth.FALSE),
        ("ForAllValues:StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"], Truth.FALSE),
        ("StringNotEquals", "aws:SourceVpce", ["vpce-1"], Truth.FALSE),
        ("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::111122223333:role/*"], Truth.TRUE),
        ("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::*:role/ci"], Truth.FALSE),
        ("ArnLike", "aws:SourceArn", ["arn:aws:s3:::logs"], Truth.TRUE),
        ("ArnLike", "aws:SourceArn", ["arn:aws:s3:::*"], Truth.FALSE),
        ("Bool", "aws:SecureTransport", ["true"], Truth.FALSE),
        ("IpAddress", "aws:SourceIp", ["192.0.2.0/24"], Truth.UNKNOWN),
        ("StringEquals", "aws:SourceAccount", [pseudo("AWS::AccountId")], Truth.TRUE),
        ("StringLike", "aws:SourceAccount", [parameter("Account")], Truth.UNKNOWN),
        (
            "ArnLike",
            "aws:PrincipalArn",
            [pieces("arn:aws:iam::", pseudo("AWS::AccountId"), ":role/*")],
            Truth.TRUE,
        ),
    ],
)
def test_what_pins(operator: str, key: str, values: list[str], expected: Truth) -> None:
    assert is_pinned(statement(conditions=[demand(operator, key, *values)])).truth is expected


def test_one_pinning_condition_is_enough() -> None:
    open_one, pin = demand("Bool", "aws:SecureTransport", "true"), demand("StringEquals", "aws:SourceVpce", "vpce-1")
    assert is_pinned(statement(conditions=[open_one, pin])).truth is Truth.TRUE
    assert is_pinned(statement()).truth is Truth.FALSE
    assert is_pinned(statement(unseen_conditions=hidden())).truth is Truth.UNKNOWN


def test_the_accounts_that_conditions_name() -> None:
    account = demand("StringEquals", "aws:PrincipalAccount", "111122223333")
    organisation = demand("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")
    found = accounts_pinned(statement(conditions=[account, organisation]))
    assert [known(value) for value in found] == ["111122223333"]
