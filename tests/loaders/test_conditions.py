"""Conditions: what is certain, what the defaults say, and which cases can occur together."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from pipecheck.loaders.cloudformation.stacks import Stacks
from pipecheck.loaders.cloudformation.template import Assumptions, Template
from pipecheck.model.conditions import OTHER, Conditions
from pipecheck.syntax.read import read
from pipecheck.values import Known, Truth, known
from pipecheck.values.items import values
from tests.loaders.templates import pipeline

PARAMETERS = """
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Region: {Type: String}
  Flag: {Type: String, Default: "no"}
"""


def conditions(section: str, parameters: dict[str, str] | None = None) -> Conditions:
    text = PARAMETERS + "Conditions:\n" + indent(dedent(section), "  ")
    return Template(read(text, "t.yaml"), Assumptions(parameters or {}), Stacks()).conditions


def cases(found: Conditions, *names: str) -> list[tuple[bool, ...]]:
    return [tuple(case.outcomes[name] for name in names) for case in found.assignments(names)]


def test_conditions_over_one_parameter_exclude_each_other() -> None:
    found = conditions(
        """
          IsDev: !Equals [!Ref Env, dev]
          IsProd: !Equals [prod, !Ref Env]
        """
    )
    assert cases(found, "IsDev", "IsProd") == [(True, False), (False, True)]


def test_the_assumed_case_comes_first_and_names_its_parameters() -> None:
    found = conditions("  IsProd: !Equals [!Ref Env, prod]")
    first, second = found.assignments(["IsProd"])
    assert (first.outcomes, first.parameters) == ({"IsProd": False}, {"Env": "dev"})
    assert (second.outcomes, second.parameters) == ({"IsProd": True}, {"Env": "prod"})


def test_without_allowed_values_there_is_something_else() -> None:
    found = conditions("  InEu: !Equals [!Ref Region, eu-west-1]")
    assert [case.parameters["Region"] for case in found.assignments(["InEu"])] == ["eu-west-1", OTHER]
    assert found.assumed("InEu") is Truth.UNKNOWN


def test_connectives() -> None:
    found = conditions(
        """
          IsProd: !Equals [!Ref Env, prod]
          "On": !Equals [!Ref Flag, "yes"]
          Both: !And [!Condition IsProd, {Condition: "On"}]
          Either: {"Fn::Or": [!Condition IsProd, !Condition "On"]}
          Off: !Not [!Condition "On"]
        """
    )
    assert set(cases(found, "Both", "Either", "Off")) == {
        (False, False, True),
        (False, True, True),
        (False, True, False),
        (True, True, False),
    }


def test_a_given_parameter_does_not_range() -> None:
    found = conditions("  IsProd: !Equals [!Ref Env, prod]", {"Env": "prod"})
    assert cases(found, "IsProd") == [(True,)]


def test_what_we_cannot_evaluate_takes_both_outcomes() -> None:
    found = conditions("  Odd: {'Fn::Nothing': [1]}")
    assert sorted(cases(found, "Odd")) == [(False,), (True,)]


def test_a_condition_that_depends_on_itself_ends() -> None:
    found = conditions("  A: !Not [!Condition A]")
    assert found.assumed("A") is Truth.UNKNOWN


STAGES = """
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source}
        - !If
          - IsProd
          - Name: Prod
          - !Ref AWS::NoValue
"""
CONDITION = "Conditions: {IsProd: !Equals [!Ref Env, prod]}\n"


def test_a_conditional_stage_is_a_member_with_its_guard() -> None:
    source, prod = pipeline(PARAMETERS + CONDITION + STAGES).stages.members
    assert source.guard == frozenset()
    assert prod.guard == frozenset({("IsProd", True)})
    assert prod.present is Truth.FALSE
    assert prod.value.place.route[-3:] == (1, "Fn::If", 1) or prod.value.place.route[-1] == 1


@pytest.mark.parametrize(("env", "names"), [("prod", 2), ("dev", 1)])
def test_a_decided_stage_is_there_or_not(env: str, names: int) -> None:
    found = pipeline(PARAMETERS + CONDITION + STAGES, parameters={"Env": env})
    assert len(list(values(found.stages))) == names
    assert all(member.guard == frozenset() for member in found.stages.members)


def test_a_conditional_list_has_the_members_of_both_branches() -> None:
    text = """
    Resources:
      Pipeline:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          Stages: !If [IsProd, [{Name: A}, {Name: B}], [{Name: C}]]
    """
    members = pipeline(PARAMETERS + CONDITION + dedent(text)).stages.members
    assert [(m.guard, m.present) for m in members] == [
        (frozenset({("IsProd", True)}), Truth.FALSE),
        (frozenset({("IsProd", True)}), Truth.FALSE),
        (frozenset({("IsProd", False)}), Truth.TRUE),
    ]


def test_inside_a_branch_its_condition_holds() -> None:
    text = """
    Resources:
      Pipeline:
        Type: AWS::CodePipeline::Pipeline
        Condition: IsProd
        Properties:
          Name: !If [IsProd, in-prod, elsewhere]
    """
    name = pipeline(PARAMETERS + CONDITION + dedent(text)).name
    assert getattr(name, "value", None) == "in-prod"
    assert getattr(name, "via", None) == ()


MAPPED = """
Parameters:
  Env: {Type: String, Default: dev}
  Size: {Type: String, AllowedValues: [s, l]}
  Names: {Type: CommaDelimitedList, Default: "a,b"}
  Switch: {Type: String, AllowedValues: [true, false], Default: true}
  Kept: {Type: "AWS::SSM::Parameter::Value<String>", AllowedValues: [/a, /b], Default: /a}
