"""From a pipeline to its role, bucket and builds in one step: known, absent, or unknown because not scanned."""

from __future__ import annotations

import pytest

from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, known
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


GRANT = "PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}"


def attached(*texts: str) -> list[tuple[str | None, Truth]]:
    """The policies of the role called `deploy` or of the only role, and whether they are attached."""
    [role] = values(loaded(*texts).inventory.all(Role))
    return [(known(member.value.name), member.present) for member in role.policies.members]


@pytest.mark.parametrize(
    ("role", "roles", "expected"),
    [
        ("{RoleName: deploy}", "[!Ref Name]", [("p", Truth.UNKNOWN)]),
        ("{RoleName: deploy}", "[deploy]", [("p", Truth.TRUE)]),
        ("{RoleName: deploy}", "[build]", []),
        ("{RoleName: deploy}", '[!Sub "shop-${Name}"]', []),
        ("{}", "[!Ref Name]", []),
        ("{}", "[!If [Is, !Ref Role, other]]", [("p", Truth.UNKNOWN)]),
    ],
)
def test_a_policy_for_a_role_that_nobody_can_see_may_be_for_any_that_fits(
    role: str, roles: str, expected: list[tuple[str, Truth]]
) -> None:
    template = f"""
    Parameters: {{Name: {{Type: String}}, Kind: {{Type: String}}}}
    Conditions: {{Is: !Equals [!Ref Kind, a]}}
    Resources:
      Role: {{Type: AWS::IAM::Role, Properties: {role}}}
      Policy: {{Type: AWS::IAM::Policy, Properties: {{PolicyName: p, Roles: {roles}, {GRANT}}}}}
    """
    assert attached(template) == expected


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ("[deploy]", Truth.TRUE),
        ("[!ImportValue role]", Truth.TRUE),
        ("[!Ref Name]", Truth.UNKNOWN),
    ],
)
def test_a_policy_is_attached_to_a_role_of_another_template(roles: str, expected: Truth) -> None:
    owner = """
    Resources:
      Role: {Type: AWS::IAM::Role, Properties: {RoleName: deploy}}
    Outputs: {Role: {Value: !Ref Role, Export: {Name: role}}}
    """
    giver = f"""
    Parameters: {{Name: {{Type: String}}}}
    Resources:
      Role: {{Type: AWS::S3::Bucket}}
      Policy: {{Type: AWS::IAM::Policy, Properties: {{PolicyName: p, Roles: {roles}, {GRANT}}}}}
    """
    assert attached(owner, giver) == [("p", expected)]


def test_a_managed_policy_of_another_template_is_attached() -> None:
    giver = f"""
    Resources:
      Policy: {{Type: AWS::IAM::ManagedPolicy, Properties: {{ManagedPolicyName: p, {GRANT}}}}}
    Outputs: {{Policy: {{Value: !Ref Policy, Export: {{Name: policy}}}}}}
    """
    owner = """
    Resources:
      Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!ImportValue policy]}}
    """
    assert attached(giver, owner) == [("p", Truth.TRUE)]


def test_a_role_is_not_linked_to_arns_of_several_accounts() -> None:
    inventory = loaded("""
    Resources:
      Role: {Type: AWS::IAM::Role, Properties: {RoleName: deploy}}
      Pipeline:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/deploy
          Stages:
            - Name: Deploy
              Actions:
                - {Name: Staging, RoleArn: arn:aws:iam::111122223333:role/deploy}
                - {Name: Production, RoleArn: arn:aws:iam::444455556666:role/deploy}
    """).inventory
    [pipeline] = values(inventory.all(Pipeline))
    [stage] = values(pipeline.stages)
    assert isinstance(inventory.find(Role, pipeline.role_arn), Known)
    for action in values(stage.actions):
        found = inventory.find(Role, action.role_arn)
        assert isinstance(found, Unknown)
        assert found.reason is Reason.AMBIGUOUS_NAME
