from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.limiting import Limit, Weight, acts_on, limit, weight
from pipecheck.data.iam_actions import DOCUMENTED_FOR_ALL, ServiceActions, actions_of, services


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("s3:GetObject", Limit.POSSIBLE),
        ("S3:PUTOBJECT", Limit.POSSIBLE),
        ("s3:ListAllMyBuckets", Limit.IMPOSSIBLE),
        ("ecr:GetAuthorizationToken", Limit.IMPOSSIBLE),
        ("ecs:RegisterTaskDefinition", Limit.IMPOSSIBLE),
        ("iam:PassRole", Limit.IMPOSSIBLE),
        ("iam:Pass*", Limit.IMPOSSIBLE),
        ("iam:*", Limit.POSSIBLE),
        ("*", Limit.POSSIBLE),
        ("ec2:Describe*", Limit.IMPOSSIBLE),
        ("ec2:Create*", Limit.POSSIBLE),
        ("cloudformation:Describe*", Limit.POSSIBLE),
        ("ecs:Describe?ervices", Limit.POSSIBLE),
        ("ssmmessages:*", Limit.IMPOSSIBLE),
        ("s3:HeadBucket", Limit.NOT_KNOWN),
        ("s3:Unheard*", Limit.NOT_KNOWN),
        ("robomaker:CreateRobot", Limit.NOT_KNOWN),
        ("nonsense", Limit.NOT_KNOWN),
    ],
)
def test_whether_an_action_can_be_limited(action: str, expected: Limit) -> None:
    assert limit(action) is expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("s3:PutObject", Weight.CHANGES),
        ("kms:Decrypt", Weight.CHANGES),
        ("s3:*", Weight.CHANGES),
        ("*", Weight.CHANGES),
        ("s3:GetObject", Weight.READS),
        ("s3:Get*", Weight.READS),
        ("codecommit:GitPull", Weight.READS),
        ("logs:*", Weight.LOGS),
        ("logs:DeleteLogGroup", Weight.LOGS),
    ],
)
def test_how_much_it_matters(action: str, expected: Weight) -> None:
    assert weight(action) is expected


@pytest.mark.parametrize(
    ("action", "service", "expected"),
    [
        ("s3:GetObject", "s3", True),
        ("s3:GetObject", "*", True),
        ("*", "logs", True),
        ("s3:GetObject", "logs", False),
        ("ssm:SendCommand", "ec2", True),
        ("sts:AssumeRole", "iam", True),
        ("servicecatalog:UpdateProduct", "catalog", True),
        ("unheard:Of", "s3", False),
    ],
)
def test_the_resources_an_action_works_on(action: str, service: str, expected: bool) -> None:
    assert acts_on(action, service) is expected


def actions(service: str) -> ServiceActions:
    found = actions_of(service)
    assert found is not None
    return found


def test_every_action_is_listed_once() -> None:
    for service in services():
        listed = actions(service)
        assert listed.limited.isdisjoint(listed.unlimited), service
        assert all(name == name.lower() for name in listed.limited | listed.unlimited), service


def test_what_is_accepted_on_everything_could_be_limited() -> None:
    """Otherwise it need not be accepted."""
    for action in DOCUMENTED_FOR_ALL:
        service, name = action.split(":")
        assert name in actions(service).limited, action
