"""What functions make of values that are one of a known set, and of elements that may be no value."""

from __future__ import annotations

import pytest

from pipecheck.values import Known, Reason, Unknown, Value
from pipecheck.values.text import renderings, spelled
from tests.loaders.templates import pipeline, with_name

SECTIONS = """
Parameters:
  Open: {Type: String}
  Size: {Type: String, AllowedValues: [small, big]}
  Zones: {Type: CommaDelimitedList, AllowedValues: [x, y]}
  Prefix: {Type: String, Default: ""}
  Kept: {Type: "AWS::SSM::Parameter::Value<String>", Default: /name}
  KeptList: {Type: "AWS::SSM::Parameter::Value<List<String>>", Default: /names}
  Flag: {Type: String, Default: "yes", AllowedValues: ["yes", "no"]}
  Dynamic: {Type: String, Default: "{{resolve:ssm:/a}}"}
  True: {Type: String, AllowedValues: [true, false]}
Mappings:
  Names:
    small: {bucket: s-bucket, list: [s, t], only: here}
    kept: {bucket: "{{resolve:ssm:/b}}", list: [k, k]}
    big: {bucket: b-bucket, list: [b, c]}
Conditions:
  IsOpen: !Equals [!Ref Open, "yes"]
  IsOn: !Equals [!Ref Flag, "yes"]
  IsOff: !Not [!Condition IsOn]
"""


def name(expression: str, **parameters: str) -> Value[str]:
    given = {key.replace("__", "::"): value for key, value in parameters.items()}
    return pipeline(with_name(expression, SECTIONS), parameters=given).name


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("!FindInMap [Names, !Ref Size, bucket]", {"s-bucket", "b-bucket"}),
        ("!FindInMap [Names, !Ref Open, bucket]", set()),
        ("!FindInMap [Names, !Ref Open, only]", {"here"}),
        ("!FindInMap [Names, !Ref Open, bucket, {DefaultValue: other}]", set()),
        ("!FindInMap [Names, !Ref Size, only, {DefaultValue: other}]", {"here", "other"}),
        ("!Select [1, !FindInMap [Names, !Ref Size, list]]", {"t", "c"}),
        ("!Select [1, !Split ['-', !FindInMap [Names, !Ref Size, bucket]]]", {"bucket"}),
        ("!Select [!If [IsOpen, 0, 1], [a, b]]", {"a", "b"}),
        ("!Join ['+', !FindInMap [Names, !Ref Size, list]]", {"s+t", "b+c"}),
        ("!Join ['+', [a, !If [IsOpen, b, !Ref AWS::NoValue], c]]", {"a+b+c", "a+c"}),
        ("{'Fn::Base64': !Ref Size}", {"c21hbGw=", "Ymln"}),
        ("!If [IsOpen, !Ref Size, x]", {"small", "big", "x"}),
        ("!Ref 'True'", {"true", "false"}),
    ],
)
def test_a_value_of_a_known_set_stays_one(expression: str, texts: set[str]) -> None:
    found = name(expression)
    assert isinstance(found, Unknown)
    assert set(renderings(found)) == texts


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("!Join ['-', [a, !If [IsOff, b, !Ref AWS::NoValue], c]]", "a-c"),
        ("!Select [1, [a, !If [IsOff, b, !Ref AWS::NoValue], c]]", "c"),
        ("{'Fn::Length': [a, !If [IsOff, b, !Ref AWS::NoValue], c]}", "2"),
        ("{'Fn::ToJsonString': [a, !If [IsOff, b, c]]}", '["a","c"]'),
        ("{Ref: !Sub '${Flag}d'}", None),
        ("{Ref: {'Fn::Sub': 'Fl${Ag}'}}", None),
        ("{Ref: {'Fn::Join': ['', [Fl, ag]]}}", "yes"),
        ("{'Fn::GetAtt': [!Join ['', [Un, named]], Arn]}", None),
    ],
)
def test_what_the_defaults_decide_is_decided(expression: str, text: str | None) -> None:
    assert (known.value if isinstance(known := name(expression), Known) else None) == text


def test_the_attribute_of_a_computed_resource() -> None:
    assert (
        spelled(name("{'Fn::GetAtt': [!Join ['', [Un, named]], !Sub Arn]}"))
        == "arn:${AWS::Partition}:s3:::${Unnamed}"
    )


def test_the_allowed_values_of_a_list_are_those_of_its_elements() -> None:
    found = name("!Select [0, !Ref Zones]")
    assert isinstance(found, Unknown)
    assert renderings(found) == ()


@pytest.mark.parametrize("given", [{}, {"Kept": "/other", "KeptList": "/others"}])
def test_what_is_given_for_a_parameter_in_the_store_is_its_name_there(given: dict[str, str]) -> None:
    for expression in ("!Ref Kept", "!Sub '${Kept}'", "!Join [',', !Ref KeptList]"):
        found = name(expression, **given)
        assert isinstance(found, Unknown)
        assert found.reason is Reason.DYNAMIC_REFERENCE


@pytest.mark.parametrize("expression", ["!Ref Dynamic", "!Sub '${Dynamic}'", "!FindInMap [Names, kept, bucket]"])
def test_a_dynamic_reference_is_one_wherever_it_comes_from(expression: str) -> None:
    found = name(expression)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.DYNAMIC_REFERENCE


def test_a_default_that_is_empty_is_an_assumption_too() -> None:
    found = name("!Sub '${Prefix}app'")
    assert isinstance(found, Known)
    assert [(step.kind, step.name) for step in found.via] == [("parameter-default", "Prefix")]


@pytest.mark.parametrize(
    ("region", "arn", "suffix"),
    [
        ("eu-west-1", "arn:aws:s3:::literal", "amazonaws.com"),
        ("cn-north-1", "arn:aws-cn:s3:::literal", "amazonaws.com.cn"),
        ("us-gov-west-1", "arn:aws-us-gov:s3:::literal", "amazonaws.com"),
    ],
)
def test_a_region_that_is_given_decides_partition_and_suffix(region: str, arn: str, suffix: str) -> None:
    for expression, text in (("!GetAtt Named.Arn", arn), ("!Ref AWS::URLSuffix", suffix)):
        found = name(expression, AWS__Region=region)
        assert isinstance(found, Known)
        assert found.value == text


def test_region_and_account_that_are_given_reach_arns() -> None:
    found = name("!Sub '${Pipeline}'", AWS__Region="eu-west-1", AWS__AccountId="111122223333")
    assert isinstance(found, Unknown)
    key = name("!GetAtt Key.Arn", AWS__Region="eu-west-1", AWS__AccountId="111122223333")
    assert spelled(key) == "arn:aws:kms:eu-west-1:111122223333:key/${Key#id}"


def test_a_list_of_expressions_in_a_text_of_json() -> None:
    found = name("""{'Fn::ToJsonString': {a: !Sub 'say "${Open}"'}}""")
    assert spelled(found) == '{"a":"say \\"${Open}\\""}'
