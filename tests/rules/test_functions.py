"""The named functions: whether a pipeline reaches into another account."""

from __future__ import annotations

from typing import Any

import pytest

from pipecheck.rules.cel import Decision
from pipecheck.rules.functions import cross_account
from pipecheck.values import Absent, Items, Known, Member, Place, Reason, Truth, Unknown, Value
from tests.rules.actions import action, pipeline, stage

HERE = Place("t.yaml", ("Pipeline",))
ROLE = HERE.child("RoleArn")
OWN = Unknown(Reason.PSEUDO_PARAMETER, "AWS::AccountId is known only at deployment", ROLE, spelling="AWS::AccountId")
GIVEN = Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "Account is not given", ROLE, spelling="Account")
PARTITION = Unknown(Reason.PSEUDO_PARAMETER, "AWS::Partition", ROLE, spelling="AWS::Partition")


def known(text: str) -> Known[str]:
    return Known(text, ROLE)


def arn(account: str | Unknown, name: str | Unknown = "r") -> Value[str]:
    pieces = ("arn:", PARTITION, ":iam::", account, ":role/", name)
    return Unknown(Reason.PSEUDO_PARAMETER, "parts of it are not known", ROLE, pieces=pieces)


def asked(home: Value[str], *roles: Value[str], **said: Any) -> Decision:
    actions = Items(tuple(Member(action(role_arn=role)) for role in roles), HERE, **said)
    stages = Items((Member(stage(actions=actions)),), HERE)
    return cross_account(pipeline(role_arn=home, stages=stages))


HOME = known("arn:aws:iam::111122223333:role/pipeline")
SAME = known("arn:aws:iam::111122223333:role/deploy")
OTHER = known("arn:aws:iam::444455556666:role/deploy")
HIDDEN = Unknown(Reason.IMPORTED_VALUE, "it is imported", ROLE, spelling="import role")


@pytest.mark.parametrize(
    ("home", "role", "truth"),
    [
        (HOME, Absent(ROLE), Truth.FALSE),
        (HOME, SAME, Truth.FALSE),
        (HOME, OTHER, Truth.TRUE),
        (HOME, HIDDEN, Truth.UNKNOWN),
        (HIDDEN, OTHER, Truth.UNKNOWN),
        (HIDDEN, HIDDEN, Truth.FALSE),
        (Absent(ROLE), OTHER, Truth.UNKNOWN),
        (arn(OWN), arn(OWN, "other"), Truth.FALSE),
        (HIDDEN, arn(OWN), Truth.FALSE),
        (HOME, arn(OWN), Truth.FALSE),
        (arn(OWN), OTHER, Truth.UNKNOWN),
        (arn(OWN), arn(GIVEN), Truth.UNKNOWN),
        (arn(GIVEN), arn(GIVEN, "other"), Truth.FALSE),
        (arn("111122223333"), arn("444455556666"), Truth.TRUE),
        (arn("111122223333", GIVEN), SAME, Truth.FALSE),
        (HOME, known("deploy"), Truth.UNKNOWN),
        (HOME, known("arn:aws:iam::aws:role/deploy"), Truth.UNKNOWN),
        (HOME, Unknown(Reason.CONDITION_UNDECIDED, "either", ROLE, (OTHER, SAME)), Truth.UNKNOWN),
        (HOME, Unknown(Reason.CONDITION_UNDECIDED, "either", ROLE, (OTHER, OTHER)), Truth.TRUE),
        (HOME, Unknown(Reason.CONDITION_UNDECIDED, "either", ROLE, (SAME, Absent(ROLE))), Truth.FALSE),
    ],
)
def test_it_is_certain_only_where_both_accounts_are(home: Value[str], role: Value[str], truth: Truth) -> None:
    assert asked(home, role).truth is truth


def test_one_action_is_enough() -> None:
    decision = asked(HOME, SAME, OTHER, HIDDEN)
    assert decision.truth is Truth.TRUE
    assert [evidence.place for evidence in decision.deciding] == [OTHER.place]


def test_what_keeps_it_open_is_the_cause() -> None:
    assert asked(HOME, SAME, HIDDEN).cause == HIDDEN
    assert asked(arn(OWN), OTHER).cause == OWN
    assert asked(HIDDEN, OTHER).cause == HIDDEN


def test_actions_that_cannot_be_seen_may_do_it() -> None:
    assert asked(HOME, SAME, open=HIDDEN).truth is Truth.UNKNOWN
    assert asked(HOME, OTHER, open=HIDDEN).truth is Truth.TRUE


def test_stages_that_cannot_be_seen_may_do_it() -> None:
    stages: Items[Any] = Items((), HERE, HIDDEN)
    decision = cross_account(pipeline(role_arn=HOME, stages=stages))
    assert (decision.truth, decision.cause) == (Truth.UNKNOWN, HIDDEN)


def test_the_same_spelling_in_another_source_is_another_role() -> None:
    elsewhere = Unknown(Reason.IMPORTED_VALUE, "it is imported", Place("other.yaml", ()), spelling="import role")
    assert asked(elsewhere, HIDDEN).truth is Truth.UNKNOWN


def test_an_action_under_a_condition_counts_as_far_as_the_condition_is_decided() -> None:
    for present in Truth:
        actions = Items((Member(action(role_arn=OTHER), frozenset({("C", True)}), present),), HERE)
        stages = Items((Member(stage(actions=actions)),), HERE)
        assert cross_account(pipeline(role_arn=HOME, stages=stages)).truth is present
