from __future__ import annotations

from dataclasses import replace

from pipecheck.analysis.cases import guard_of
from pipecheck.analysis.usage import actions_run_with, pipelines_keeping_in
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Known, Reason, Unknown, known
from pipecheck.values.items import values
from tests.loaders.templates import loaded

TEMPLATE = """
Conditions:
  Live: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Store: {Type: AWS::S3::Bucket, Properties: {BucketName: store}}
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pipeline, AssumeRolePolicyDocument: {Statement: []}}}
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Condition: Live
    Properties:
      Name: shop
      RoleArn: !GetAtt Role.Arn
      ArtifactStore: {Type: S3, Location: store}
      Stages:
        - Name: Build
          Actions: [{Name: Make, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}}]
"""


def test_work_is_done_once_per_inventory() -> None:
    inventory = _inventory()
    calls: list[Inventory] = []

    def count(seen: Inventory) -> int:
        calls.append(seen)
        return len(calls)

    assert [inventory.once(count), inventory.once(count)] == [1, 1]
    assert replace(inventory).once(count) == 2


def test_what_was_worked_out_does_not_survive_a_replaced_member() -> None:
    inventory = _inventory()
    [bucket] = values(inventory.all(Bucket))
    assert inventory.find(Bucket, Known("store", bucket.place)) == Known(bucket, bucket.place)
    renamed = replace(bucket, name=Unknown(Reason.BLURRED, "hidden", bucket.place))
    [member] = inventory.all(Bucket).members
    items = replace(inventory.all(Bucket), members=(replace(member, value=renamed),))
    blurred = replace(inventory, resources={**inventory.resources, Bucket: items})
    assert isinstance(blurred.find(Bucket, Known("store", bucket.place)), Unknown)


def test_users_are_found_by_the_very_resource_they_use() -> None:
    inventory = _inventory()
    [bucket] = values(inventory.all(Bucket))
    [role] = values(inventory.all(Role))
    [pipeline] = values(inventory.all(Pipeline))
    assert list(pipelines_keeping_in(bucket, inventory)) == [pipeline]
    assert [known(action.name) for action in actions_run_with(role, inventory)] == ["Make"]
    assert guard_of(pipeline, inventory) == {("Live", True)}
    assert not pipelines_keeping_in(replace(bucket), inventory)
    assert not actions_run_with(replace(role), inventory)


def _inventory() -> Inventory:
    return loaded(TEMPLATE).inventory
