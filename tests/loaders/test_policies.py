"""Policy documents as mappings and as JSON text: principals, conditions, and what of them cannot be seen."""

from __future__ import annotations

import json
from textwrap import dedent, indent

import pytest

from pipecheck.model.policy import PolicyCondition, Principal, Statement
from pipecheck.model.role import Role
from pipecheck.syntax.read import read
from pipecheck.values import Absent, Items, Known, Member, Place, Truth, known, reference
from pipecheck.values.items import values
from pipecheck.values.text import contains, equals, spelled
from tests.loaders.templates import loaded

ROLE = """
Parameters:
  Team: {Type: String}
  Teams: {Type: CommaDelimitedList}
  Strict: {Type: String}
  Open: {Type: String, Default: "no"}
Conditions:
  IsStrict: !Equals [!Ref Strict, "yes"]
  IsOpen: !Equals [!Ref Open, "yes"]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
"""


def role(trust: str) -> Role:
    """A role with a trust policy that is written as YAML."""
    [found] = values(loaded(ROLE + indent(trust, " " * 8)).inventory.all(Role))
    return found


def statement(body: str) -> Statement:
    [found] = values(role(f"Statement: [{{Effect: Allow, Action: 'sts:AssumeRole', {body}}}]").trust)
    return found


def shown(principals: Items[Principal]) -> list[tuple[str | None, str | None]]:
    return [(known(principal.type), spelled(principal.id)) for principal in values(principals)]


def demands(conditions: Items[PolicyCondition]) -> list[tuple[str | None, str | None, list[str | None]]]:
    return [
        (known(one.operator), known(one.key), [known(v) for v in values(one.values)]) for one in values(conditions)
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"*"', [("*", "*")]),
        ('{AWS: "*"}', [("AWS", "*")]),
        ("{Service: codepipeline.amazonaws.com}", [("Service", "codepipeline.amazonaws.com")]),
        ("{AWS: ['1', '2'], Federated: idp}", [("AWS", "1"), ("AWS", "2"), ("Federated", "idp")]),
        ("{CanonicalUser: 79a5}", [("CanonicalUser", "79a5")]),
        ("{AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}", [("AWS", "arn:aws:iam::${AWS::AccountId}:root")]),
    ],
)
@pytest.mark.parametrize("key", ["Principal", "NotPrincipal"])
def test_principals(key: str, written: str, expected: list[tuple[str, str]]) -> None:
    found = statement(f"{key}: {written}")
    got, other = found.principals, found.not_principals
    if key == "NotPrincipal":
        got, other = other, got
    assert shown(got) == expected
    assert not other.members
    assert got.open is None


def test_a_principal_stands_at_its_id() -> None:
    [principal] = values(statement("Principal: {AWS: ['1']}").principals)
    assert principal.id == Known("1", principal.place)
    assert principal.place.route[-3:] == ("Principal", "AWS", 0)


@pytest.mark.parametrize("written", ["!Ref Teams", "{AWS: !Ref Teams}", "{AWS: !Split [',', !Ref Team]}"])
def test_principals_that_are_not_known_are_not_absent(written: str) -> None:
    found = statement(f"Principal: {written}").principals
    assert found.open is not None


@pytest.mark.parametrize("written", ["!Ref Team", "{AWS: !Ref Team}", "{AWS: !Ref AWS::AccountId}"])
def test_a_principal_that_can_be_no_list_is_one(written: str) -> None:
    found = statement(f"Principal: {written}").principals
    assert found.open is None
    [principal] = values(found)
    assert spelled(principal.id) in {"${Team}", "${AWS::AccountId}"}


def test_a_principal_with_a_condition_carries_it() -> None:
    found = statement("Principal: {AWS: ['1', !If [IsOpen, '*', !Ref AWS::NoValue]]}").principals
    assert shown(found) == [("AWS", "1"), ("AWS", "*")]
    assert [member.present for member in found.members] == [Truth.TRUE, Truth.FALSE]
    assert found.members[1].guard == frozenset({("IsOpen", True)})


def test_conditions_are_one_test_per_operator_and_key() -> None:
    equal = "{'aws:SourceAccount': '1', 'aws:PrincipalOrgID': [a, b]}"
    written = f"{{StringEquals: {equal}, Bool: {{'aws:SecureTransport': true}}}}"
    assert demands(statement(f"Condition: {written}").conditions) == [
        ("StringEquals", "aws:SourceAccount", ["1"]),
        ("StringEquals", "aws:PrincipalOrgID", ["a", "b"]),
        ("Bool", "aws:SecureTransport", ["true"]),
    ]