Mappings:
  Gates: {dev: {wanted: "no", size: s}, prod: {wanted: "yes", size: l}}
"""


def mapped(section: str, parameters: dict[str, str] | None = None) -> Conditions:
    text = MAPPED + "Conditions:\n" + indent(dedent(section), "  ")
    return Template(read(text, "t.yaml"), Assumptions(parameters or {}), Stacks()).conditions


def test_a_condition_over_a_mapping_goes_with_those_over_its_key() -> None:
    found = mapped(
        """
        IsProd: !Equals [!Ref Env, prod]
        IsGated: !Equals [!FindInMap [Gates, !Ref Env, wanted], "yes"]
        """
    )
    assert cases(found, "IsProd", "IsGated") == [(False, False), (True, True)]
    first, second = found.assignments(["IsGated"])
    assert (first.parameters, second.parameters) == ({"Env": "dev"}, {"Env": "prod"})
    assert found.assumed("IsGated") is Truth.FALSE


def test_a_mapping_compared_with_a_parameter_and_with_another_mapping() -> None:
    found = mapped(
        """
        Fits: !Equals [!FindInMap [Gates, !Ref Env, size], !Ref Size]
        Large: !Equals [l, !Ref Size]
        Same: !Equals [!FindInMap [Gates, !Ref Env, size], !FindInMap [Gates, !Ref Env, size]]
        """
    )
    assert sorted(cases(found, "Fits", "Large")) == [(False, False), (False, True), (True, False), (True, True)]
    assert cases(found, "Same") == [(True,)]


def test_texts_made_of_parameters_with_a_closed_set_of_values() -> None:
    found = mapped(
        """
        Small: !Equals [!Ref Size, s]
        Named: !Equals [!Sub "${Size}-x", s-x]
        Joined: !Equals [!Join ["", [a, !Ref Size]], al]
        """
    )
    assert set(cases(found, "Small", "Named", "Joined")) == {(True, True, False), (False, False, True)}


def test_a_text_made_of_an_open_parameter_varies_on_its_own() -> None:
    found = mapped("First: !Equals [!Select [0, !Ref Names], a]")
    assert found.assumed("First") is Truth.TRUE
    assert cases(found, "First") == [(True,), (False,)]


def test_an_element_of_a_list_that_is_given_is_decided() -> None:
    found = mapped("Second: !Equals [!Select [1, !Ref Names], c]", {"Names": "a, c"})
    assert cases(found, "Second") == [(True,)]


def test_allowed_values_are_texts() -> None:
    found = mapped(
        """
        IsOn: !Equals [!Ref Switch, true]
        IsOff: !Equals [!Ref Switch, "false"]
        """
    )
    assert cases(found, "IsOn", "IsOff") == [(True, False), (False, True)]


def test_what_the_store_holds_is_open_whatever_its_name() -> None:
    found = mapped("IsA: !Equals [!Ref Kept, /a]", {"Kept": "/a"})
    assert sorted(cases(found, "IsA")) == [(False,), (True,)]
    assert found.assumed("IsA") is Truth.UNKNOWN


def test_a_region_that_is_given_decides_a_mapping() -> None:
    section = 'InChina: !Equals [!FindInMap [Where, !Ref "AWS::Region", part], cn]'
    text = "Mappings: {Where: {eu-west-1: {part: eu}, cn-north-1: {part: cn}}}\nConditions:\n  " + section
    open_ended = Template(read(text, "t.yaml"), Assumptions(), Stacks()).conditions
    assert sorted(cases(open_ended, "InChina")) == [(False,), (True,)]
    given = Template(read(text, "t.yaml"), Assumptions({"AWS::Region": "cn-north-1"}), Stacks()).conditions
    assert cases(given, "InChina") == [(True,)]


def test_parameters_that_are_compared_can_have_each_others_values() -> None:
    found = mapped("Same: !Equals [!Ref Env, !Ref Size]")
    assert set(cases(found, "Same")) == {(False,), (True,)}
    found = mapped("Same: !Equals [!Ref Size, !Select [0, !Ref Names]]")
    assert set(cases(found, "Same")) == {(False,), (True,)}


ALIKE = """
Parameters:
  Kind: {Type: String, Default: git, AllowedValues: [git, s3]}
  Other: {Type: String, Default: Source}
Conditions:
  IsS3: !Equals [!Ref Kind, s3]
  IsGit: !Equals [!Ref Kind, git]
Resources:
  P:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: shop
      Stages:
        - Name: Source
          Actions:
            - Name: Fetch
              ActionTypeId:
                Fn::If:
                  - IsS3
                  - {Category: FIRST, Provider: S3}
                  - !If [IsGit, {Category: Source, Provider: GitHub}, {Category: LAST, Provider: CodeCommit}]
"""


@pytest.mark.parametrize(
    ("first", "last", "varies"),
    [
        ("Source", "Source", False),
        ("Build", "Source", True),
        ("Source", "Build", True),
        ("!Ref Other", "Source", True),
        ("!If [IsGit, Source, Source]", "Source", False),
    ],
)
def test_what_is_the_same_in_every_branch_does_not_rest_on_the_condition(first: str, last: str, varies: bool) -> None:
    [stage] = values(pipeline(ALIKE.replace("FIRST", first).replace("LAST", last)).stages)
    [action] = values(stage.actions)
    assert (known(action.category), known(action.provider)) == ("Source", "GitHub")
    assert isinstance(action.category, Known)
    assert isinstance(action.provider, Known)
    assert any(step.kind == "condition" for step in action.category.via) is varies
    assert any(step.kind == "condition" for step in action.provider.via)
