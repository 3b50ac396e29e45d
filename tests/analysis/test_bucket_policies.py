"""Which policies are for a bucket, and what their statements cover of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipecheck.analysis.answer import Answer
from pipecheck.analysis.bucket_policies import covers_bucket, covers_objects, policies_of, statements_of
from pipecheck.analysis.privileges.covering import covers_action, covers_service
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.values import Truth
from pipecheck.values.items import values
from tests.loaders.templates import loaded
from tests.model_builder import Text, hidden, parameter, statement

POLICY = "{Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: %s}]}"


def template(resource: str = "'*'", bucket: str = "!Ref Artifacts", name: str = "!Ref AWS::NoValue") -> str:
    return f"""
Parameters: {{App: {{Type: String}}, Other: {{Type: String}}}}
Resources:
  Artifacts: {{Type: AWS::S3::Bucket, Properties: {{BucketName: {name}}}}}
  Elsewhere: {{Type: AWS::S3::Bucket}}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {{Bucket: {bucket}, PolicyDocument: {POLICY % resource}}}
"""


def first(inventory: Inventory) -> Bucket:
    return next(iter(values(inventory.all(Bucket))))


def found(bucket: str, name: str) -> tuple[int, bool]:
    """How many policies a bucket has, and whether it may have more."""
    inventory = loaded(template(bucket=bucket, name=name)).inventory
    policies = policies_of(first(inventory), inventory)
    return len(policies.members), policies.open is not None


@pytest.mark.parametrize(
    ("bucket", "name", "expected"),
    [
        ("!Ref Artifacts", "!Ref AWS::NoValue", (1, False)),
        ("artifacts", "artifacts", (1, False)),
        ("!Sub '${App}-artifacts'", "!Sub '${App}-artifacts'", (1, False)),
        ("!Ref Elsewhere", "artifacts", (0, False)),
        ("logs", "artifacts", (0, False)),
        ("!Ref Other", "artifacts", (0, True)),
        ("!Ref Other", "!Ref App", (0, True)),
        ("!Ref Other", "!Ref AWS::NoValue", (0, False)),
        ("!Sub 'logs-${Other}'", "artifacts", (0, False)),
        ("!ImportValue Bucket", "!Ref AWS::NoValue", (0, True)),
    ],
)
def test_a_policy_is_for_the_bucket_that_it_names(bucket: str, name: str, expected: tuple[int, bool]) -> None:
    assert found(bucket, name) == expected


def test_a_policy_of_another_template_is_found() -> None:
    bucket = """
Resources: {Artifacts: {Type: AWS::S3::Bucket}}
Outputs: {Bucket: {Value: !Ref Artifacts, Export: {Name: artifacts}}}
"""
    policy = f"""
Resources:
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {{Bucket: !ImportValue artifacts, PolicyDocument: {POLICY % "'*'"}}}
"""
    inventory = loaded(bucket, policy).inventory
    assert len(policies_of(first(inventory), inventory).members) == 1


@pytest.mark.parametrize(
    ("resource", "bucket", "objects"),
    [
        ("'*'", Truth.TRUE, Truth.TRUE),
        ("!GetAtt Artifacts.Arn", Truth.TRUE, Truth.FALSE),
        ("!Sub '${Artifacts.Arn}/*'", Truth.FALSE, Truth.TRUE),
        ("!Sub '${Artifacts.Arn}*'", Truth.TRUE, Truth.TRUE),
        ("!Sub '${Artifacts.Arn}/app/*'", Truth.FALSE, Truth.FALSE),
        ("!Join ['', ['arn:aws:s3:::', !Ref Artifacts, '/*']]", Truth.FALSE, Truth.TRUE),
        ("!Sub 'arn:${AWS::Partition}:s3:::${Artifacts}/*'", Truth.FALSE, Truth.TRUE),
        ("[!GetAtt Artifacts.Arn, !Sub '${Artifacts.Arn}/*']", Truth.TRUE, Truth.TRUE),
        ("'arn:aws:s3:::*'", Truth.TRUE, Truth.TRUE),
        ("'arn:aws:s3:::other/*'", Truth.FALSE, Truth.FALSE),
        ("!Ref Other", Truth.UNKNOWN, Truth.UNKNOWN),
        ("!Sub 'arn:aws:s3:::${Other}/*'", Truth.UNKNOWN, Truth.UNKNOWN),
    ],
)
@pytest.mark.parametrize("name", ["!Ref AWS::NoValue", "acme-artifacts", "!Sub '${App}-artifacts'"])
def test_what_a_resource_covers(name: str, resource: str, bucket: Truth, objects: Truth) -> None:
    inventory = loaded(template(resource=resource, name=name)).inventory
    subject = first(inventory)
    [attached] = statements_of(policies_of(subject, inventory))
    if name.startswith("!Sub") and resource == "'arn:aws:s3:::other/*'":
        bucket = objects = Truth.UNKNOWN  # the parameter may make it the same
    assert covers_bucket(attached.statement, subject).truth is bucket
    assert covers_objects(attached.statement, subject).truth is objects


@pytest.mark.parametrize(
    ("covers", "action", "expected"),
    [
        (lambda s: covers_service(s, "s3"), "s3:*", Truth.TRUE),
        (lambda s: covers_service(s, "s3"), "S3:**", Truth.TRUE),
        (lambda s: covers_service(s, "s3"), "*", Truth.TRUE),
        (lambda s: covers_service(s, "s3"), "s3:Get*", Truth.FALSE),
        (lambda s: covers_service(s, "s3"), "s3-object-lambda:*", Truth.FALSE),
        (lambda s: covers_service(s, "s3"), parameter("Action"), Truth.UNKNOWN),
        (lambda s: covers_action(s, "kms:GenerateDataKey"), "kms:GenerateDataKey*", Truth.TRUE),
        (lambda s: covers_action(s, "kms:Decrypt"), "KMS:decrypt", Truth.TRUE),
        (lambda s: covers_action(s, "kms:Decrypt"), "kms:Encrypt", Truth.FALSE),
        (lambda s: covers_action(s, "kms:Decrypt"), hidden(), Truth.UNKNOWN),
    ],
)
def test_what_an_action_covers(covers: Callable[[object], Answer], action: Text, expected: Truth) -> None:
    assert covers(statement([action])).truth is expected


def test_what_a_statement_excepts_is_not_evaluated() -> None:
    assert covers_service(statement(not_action=["iam:*"]), "s3").truth is Truth.UNKNOWN
