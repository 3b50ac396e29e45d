from __future__ import annotations

import pytest

from pipecheck.model.role import Role
from pipecheck.rules.clause import Clause
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Known, Member, Truth
from tests.checks.clauses import clauses, of, verdict
from tests.model_builder import (
    HERE,
    action,
    demand,
    hidden,
    inventory,
    items,
    parameter,
    pipeline,
    role,
    stage,
    statement,
    subject,
    when,
)

FAIL, PASS, UNKNOWN = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def administrator(found: Role, **params: object) -> list[Clause]:
    return clauses("iam_admin_policy", subject("role", found), **params)


def wildcards(found: Role, provider: str = "CodeDeploy", **params: object) -> list[Clause]:
    whole = pipeline(stage("Deploy", action("Deploy", f"Deploy/{provider}")), role="pipeline")
    return clauses("iam_wildcard_action", subject("role", found, inventory(whole, roles=[found])), **params)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (role(), PASS),
        (role(statement(["s3:GetObject"])), PASS),
        (role(managed=[READ_ONLY]), PASS),
        (role(statement(["*"])), FAIL),
        (role(statement(not_action=["iam:*"])), FAIL),
        (role(managed=[ADMINISTRATOR]), FAIL),
        (role(statement(["*"], conditions=[demand("StringEquals", "aws:ResourceTag/a", "b")])), UNKNOWN),
        (role(managed=["arn:aws:iam::111122223333:policy/build"]), UNKNOWN),
        (role(unseen=hidden()), UNKNOWN),
        (role(statement(["*"]), unseen=hidden()), FAIL),
    ],
)
def test_administrators(found: Role, expected: Verdict) -> None:
    assert verdict(administrator(found)) is expected


def test_each_grant_is_one_finding_at_its_element() -> None:
    found = role(statement(["s3:GetObject", "*"]), managed=[ADMINISTRATOR])
    places = {clause.primary.route[-1] for clause in of(administrator(found), FAIL)}
    assert places == {"*", ADMINISTRATOR}


def test_an_administrator_statement_is_the_business_of_one_rule() -> None:
    found = role(statement(["*", "s3:*"]))
    [clause] = of(administrator(found), FAIL)
    assert "iam-wildcard-action" in clause.related[0].message
    assert verdict(wildcards(found)) is PASS


def test_a_statement_that_may_be_an_administrator_is_left_open_by_both() -> None:
    found = role(statement(["*"], [parameter("Resource")]))
    assert verdict(administrator(found)) is UNKNOWN
    assert verdict(wildcards(found)) is UNKNOWN


@pytest.mark.parametrize(
    ("boundary", "severity"), [(READ_ONLY, Severity.MEDIUM), (ADMINISTRATOR, None), (None, None)]
)
def test_a_boundary_makes_it_milder(boundary: str | None, severity: Severity | None) -> None:
    for found in (role(managed=[ADMINISTRATOR], boundary=boundary), role(statement(["*"]), boundary=boundary)):
        [clause] = of(administrator(found), FAIL)
        assert clause.severity is severity


def test_a_policy_that_the_defaults_leave_out_does_not_count() -> None:
    found = role()
    arn: Member[object] = when(Known(ADMINISTRATOR, HERE), ("Debug", True), present=Truth.FALSE)
    object.__setattr__(found, "managed_policy_arns", items(arn))
    assert verdict(administrator(found)) is PASS
    open_arn: Member[object] = when(Known(ADMINISTRATOR, HERE), ("Debug", True))
    object.__setattr__(found, "managed_policy_arns", items(open_arn))
    assert verdict(administrator(found)) is UNKNOWN


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (role(), PASS),
        (role(statement(["s3:GetObject", "ec2:Describe*"])), PASS),
        (role(statement(["s3:*"])), FAIL),
        (role(statement(["S3:PUT*"])), FAIL),
        (role(statement(["*"], ["arn:aws:s3:::a/*"])), FAIL),
        (role(statement(["s3:*"], effect="Deny")), PASS),
        (role(statement(["s3:*"], effect=parameter("Effect"))), UNKNOWN),
        (role(statement([parameter("Action")], ["arn:aws:s3:::a/*"])), UNKNOWN),
        (role(unseen=hidden()), UNKNOWN),
    ],
)
def test_wildcards(found: Role, expected: Verdict) -> None:
    assert verdict(wildcards(found)) is expected


def test_the_wildcards_of_a_statement_are_one_finding_that_names_them() -> None:
    found = role(statement(["s3:GetObject", "s3:*", "iam:Create*", "ec2:Describe*"]), statement(["sqs:*"]))
    first, second = of(wildcards(found), FAIL)
    assert first.say == 'role "pipeline" is allowed "s3:*" and "iam:Create*"'
    assert first.primary.route[-1] == "s3:*"
    assert [related.place.route[-1] for related in first.related] == ["iam:Create*"]
    assert second.say == 'role "pipeline" is allowed "sqs:*": every action of a service'


def test_wildcards_that_read_can_be_forbidden() -> None:
    found = role(statement(["ec2:Describe*"]))
    assert verdict(wildcards(found, allow_read_wildcards=False)) is FAIL


def test_what_aws_documents_for_elastic_beanstalk_is_medium_for_its_role_alone() -> None:
    found = role(statement(["ec2:*", "iam:*"]))
    severities = {clause.say: clause.severity for clause in of(wildcards(found, "ElasticBeanstalk"), FAIL)}
    assert severities == {
        'role "pipeline" is allowed "ec2:*": every action of a service': Severity.MEDIUM,
        'role "pipeline" is allowed "iam:*": every action of a service': None,
    }
    assert [clause.severity for clause in of(wildcards(found), FAIL)] == [None]
