from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.narrowing import demands, narrows, pins_account
from pipecheck.model.policy import PolicyCondition
from pipecheck.values import Reason, Truth
from tests.model_builder import demand, hidden, parameter, statement

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ACCEPTED = ("aws:ResourceTag", "ecs:cluster")
REGION = demand("StringEquals", "aws:RequestedRegion", "eu-west-1")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], F),
        ([REGION], F),
        ([demand("StringEquals", "aws:ResourceTag/team", "shop")], T),
        ([REGION, demand("ArnLike", "ECS:Cluster", "arn:aws:ecs:*:*:cluster/shop")], T),
        ([demand("ForAnyValue:StringEquals", "aws:ResourceTag/team", "shop", "till")], T),
        ([demand("StringEquals", "aws:ResourceTag/team", parameter("Team"))], U),
        ([demand("StringLike", "aws:ResourceTag/team", "*")], F),
        ([demand("StringNotEquals", "aws:ResourceTag/team", "shop")], F),
        ([demand("StringEqualsIfExists", "aws:ResourceTag/team", "shop")], F),
        ([demand("ForAllValues:StringEquals", "aws:ResourceTag/team", "shop")], F),
        ([demand("StringEquals", "aws:ResourceTags", "shop")], U),
        ([demand("StringEquals", "ec2:Subnet", "subnet-1")], U),
        ([demand(parameter("Operator"), "aws:ResourceTag/team", "shop")], U),
        ([demand("StringEquals", parameter("Key"), "shop")], U),
    ],
)
def test_whether_conditions_pin_the_resources(conditions: list[PolicyCondition], expected: Truth) -> None:
    assert narrows(statement(["s3:*"], conditions=conditions), ACCEPTED).truth is expected


def test_conditions_that_are_not_seen_may_pin_them() -> None:
    assert narrows(statement(["s3:*"], unseen_conditions=hidden()), ACCEPTED).truth is U


def test_a_condition_that_is_not_evaluated_is_named() -> None:
    found = narrows(statement(["s3:*"], conditions=[demand("StringEquals", "ec2:Subnet", "subnet-1")]), ACCEPTED)
    assert found.cause is not None
    assert found.cause.reason is Reason.CONDITION_NOT_EVALUATED
    assert "ec2:Subnet" in found.cause.detail


def test_what_has_to_hold_whatever_its_values() -> None:
    found = statement(
        ["iam:PassRole"], conditions=[demand("StringEquals", "iam:PassedToService", parameter("Service"))]
    )
    assert demands(found, "iam:PassedToService").truth is T
    assert demands(found, "iam:AssociatedResourceArn").truth is F


@pytest.mark.parametrize(("operator", "expected"), [("StringEquals", True), ("StringNotEquals", False)])
def test_an_account(operator: str, expected: bool) -> None:
    found = statement(["s3:*"], conditions=[demand(operator, "aws:ResourceAccount", "111122223333")])
    assert pins_account(found) is expected
