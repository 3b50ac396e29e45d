"""From a pipeline to its role, bucket and builds in one step: known, absent, or unknown because not scanned."""

from __future__ import annotations

import pytest

from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Absent, Known, Reason, Unknown, known
from pipecheck.values.items import values
from tests.loaders.templates import loaded

ROLE = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "${AWS::StackName}-deployer"
      Policies: [{PolicyName: inline, PolicyDocument: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}}]
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: %s
      ArtifactStore: {Type: S3, Location: artifacts}
      Stages: []
"""


def with_role(arn: str) -> Inventory:
    return loaded(ROLE % arn).inventory


@pytest.mark.parametrize(
    "arn",
    [
        "!GetAtt Role.Arn",
        "{'Fn::GetAtt': [Role, Arn]}",
        "!Sub '${Role.Arn}'",
        "!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}'",
        "!Sub 'arn:aws:iam::${AWS::AccountId}:role/${AWS::StackName}-deployer'",
        "!Join ['', ['arn:aws:iam::', !Ref 'AWS::AccountId', ':role/', !Ref Role]]",
    ],
)
def test_every_way_to_name_a_role_of_the_template(arn: str) -> None:
    inventory = with_role(arn)
    [pipeline] = values(inventory.all(Pipeline))
    assert isinstance(inventory.find(Role, pipeline.role_arn), Known)


@pytest.mark.parametrize("arn", ["arn:aws:iam::111111111111:role/elsewhere", "!ImportValue role", "!Ref Unwritten"])
def test_a_role_outside_the_input_is_not_absent(arn: str) -> None:
    inventory = with_role(arn)
    [pipeline] = values(inventory.all(Pipeline))
    found = inventory.find(Role, pipeline.role_arn)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.NOT_SCANNED


def test_no_role_is_absent() -> None:
    inventory = with_role("!Ref AWS::NoValue")
    [pipeline] = values(inventory.all(Pipeline))
    assert isinstance(inventory.find(Role, pipeline.role_arn), Absent)


def test_a_literal_name_links_across_files_only_if_it_is_unique() -> None:
    bucket = "Resources: {%s: {Type: 'AWS::S3::Bucket', Properties: {BucketName: artifacts}}}"
    inventory = loaded(ROLE % "x", bucket % "B").inventory
    [pipeline] = values(inventory.all(Pipeline))
    [store] = values(pipeline.artifact_stores)
    assert isinstance(inventory.find(Bucket, store.location), Known)
    twice = loaded(ROLE % "x", bucket % "B", bucket % "C").inventory
    found = twice.find(Bucket, store.location)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.AMBIGUOUS_NAME


POLICIES = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: named, ManagedPolicyArns: [!Ref Own, "arn:aws:iam::aws:policy/X"]}
  Own: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: own, PolicyDocument: {Statement: []}}}
  Attached: {Type: AWS::IAM::Policy, Properties: {PolicyName: attached, Roles: [!Ref Role], PolicyDocument: {}}}
  ByName: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: byname, Roles: [named], PolicyDocument: {}}}
  Single: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: single, RoleName: !Ref Role, PolicyDocument: {}}}
  Other: {Type: AWS::IAM::Policy, Properties: {PolicyName: other, Roles: [elsewhere], PolicyDocument: {}}}
"""


def test_a_role_has_every_policy_that_is_attached_from_either_side() -> None:
    [role] = values(loaded(POLICIES).inventory.all(Role))
    assert {known(policy.name) for policy in values(role.policies)} == {"own", "attached", "byname", "single"}
    assert [known(arn) for arn in values(role.managed_policy_arns)] == ["arn:aws:iam::aws:policy/X"]
