from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.managed import is_broad_policy
from pipecheck.data.managed_policies import ADMINISTRATORS
from pipecheck.values import Known, Reason, Truth, Unknown
from tests.model_builder import HERE, NOWHERE, Text, parameter, pieces

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ACCOUNT = Unknown(Reason.PSEUDO_PARAMETER, "?", HERE, spelling="AWS::AccountId", token=True)


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (Known("arn:aws:iam::aws:policy/AmazonS3FullAccess", HERE), T),
        (Known("arn:aws-cn:iam::aws:policy/AWSCodeBuildAdminAccess", HERE), T),
        (Known("arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser", HERE), T),
        (Known("arn:aws:iam::aws:policy/AdministratorAccess-Amplify", HERE), T),
        (Known("arn:aws:iam::aws:policy/SecretsManagerReadWrite", HERE), T),
        (Known("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", HERE), F),
        (Known("arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole", HERE), F),
        (Known("arn:aws:iam::111122223333:policy/FullAccess", HERE), F),
        (Known("AmazonS3FullAccess", HERE), F),
        (pieces("arn:", parameter("AWS::Partition"), ":iam::aws:policy/AmazonS3FullAccess"), T),
        (pieces("arn:aws:iam::", ACCOUNT, ":policy/FullAccess"), F),
        (pieces("arn:aws:iam::aws:policy/", parameter("Policy")), U),
        (parameter("Policy"), U),
        (NOWHERE, F),
        (Unknown(Reason.CONDITION_UNDECIDED, "?", HERE, (NOWHERE, Known("arn:aws:iam::aws:policy/X", HERE))), F),
    ],
)
def test_broad_policies(arn: Text, expected: Truth) -> None:
    assert not isinstance(arn, str)
    assert is_broad_policy(arn, ()).truth is expected


@pytest.mark.parametrize("name", sorted(ADMINISTRATORS))
def test_those_of_administrators_are_the_business_of_another_rule(name: str) -> None:
    assert is_broad_policy(Known(f"arn:aws:iam::aws:policy/{name}", HERE), ()).truth is F


@pytest.mark.parametrize("glob", ["AmazonS3FullAccess", "AmazonS3*", "arn:aws:iam::aws:policy/AmazonS3FullAccess"])
def test_those_that_are_accepted(glob: str) -> None:
    assert is_broad_policy(Known("arn:aws:iam::aws:policy/AmazonS3FullAccess", HERE), (glob,)).truth is F
    assert is_broad_policy(Known("arn:aws:iam::aws:policy/AmazonSNSFullAccess", HERE), (glob,)).truth is T
