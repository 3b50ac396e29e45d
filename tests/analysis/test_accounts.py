"""The account of a principal or ARN, and whether two are the same."""

from __future__ import annotations

import pytest

from pipecheck.analysis.accounts import OWN, account_of, accounts_used_by, own_account, same_account, settled
from pipecheck.model.inventory import Inventory
from pipecheck.values import Place, Reference, Step, Truth, Unknown
from tests.model_builder import HERE, Text, action, hidden, parameter, pieces, pipeline, pseudo, stage, text

NOTHING = Inventory((), {})
OWN_ROOT = pieces("arn:aws:iam::", pseudo("AWS::AccountId"), ":root")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("111122223333", "111122223333"),
        ("arn:aws:iam::111122223333:role/a:b", "111122223333"),
        ("arn:aws-cn:sts::111122223333:assumed-role/a/b", "111122223333"),
        (OWN_ROOT, OWN),
        (pieces("arn:", pseudo("AWS::Partition"), ":iam::", parameter("Target"), ":root"), "${Target}"),
        (parameter("Target"), "${Target}"),
    ],
)
def test_the_account_as_it_is_written(value: Text, expected: str) -> None:
    account = account_of(text(value))
    assert account is not None
    assert account.text == expected
    assert account.is_number is expected.isdecimal()


@pytest.mark.parametrize("value", ["*", "codebuild.amazonaws.com", "arn:aws:s3:::bucket", "79a59df900b949e5"])
def test_what_names_no_account(value: str) -> None:
    assert account_of(text(value)) is None


def test_what_cannot_be_seen_is_some_account() -> None:
    account = account_of(hidden("why"))
    assert account is not None
    assert account.text is None
    assert account.hidden is not None


def test_a_resource_of_the_template_is_of_the_own_account() -> None:
    step = Step("reference", "User", HERE, Reference("t.yaml", "User", "Arn"))
    user = Unknown(hidden().reason, "known after deployment", HERE, spelling="User.Arn", via=(step,))
    account = account_of(user)
    assert account is not None
    assert account.text == OWN


def same(one: Text, other: Text) -> Truth:
    left, right = account_of(text(one)), account_of(text(other))
    assert left is not None
    assert right is not None
    return same_account(left, right).truth


def test_numbers_decide_and_so_does_the_same_spelling() -> None:
    assert same("111122223333", "arn:aws:iam::111122223333:root") is Truth.TRUE
    assert same("111122223333", "444455556666") is Truth.FALSE
    assert same(OWN_ROOT, pseudo("AWS::AccountId")) is Truth.TRUE
    assert same(OWN_ROOT, "111122223333") is Truth.UNKNOWN
    assert same(parameter("One"), parameter("Other")) is Truth.UNKNOWN
    assert same(hidden(), hidden()) is Truth.UNKNOWN


def test_the_same_spelling_in_another_file_decides_nothing() -> None:
    here = account_of(parameter("Target"))
    there = account_of(Unknown(hidden().reason, "", Place("other.yaml", ()), spelling="Target"))
    assert here is not None
    assert there is not None
    assert same_account(here, there).truth is Truth.UNKNOWN


def test_a_pipeline_tells_the_number_of_its_template() -> None:
    own = own_account("t.yaml", [pipeline(role="arn:aws:iam::111122223333:role/pipeline")], NOTHING)
    assert own.text == "111122223333"
    account = account_of(OWN_ROOT)
    assert account is not None
    assert settled(account, own).text == "111122223333"
    assert own_account("other.yaml", [pipeline()], NOTHING).text == OWN
    assert own_account("t.yaml", [pipeline(role=OWN_ROOT)], NOTHING).text == OWN


def test_accounts_that_actions_work_in() -> None:
    deploy = action("Deploy", role="arn:aws:iam::444455556666:role/deploy")
    sets = action("Sets", "Deploy/CloudFormationStackSet", DeploymentTargets="555566667777,666677778888")
    found = {account.text for account in accounts_used_by(pipeline(stage("Deploy", deploy, sets)))}
    assert found == {OWN, "111122223333", "444455556666", "555566667777", "666677778888"}
