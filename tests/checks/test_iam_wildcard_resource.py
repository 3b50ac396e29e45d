from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipecheck.rules.clause import Clause
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Reason
from tests.checks.clauses import clauses, of, verdict
from tests.model_builder import Text, demand, hidden, items, parameter, role, statement, subject

FAIL, PASS, UNKNOWN = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN
LOGS = "arn:aws:logs:*:*:*"


def found(actions: Iterable[Text], resources: Iterable[Text] | None = None, *, account: bool = False) -> list[Clause]:
    conditions = [demand("StringEquals", "aws:ResourceAccount", "111122223333")] if account else []
    allowed = statement(actions, ["*"] if resources is None else resources, conditions=conditions)
    return clauses("iam_wildcard_resource", subject("role", role(allowed)))


def test_a_statement_is_one_finding_that_names_what_could_be_limited() -> None:
    [clause] = of(found(["s3:PutObject", "s3:ListAllMyBuckets", "iam:PassRole", "sqs:SendMessage"]), FAIL)
    assert clause.say == 'role "pipeline" is allowed "s3:PutObject" and "sqs:SendMessage" on all resources'


def test_what_matters_most_is_named_first() -> None:
    [clause] = of(found(["logs:PutLogEvents", "s3:GetObject", "s3:PutObject"]), FAIL)
    assert '"s3:PutObject", "s3:GetObject" and "logs:PutLogEvents"' in clause.say


def test_of_many_actions_the_first_are_named() -> None:
    [clause] = of(found([f"sqs:{name}Queue" for name in ("Create", "Delete", "Purge")] + ["sns:*", "s3:*"]), FAIL)
    assert '"sqs:CreateQueue", "sqs:DeleteQueue", "sqs:PurgeQueue" and 2 more' in clause.say


@pytest.mark.parametrize(
    ("actions", "account", "severity"),
    [
        (["s3:GetObject", "s3:PutObject"], False, None),
        (["s3:GetObject", "logs:PutLogEvents"], False, Severity.MEDIUM),
        (["logs:PutLogEvents"], False, Severity.LOW),
        (["s3:PutObject"], True, Severity.MEDIUM),
        (["logs:PutLogEvents"], True, Severity.LOW),
    ],
)
def test_the_heaviest_action_decides_how_much_it_matters(
    actions: list[Text], account: bool, severity: Severity | None
) -> None:
    [clause] = of(found(actions, account=account), FAIL)
    assert clause.severity is severity


def test_everything_of_one_service_concerns_its_actions_alone() -> None:
    [clause] = of(found(["s3:PutObject", "logs:PutLogEvents"], ["arn:aws:s3:::artifacts/*", LOGS]), FAIL)
    assert (clause.say, clause.severity) == (
        'role "pipeline" is allowed "logs:PutLogEvents" on all resources',
        Severity.LOW,
    )
    assert verdict(found(["s3:PutObject"], [LOGS])) is PASS


@pytest.mark.parametrize(
    ("actions", "resources", "expected"),
    [
        ([parameter("Action")], ["arn:aws:s3:::artifacts/*"], PASS),
        ([parameter("Action")], [LOGS], UNKNOWN),
        (["s3:PutObject", parameter("Action")], ["*"], UNKNOWN),
        (["s3:PutObject"], [parameter("Resource")], UNKNOWN),
        (["s3:ListAllMyBuckets"], [parameter("Resource")], PASS),
        (["s3:HeadBucket"], ["*"], UNKNOWN),
        (["s3:HeadBucket", "s3:PutObject"], ["*"], FAIL),
    ],
)
def test_what_is_not_known(actions: list[Text], resources: list[Text], expected: Verdict) -> None:
    assert verdict(found(actions, resources)) is expected


def test_an_action_that_is_not_in_the_data_is_named() -> None:
    [clause] = of(found(["s3:HeadBucket"]), UNKNOWN)
    assert clause.cause is not None
    assert clause.cause.reason is Reason.ACTION_NOT_KNOWN
    assert "s3:HeadBucket" in clause.cause.detail


def test_actions_that_are_not_seen_may_be_such() -> None:
    allowed = statement([], ["*"])
    object.__setattr__(allowed, "actions", items(unseen=hidden()))
    assert verdict(clauses("iam_wildcard_resource", subject("role", role(allowed)))) is UNKNOWN
    object.__setattr__(allowed, "resources", items())
    assert verdict(clauses("iam_wildcard_resource", subject("role", role(allowed)))) is PASS
