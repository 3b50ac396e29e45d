"""A part of a template that cannot be seen is never taken for one that is empty."""

from __future__ import annotations

import pytest

from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Absent, Known, Reason, Unknown
from pipecheck.values.items import values
from tests.loaders.templates import loaded, pipeline, with_name

ROLE = "Resources: {R: {Type: AWS::IAM::Role, %s}}"


def role(body: str, before: str = "") -> Role:
    [found] = values(loaded(f"{before}\n{ROLE % body}").inventory.all(Role))
    return found


@pytest.mark.parametrize(
    "body",
    [
        "Properties: {'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: s3://b/k}}}",
        "Properties: {RoleName: x, 'Fn::Transform': {Name: Macro}}",
        "Properties: {RoleName: x, 'Fn::ForEach::Loop': [A, !Ref P, {'${A}': []}]}",
        "Properties: !If [Open, {}, {Policies: []}]",
    ],
)
def test_properties_that_something_makes_leave_the_role_open(body: str) -> None:
    before = "Parameters: {P: {Type: String}}\nConditions: {Open: !Equals [!Ref P, x]}"
    found = role(body, before)
    assert found.policies.open is not None
    assert not isinstance(found.permissions_boundary, Absent)


@pytest.mark.parametrize("key", ["ManagedPolicyArns", "Policies"])
def test_a_list_under_a_key_that_stands_twice_is_open(key: str) -> None:
    text = f"Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      {key}: [a]\n      {key}: []\n"
    [found] = values(load([Input("a.yaml", text)], Assumptions()).inventory.all(Role))
    items = found.policies if key == "Policies" else found.managed_policy_arns
    assert items.open is not None
    assert items.open.reason is Reason.DUPLICATE_KEY


def test_an_element_of_a_list_may_be_one_of_several_texts() -> None:
    before = "Parameters: {P: {Type: String, AllowedValues: [a, b]}}"
    [arn] = values(role("Properties: {ManagedPolicyArns: [!Ref P]}", before).managed_policy_arns)
    assert isinstance(arn, Unknown)
    assert [candidate.value for candidate in arn.candidates if isinstance(candidate, Known)] == ["a", "b"]


@pytest.mark.parametrize(
    "expression",
    [
        "!Sub '{{resolve:secretsmanager:${AWS::StackName}:SecretString:p}}'",
        "!Join ['', ['{{resolve:secretsmanager:', shop, '}}']]",
        "!Sub ['{{resolve:ssm:${A}}}', {A: name}]",
    ],
)
def test_a_dynamic_reference_is_one_however_it_is_put_together(expression: str) -> None:
    name = pipeline(with_name(expression)).name
    assert isinstance(name, Unknown)
    assert "dynamic-reference" in {step.kind for step in name.via}


@pytest.mark.parametrize("expression", ["!Base64 {Ref: S}", "!Select [0, !Split [',', !Ref S]]"])
def test_a_secret_parameter_leaves_its_mark_on_what_is_made_of_it(expression: str) -> None:
    name = pipeline(with_name(expression, "Parameters: {S: {Type: String, NoEcho: true}}\n")).name
    assert not isinstance(name, Absent)
    assert "no-echo" in {step.kind for step in name.via}


def test_a_policy_is_attached_only_where_what_names_the_role_is_there() -> None:
    text = """
    Parameters: {Env: {Type: String, Default: dev}}
    Conditions: {IsProd: !Equals [!Ref Env, prod]}
    Resources:
      R: {Type: AWS::IAM::Role}
      P:
        Type: AWS::IAM::Policy
        Properties: {PolicyName: p, Roles: [!If [IsProd, !Ref R, !Ref AWS::NoValue]], PolicyDocument: {}}
    """
    [found] = values(loaded(text).inventory.all(Role))
    [member] = found.policies.members
    assert member.guard == frozenset({("IsProd", True)})


def test_exports_that_ask_for_each_other_end() -> None:
    text = (
        with_name("!ImportValue base")
        + "Outputs: {A: {Value: 1, Export: {Name: !Sub ['${a}-x', {a: !ImportValue b}]}}}"
    )
    assert isinstance(pipeline(text).name, Unknown)


def test_a_name_that_two_templates_export_is_ambiguous() -> None:
    export = "Resources: {B: {Type: AWS::SNS::Topic}}\nOutputs: {A: {Value: %s, Export: {Name: base}}}"
    name = pipeline(with_name("!ImportValue base"), export % "1", export % "2").name
    assert isinstance(name, Unknown)
    assert name.reason is Reason.AMBIGUOUS_NAME


def test_a_private_character_in_json_text_is_no_mark_of_ours() -> None:
    text = """
    Resources:
      P:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          Stages:
            - Name: S
              Actions:
                - {Name: A, Configuration: {EnvironmentVariables: '[{"name":"\ue000TOKEN\ue000","value":"x"}]'}}
    """
    [found] = values(loaded(text).inventory.all(Pipeline))
    [stage] = values(found.stages)
    [action] = values(stage.actions)
    [variable] = values(action.environment_variables)
    assert isinstance(variable.name, Known)
    assert variable.name.value == "\ufffdTOKEN\ufffd"


def test_the_arn_of_a_user_is_not_the_arn_of_a_role() -> None:
    inventory = loaded("Resources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: deploy}}}").inventory
    [found] = values(inventory.all(Role))
    user = Known("arn:aws:iam::111111111111:user/deploy", found.place)
    assert isinstance(inventory.find(Role, user), Unknown)
