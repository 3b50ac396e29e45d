from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.administrator import (
    boundary_takes_it_away,
    everything_in,
    grants_administrator,
    is_administrator_policy,
    is_shaped_like_administrator,
)
from pipecheck.data.managed_policies import ADMINISTRATORS
from pipecheck.model.policy import PolicyCondition, Statement
from pipecheck.values import Known, Reason, Truth, Unknown
from tests.model_builder import HERE, NOWHERE, Text, demand, hidden, parameter, pieces, statement

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
PARTITION = Unknown(
    Reason.PSEUDO_PARAMETER, "?", HERE, (Known("aws", HERE), Known("aws-cn", HERE)), spelling="AWS::Partition"
)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (statement(["*"]), T),
        (statement(["s3:GetObject", "*:*"], ["arn:aws:s3:::a", "*"]), T),
        (statement(["*"], ["arn:aws:*:*:*:*"]), T),
        (statement(["?*"], ["arn:*"]), T),
        (statement(["*"], ["ar*"]), T),
        (statement(["*"], ["arn:aws:*"]), T),
        (statement(["*"], ["arn:aws:s3:*"]), F),
        (statement(not_action=["iam:*"]), T),
        (statement(["*"], [], not_resource=["arn:aws:s3:::audit"]), T),
        (statement(["*"], effect="Deny"), F),
        (statement(["s3:*"]), F),
        (statement(["*"], ["arn:aws:s3:::a/*"]), F),
        (statement(["*"], [pieces("arn:", PARTITION, ":s3:::", parameter("Bucket"), "/*")]), F),
        (statement(not_action=["iam:*"], resource=["arn:aws:s3:::a/*"]), F),
        (statement(["*"], [parameter("Resource")]), U),
        (statement([parameter("Action")]), U),
        (statement([pieces("s3:", parameter("Verb"))]), F),
        (statement(["*"], effect=parameter("Effect")), U),
    ],
)
def test_the_shape_of_an_administrator(found: Statement, expected: Truth) -> None:
    assert is_shaped_like_administrator(found).truth is expected
    assert grants_administrator(found).truth is expected


REGION = demand("StringEquals", "aws:RequestedRegion", "eu-west-1")
TAG = demand("StringEquals", "aws:ResourceTag/team", "shop")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([REGION], T),
        (
            [demand("StringEquals", "AWS:PrincipalOrgID", "o-1"), demand("StringEquals", "aws:ResourceAccount", "1")],
            T,
        ),
        ([TAG], U),
        ([demand("Bool", "aws:MultiFactorAuthPresent", "true"), REGION], U),
        ([demand("StringEquals", parameter("Key"), "x")], U),
    ],
)
def test_a_condition_may_take_it_away(conditions: list[PolicyCondition], expected: Truth) -> None:
    found = statement(["*"], conditions=conditions)
    assert is_shaped_like_administrator(found).truth is T
    assert grants_administrator(found).truth is expected


def test_a_condition_that_is_not_seen_may_take_it_away() -> None:
    assert grants_administrator(statement(["*"], unseen_conditions=hidden())).truth is U
    assert grants_administrator(statement(["*"], conditions=[REGION], unseen_conditions=hidden())).truth is U


def test_a_condition_that_is_not_evaluated_is_named() -> None:
    answer = grants_administrator(statement(["*"], conditions=[TAG]))
    assert answer.cause is not None
    assert answer.cause.reason is Reason.CONDITION_NOT_EVALUATED
    assert "aws:ResourceTag/team" in answer.cause.detail


def test_it_stands_where_everything_is_written() -> None:
    assert everything_in(statement(["s3:GetObject", "*"])).route[-1] == "*"
    assert everything_in(statement(not_action=["iam:*"])).route[-2:] == ("NotAction", "iam:*")


@pytest.mark.parametrize("name", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_managed_policies_of_administrators_in_every_partition(name: str, partition: str) -> None:
    arn = Known(f"arn:{partition}:iam::aws:policy/{name}", HERE)
    assert is_administrator_policy(arn, ()).truth is T


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (pieces("arn:", PARTITION, ":iam::aws:policy/AdministratorAccess"), T),
        (pieces("arn:", PARTITION, ":iam::aws:policy/ReadOnlyAccess"), F),
        (pieces("arn:", PARTITION, ":iam::aws:policy/", parameter("Policy")), U),
        (Known("arn:aws:iam::aws:policy/AmazonS3FullAccess", HERE), F),
        (Known("arn:aws:iam::aws:policy/AdministratorAccess-Amplify", HERE), F),
        (Known("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", HERE), F),
        (Known("arn:aws:iam::111122223333:policy/AdministratorAccess", HERE), U),
        (parameter("Policy"), U),
        (NOWHERE, F),
    ],
)
def test_managed_policies(arn: Text, expected: Truth) -> None:
    assert not isinstance(arn, str)
    assert is_administrator_policy(arn, ()).truth is expected


def test_a_policy_of_ones_own_that_is_not_in_the_input() -> None:
    answer = is_administrator_policy(Known("arn:aws:iam::111122223333:policy/build", HERE), ())
    assert answer.cause is not None
    assert answer.cause.reason is Reason.MANAGED_POLICY_NOT_KNOWN


@pytest.mark.parametrize("extra", ["breakglass", "arn:aws:iam::111122223333:policy/breakglass"])
def test_policies_that_the_configuration_forbids(extra: str) -> None:
    arn = Known("arn:aws:iam::111122223333:policy/breakglass", HERE)
    assert is_administrator_policy(arn, (extra,)).truth is T
    assert is_administrator_policy(Known(f"{arn.value}-log", HERE), (extra,)).truth is U


def test_only_a_boundary_that_reads_takes_it_away() -> None:
    assert boundary_takes_it_away(Known("arn:aws:iam::aws:policy/ReadOnlyAccess", HERE))
    assert boundary_takes_it_away(pieces("arn:", PARTITION, ":iam::aws:policy/job-function/ViewOnlyAccess"))
    assert not boundary_takes_it_away(Known("arn:aws:iam::aws:policy/PowerUserAccess", HERE))
    assert not boundary_takes_it_away(Known("arn:aws:iam::111122223333:policy/boundary", HERE))
    assert not boundary_takes_it_away(NOWHERE)
