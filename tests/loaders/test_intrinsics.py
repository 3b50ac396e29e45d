"""What CloudFormation's functions give, in both spellings; what they cannot give has its reason."""

from __future__ import annotations

import json

import pytest

from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Absent, Known, Reason, Unknown, reference
from pipecheck.values.text import spelled
from tests.loaders.templates import loaded, pipeline, with_name

SECTIONS = """
Parameters:
  Env: {Type: String, Default: prod}
  Open: {Type: String}
  Choice: {Type: String, AllowedValues: [a, b]}
  Zones: {Type: CommaDelimitedList, Default: "x, y"}
  Secret: {Type: String, NoEcho: true, Default: s3cret}
  FromStore: {Type: "AWS::SSM::Parameter::Value<String>", Default: /name}
Mappings:
  Names: {prod: {bucket: shop-prod}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOpen: !Equals [!Ref Open, "yes"]
"""


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("!Ref Env", "prod"),
        ("{Ref: Env}", "prod"),
        ("!Sub 'app-${Env}'", "app-prod"),
        ("{'Fn::Sub': ['${A}-${Env}-${!x}', {A: !Ref Env}]}", "prod-prod-${x}"),
        ("!Join ['-', [a, !Ref Env]]", "a-prod"),
        ("!Join ['-', !Ref Zones]", "x-y"),
        ("{'Fn::Join': ['', [a, {'Fn::Select': [1, {'Fn::Split': [':', 'p:q']}]}]]}", "aq"),
        ("!Select ['0', !Ref Zones]", "x"),
        ("!FindInMap [Names, !Ref Env, bucket]", "shop-prod"),
        ("!If [IsProd, yes-prod, no-prod]", "yes-prod"),
        ("!Ref Named", "literal"),
        ("!FindInMap [Names, dev, bucket, {DefaultValue: other}]", "other"),
        ("!Select [1, !Cidr [10.0.0.0/16, 2, 8]]", "10.0.1.0/24"),
        ("{'Fn::Base64': !Ref Env}", "cHJvZA=="),
        ("{'Fn::Length': !Ref Zones}", "2"),
        ("{'Fn::ToJsonString': {a: !Ref Env, b: [1, true]}}", '{"a":"prod","b":[1,true]}'),
        ("12", "12"),
        ("true", "true"),
    ],
)
def test_what_is_known(expression: str, text: str) -> None:
    name = pipeline(with_name(expression, SECTIONS)).name
    assert isinstance(name, Known)
    assert name.value == text


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("!Ref Open", Reason.PARAMETER_WITHOUT_DEFAULT),
        ("!Ref FromStore", Reason.DYNAMIC_REFERENCE),
        ("'{{resolve:ssm:/name}}'", Reason.DYNAMIC_REFERENCE),
        ("!Ref AWS::Region", Reason.PSEUDO_PARAMETER),
        ("!Ref Unnamed", Reason.GENERATED_NAME),
        ("!Ref Nothing", Reason.INVALID_VALUE),
        ("!GetAtt Key.RotationState", Reason.RESOURCE_ATTRIBUTE),
        ("!ImportValue elsewhere", Reason.IMPORTED_VALUE),
        ("{'Fn::Transform': {Name: Macro}}", Reason.TRANSFORM),
        ("!Select [0, !Cidr [10.0.0.0/16, 1, 99]]", Reason.INVALID_VALUE),
        ("!Select [0, !GetAZs '']", Reason.PSEUDO_PARAMETER),
        ("{'Fn::Nothing': x}", Reason.UNSUPPORTED_FUNCTION),
        ("!FindInMap [Names, dev, bucket]", Reason.INVALID_VALUE),
        ("!If [IsOpen, a, b]", Reason.CONDITION_UNDECIDED),
        ("[a]", Reason.INVALID_VALUE),
    ],
)
def test_what_is_unknown_and_why(expression: str, reason: Reason) -> None:
    name = pipeline(with_name(expression, SECTIONS)).name
    assert isinstance(name, Unknown)
    assert name.reason is reason


def test_no_value_is_absent() -> None:
    assert isinstance(pipeline(with_name("!Ref AWS::NoValue")).name, Absent)
    assert isinstance(pipeline(with_name("!If [IsProd, !Ref AWS::NoValue, x]", SECTIONS)).name, Absent)