def test_a_condition_stands_at_its_key() -> None:
    [test] = values(statement("Condition: {Bool: {'aws:SecureTransport': 'true'}}").conditions)
    assert test.place.route[-3:] == ("Condition", "Bool", "aws:SecureTransport")


@pytest.mark.parametrize("written", ["", "Condition: {}", "Condition: !Ref AWS::NoValue", "Condition: {Bool: {}}"])
def test_no_conditions(written: str) -> None:
    found = statement(written).conditions
    assert found.members == ()
    assert found.open is None


def test_a_condition_that_is_there_in_one_case_alone() -> None:
    block = "{StringEquals: {'aws:SourceAccount': '1'}}"
    found = statement(f"Condition: !If [IsOpen, !Ref AWS::NoValue, {block}]").conditions
    assert [(member.guard, member.present) for member in found.members] == [
        (frozenset({("IsOpen", False)}), Truth.TRUE)
    ]
    undecided = statement(f"Condition: !If [IsStrict, {block}, !Ref AWS::NoValue]").conditions
    assert [member.present for member in undecided.members] == [Truth.UNKNOWN]
    inner = statement(
        "Condition: {Bool: !If [IsStrict, {'aws:SecureTransport': 'true'}, !Ref AWS::NoValue]}"
    ).conditions
    assert [member.present for member in inner.members] == [Truth.UNKNOWN]


@pytest.mark.parametrize("written", ["!Ref Team", "{Bool: !Ref Team}", "text", "{Bool: text}"])
def test_a_condition_that_cannot_be_read_is_not_absent(written: str) -> None:
    assert statement(f"Condition: {written}").conditions.open is not None


def test_values_of_a_condition_that_are_not_known() -> None:
    [test] = values(statement("Condition: {StringEquals: {'aws:SourceAccount': !Ref Teams}}").conditions)
    assert not test.values.members
    assert test.values.open is not None
    assert spelled(test.values.open) == "${Teams}"
    [test] = values(statement("Condition: {StringEquals: {'aws:SourceAccount': !Ref Team}}").conditions)
    assert test.values.open is None
    assert [spelled(value) for value in values(test.values)] == ["${Team}"]


DOCUMENT = {
    "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "codebuild.amazonaws.com", "AWS": ["1", "2"]},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": ["1"]}},
    }
}


def test_a_document_as_json_text_says_the_same() -> None:
    [mapped] = values(role(json.dumps(DOCUMENT)).trust)
    [written] = values(role(f"'{json.dumps(DOCUMENT)}'").trust)
    assert shown(mapped.principals) == shown(written.principals)
    assert demands(mapped.conditions) == demands(written.conditions)
    assert known(written.effect) == "Allow"


def test_parts_of_a_json_text_may_be_unknown_even_in_a_key() -> None:
    text = json.dumps({"Statement": {"Condition": {"StringEquals": {"aws:ResourceTag/${Team}": "x${Team}"}}}})
    [found] = values(role(f"!Sub '{text}'").trust)
    [test] = values(found.conditions)
    assert spelled(test.key) == "aws:ResourceTag/${Team}"
    assert equals(test.key, "aws:ResourceTag/a") is Truth.UNKNOWN
    assert equals(test.key, "aws:SourceArn") is Truth.FALSE
    assert [contains(value, "x") for value in values(test.values)] == [Truth.TRUE]


@pytest.mark.parametrize(
    "document", ["{Statement: [{Effect: !Ref Effect}]}", """!Sub '{"Statement": {"Effect": "${Effect}"}}'"""]
)
def test_what_a_value_may_be_is_kept(document: str) -> None:
    template = ROLE.replace("  Team:", "  Effect: {Type: String, AllowedValues: [Allow, Deny]}\n  Team:", 1)
    [found] = values(loaded(template + indent(document, " " * 8)).inventory.all(Role))
    [trusted] = values(found.trust)
    assert equals(trusted.effect, "Permit") is Truth.FALSE
    assert equals(trusted.effect, "Deny") is Truth.UNKNOWN


def test_a_document_that_is_there_in_some_cases_has_statements_of_those_cases() -> None:
    one, other = "{Statement: [{Sid: a}]}", "{Statement: [{Sid: b}]}"
    found = role(f"!If [IsOpen, {one}, {other}]").trust
    assert [(known(member.value.sid), member.present) for member in found.members] == [
        ("a", Truth.FALSE),
        ("b", Truth.TRUE),
    ]


@pytest.mark.parametrize("trust", ["!Ref Team", "not json", "[text]"])
def test_a_document_that_cannot_be_read_leaves_its_statements_open(trust: str) -> None:
    assert role(trust).trust.open is not None