def test_an_undecided_condition_leaves_both_branches_as_candidates() -> None:
    name = pipeline(with_name("!If [IsOpen, a, !Ref Env]", SECTIONS)).name
    assert isinstance(name, Unknown)
    assert [c.value for c in name.candidates if isinstance(c, Known)] == ["a", "prod"]


def test_allowed_values_are_the_candidates_of_a_parameter() -> None:
    name = pipeline(with_name("!Ref Choice", SECTIONS)).name
    assert isinstance(name, Unknown)
    assert [c.value for c in name.candidates if isinstance(c, Known)] == ["a", "b"]


@pytest.mark.parametrize(
    ("expression", "spelling"),
    [
        ("!Sub '${AWS::StackName}-x'", "${AWS::StackName}-x"),
        ("!Join ['-', [!Ref AWS::StackName, x]]", "${AWS::StackName}-x"),
        ("!GetAtt Key.Arn", "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${Key#id}"),
        ("!GetAtt Unnamed.Arn", "arn:${AWS::Partition}:s3:::${Unnamed}"),
    ],
)
def test_parts_that_are_known_stay_known(expression: str, spelling: str) -> None:
    assert spelled(pipeline(with_name(expression)).name) == spelling


def test_a_reference_as_a_whole_names_its_resource_and_a_part_does_not() -> None:
    whole = reference(pipeline(with_name("!Sub '${Named}'")).name)
    assert whole is not None
    assert whole.logical_id == "Named"
    assert reference(pipeline(with_name("!Sub 'x-${Named}'")).name) is None


def test_the_user_decides_before_the_default() -> None:
    template = with_name("!Sub '${Env} in ${AWS::Region}'", SECTIONS)
    given = {"Env": "dev", "AWS::Region": "eu-west-1"}
    name = pipeline(template, parameters=given).name
    assert isinstance(name, Known)
    assert name.value == "dev in eu-west-1"


def test_a_default_is_remembered_and_can_be_refused() -> None:
    template = with_name("!Ref Env", SECTIONS)
    name = pipeline(template).name
    assert isinstance(name, Known)
    assert [(step.kind, step.name) for step in name.via] == [("parameter-default", "Env")]
    refused = pipeline(template, assume_defaults=False).name
    assert isinstance(refused, Unknown)
    assert refused.reason is Reason.DEFAULT_NOT_ASSUMED


def test_a_secret_parameter_leaves_its_mark() -> None:
    name = pipeline(with_name("!Ref Secret", SECTIONS)).name
    assert isinstance(name, Known)
    assert "no-echo" in {step.kind for step in name.via}


def test_a_name_that_depends_on_itself_is_generated() -> None:
    template = """
    Resources:
      Loop: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "x-${Loop}"}}
      Pipeline: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: !Ref Loop}}
    """
    name = pipeline(template).name
    assert isinstance(name, Unknown)
    assert name.reason is Reason.GENERATED_NAME


def test_an_import_finds_the_export_of_a_sibling() -> None:
    exporting = """
    Resources: {B: {Type: "AWS::S3::Bucket", Properties: {BucketName: shared}}}
    Outputs: {B: {Value: !Ref B, Export: {Name: artifacts}}}
    """
    name = pipeline(with_name("!ImportValue artifacts"), exporting).name
    assert isinstance(name, Known)
    assert name.value == "shared"
    assert "import" in {step.kind for step in name.via}


def test_two_exports_that_import_each_other_end() -> None:
    template = """
    Resources: {P: {Type: "AWS::CodePipeline::Pipeline", Properties: {Name: !ImportValue one}}}
    Outputs:
      A: {Value: !ImportValue two, Export: {Name: one}}
      B: {Value: !ImportValue one, Export: {Name: two}}
    """
    assert isinstance(pipeline(template).name, Unknown)


def test_json_and_yaml_mean_the_same() -> None:
    body = {"Fn::Join": ["-", ["a", {"Ref": "AWS::StackName"}]]}
    template = {
        "Resources": {"Pipeline": {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Name": body}}},
    }
    assert spelled(pipeline(json.dumps(template)).name) == "a-${AWS::StackName}"


def test_a_key_written_twice_is_an_error_and_its_value_is_unknown() -> None:
    result = loaded(
        """
        Resources:
          Pipeline:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: one
              Name: two
        """
    )
    [error] = result.errors
    assert (error.line, error.message) == (7, "the key Name stands twice: first in line 6, again in line 7")
    [member] = result.inventory.all(Pipeline).members
    assert isinstance(member.value.name, Unknown)
    assert member.value.name.reason is Reason.DUPLICATE_KEY