def test_what_a_role_says_besides() -> None:
    properties = "Path: /ci/, MaxSessionDuration: 7200, PermissionsBoundary: b"
    template = "Resources: {Role: {Type: 'AWS::IAM::Role', Properties: {%s}}}"
    [found] = values(loaded(template % properties).inventory.all(Role))
    assert (known(found.path), known(found.max_session_duration)) == ("/ci/", 7200)
    assert known(found.permissions_boundary) == "b"
    [plain] = values(loaded(template % "").inventory.all(Role))
    assert isinstance(plain.path, Absent)
    assert isinstance(plain.max_session_duration, Absent)
    assert plain.path.default is not None
    assert plain.max_session_duration.default is not None
    assert (plain.path.default.value, plain.max_session_duration.default.value) == ("/", 3600)
    assert plain.trust.members == ()


def test_spreading_keeps_what_a_member_needs() -> None:
    place = role("{}").place
    inner = Items((Member(1, frozenset({("A", True)}), Truth.UNKNOWN), Member(2)), place)
    outer = Items((Member("x", frozenset({("B", False)}), Truth.FALSE),), place)
    assert outer.spread(lambda _: inner).members == (
        Member(1, frozenset({("A", True), ("B", False)}), Truth.FALSE),
        Member(2, frozenset({("B", False)}), Truth.FALSE),
    )


@pytest.mark.parametrize("written", ["!Ref Topic", "!GetAtt Custom.Arn", "[!GetAtt Custom.Arn]"])
def test_what_a_resource_returns_is_one_element(written: str) -> None:
    resources = """
    Resources:
      Topic: {Type: AWS::SNS::Topic}
      Custom: {Type: Custom::Table}
      Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Resource: %s}}}}
    """
    [found] = values(loaded(resources % written).inventory.all(Role))
    [trust] = values(found.trust)
    [resource] = values(trust.resources)
    assert trust.resources.open is None
    assert reference(resource) is not None


WRITTEN = """
Parameters:
  Bucket: {Type: String}
  Lines: {Type: String, Default: "one\\ntwo"}
  Wide: {Type: String, Default: "no"}
Conditions:
  IsWide: !Equals [!Ref Wide, "yes"]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: written
          PolicyDocument: DOCUMENT
"""
TEXT = """
            {
              "Statement": [{
                "Effect": "Allow",
                "Action": [
                  "s3:Get*",
                  "s3:Put*"
                ],
                "Resource": "arn:aws:s3:::${Bucket}/*"
              }]
            }
"""


def written(document: str) -> tuple[str, Statement]:
    """A template, and the last statement of the policy that stands there as JSON text."""
    template = WRITTEN.replace("DOCUMENT", document)
    [found] = values(loaded(template).inventory.all(Role))
    [policy] = values(found.policies)
    *_, last = values(policy.statements)
    return template, last


def line_of(place: Place, template: str) -> str:
    """The source line that a finding at a place would point at."""
    text = dedent(template)
    document = read(text, "a.yaml")
    line = document.content_line(place.route, place.line) if place.line is not None else None
    span = line or document.span(place.route)
    return text.splitlines()[span.line - 1].strip()


def test_what_stands_in_json_text_stands_in_its_own_line() -> None:
    template, found = written("!Sub |" + TEXT)
    assert line_of(found.place, template) == '"Effect": "Allow",'
    assert line_of(found.actions.place, template) == '"Action": ['
    assert [line_of(action.place, template) for action in values(found.actions)] == ['"s3:Get*",', '"s3:Put*"']
    [resource] = values(found.resources)
    assert line_of(resource.place, template) == '"Resource": "arn:aws:s3:::${Bucket}/*"'


@pytest.mark.parametrize("wide", [0, 1])
def test_each_branch_of_a_policy_in_json_text_has_its_own_lines(wide: int) -> None:
    document = "\n            Fn::If:\n              - IsWide\n" + "".join(
        f"              - !Sub |{indent(TEXT.replace('Bucket', name), '    ')}" for name in ("Bucket", "Wide")
    )
    template = WRITTEN.replace("DOCUMENT", document)
    [found] = values(loaded(template).inventory.all(Role))
    [policy] = values(found.policies)
    [resource] = values(list(values(policy.statements))[wide].resources)
    assert line_of(resource.place, template).endswith(('${Bucket}/*"', '${Wide}/*"')[wide])


def test_json_text_with_other_lines_than_its_source_stands_where_the_text_does() -> None:
    """What is filled in has line feeds of its own."""
    text = TEXT.replace("[", "[ ${Spaces}")
    template, found = written("!Sub\n            - |" + indent(text, "  ") + '            - {Spaces: "\\n"}')
    assert line_of(found.place, template) == "PolicyDocument: !Sub"
