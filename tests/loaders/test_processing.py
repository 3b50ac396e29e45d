"""Loops are written out and files put in before anything is read; what stays hidden is unknown."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, Loaded, load
from pipecheck.loaders.source_tree import Texts
from pipecheck.model.bucket import Bucket
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Absent, Place, Reason, Unknown, known
from pipecheck.values.items import values
from tests.loaders.templates import loaded, pipeline


def names(result: Loaded) -> list[str | None]:
    return [known(found.name) for found in values(result.inventory.all(Pipeline))]


def lines(result: Loaded, place: Place) -> tuple[str, int]:
    """The text and the line where something is written."""
    document, route = result.documents[place.source].written(place.route)
    return document.uri, document.span(route).line


LOOP = """
Transform: AWS::LanguageExtensions
Parameters:
  Apps: {Type: CommaDelimitedList, Default: "web-shop,jobs"}
Resources:
  Fn::ForEach::Pipelines:
    - App
    - !Ref Apps
    - Pipeline&{App}:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          Name: !Sub ${App}-delivery
          RoleArn: !GetAtt Role&{App}.Arn
          Stages:
            - Name: !Ref App
"""


def test_a_loop_makes_one_resource_for_each_element() -> None:
    found = loaded(LOOP)
    assert names(found) == ["web-shop-delivery", "jobs-delivery"]
    assert [p.place.route for p in values(found.inventory.all(Pipeline))] == [
        ("Resources", "Pipelinewebshop"),
        ("Resources", "Pipelinejobs"),
    ]


def test_what_a_loop_makes_stands_at_the_lines_of_the_loop() -> None:
    found = loaded(LOOP)
    for made in values(found.inventory.all(Pipeline)):
        [stage] = values(made.stages)
        assert lines(found, made.place) == ("a.yaml", 9)
        assert lines(found, stage.name.place) == ("a.yaml", 15)


def test_the_list_of_a_loop_is_given_or_has_a_default() -> None:
    assert names(loaded(LOOP, parameters={"Apps": "one"})) == ["one-delivery"]


def test_a_loop_over_an_unknown_list_hides_resources() -> None:
    found = loaded(LOOP, assume_defaults=False)
    hidden = found.inventory.all(Pipeline).open
    assert names(found) == []
    assert hidden is not None
    assert (hidden.reason, hidden.place.route) == (Reason.TRANSFORM, ("Resources", "Fn::ForEach::Pipelines"))
    assert found.inventory.all(Bucket).open is not None


def test_loops_in_loops_and_in_properties() -> None:
    found = loaded(
        """
        Mappings: {Regions: {a: {All: [eu, us]}, b: {All: [ap]}}}
        Resources:
          Fn::ForEach::Outer:
            - App
            - [a, b]
            - Fn::ForEach::Inner${App}:
                - Region
                - !FindInMap [Regions, !Ref App, All]
                - P${App}${Region}:
                    Type: AWS::CodePipeline::Pipeline
                    Properties:
                      Fn::ForEach::Properties:
                        - Property
                        - [Name, RoleArn]
                        - ${Property}: {"Fn::Sub": "${Property}-${App}-${Region}"}
        """
    )
    assert names(found) == ["Name-a-eu", "Name-a-us", "Name-b-ap"]
    first = next(iter(values(found.inventory.all(Pipeline))))
    assert known(first.role_arn) == "RoleArn-a-eu"
    assert lines(found, first.name.place) == ("a.yaml", 16)


def test_a_loop_over_conditions() -> None:
    found = pipeline(
        """
        Parameters: {Env: {Type: String, Default: prod}}
        Conditions:
          Fn::ForEach::Environments: [Name, [dev, prod], {"Is${Name}": !Equals [!Ref Env, !Ref Name]}]
        Resources:
          P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: !If [Isprod, p, d]}}
        """
    )
    assert known(found.name) == "p"


def test_a_loop_in_properties_over_an_unknown_list_may_make_any_key() -> None:
    found = pipeline(
        """
        Parameters: {Keys: {Type: CommaDelimitedList}}
        Resources:
          P:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: app
              Fn::ForEach::More: [Key, !Ref Keys, {"${Key}": x}]
        """
    )
    assert known(found.name) == "app"
    assert isinstance(found.role_arn, Unknown)
    assert found.stages.open is not None


def test_loops_that_multiply_without_end_are_left_alone() -> None:
    digits = "[" + ", ".join(str(number) for number in range(100)) + "]"
    loop = "{'P${A}${B}${C}': {Type: AWS::CodePipeline::Pipeline, Properties: {Name: x}}}"
    for name in "CBA":
        loop = f"{{Fn::ForEach::{name}: [{name}, {digits}, {loop}]}}"
    found = loaded(f"Resources: {loop}")
    assert names(found) == []
    assert found.inventory.all(Pipeline).open is not None


def with_files(template: str, **files: str) -> Loaded:
    tree = Texts({f"infra/{name}.yaml": dedent(text).encode() for name, text in files.items()})
    return load([Input("infra/main.yaml", dedent(template), named=True)], Assumptions(), tree)


STAGES = """
- Name: Source
- Name: Deploy
"""


def test_a_file_is_included_as_a_value() -> None:
    found = with_files(
        """
        Resources:
          P:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: app
              Stages:
                Fn::Transform: {Name: AWS::Include, Parameters: {Location: stages.yaml}}
        """,
        stages=STAGES,
    )
    [made] = values(found.inventory.all(Pipeline))
    assert [known(stage.name) for stage in values(made.stages)] == ["Source", "Deploy"]
    deploy = list(values(made.stages))[1]
    assert lines(found, deploy.name.place) == ("infra/stages.yaml", 3)
    assert "infra/stages.yaml" in found.documents


def test_a_file_is_included_beside_other_keys() -> None:
    found = with_files(
        """
        Parameters: {File: {Type: String, Default: rest.yaml}}
        Resources:
          Fn::Transform: {Name: AWS::Include, Parameters: {Location: bucket.yaml}}
          P:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: app
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Ref File}}
        """,
        bucket="B: {Type: AWS::S3::Bucket, Properties: {BucketName: included}}",
        rest="\nRoleArn: !Ref B\n",
    )
    [made] = values(found.inventory.all(Pipeline))
    [bucket] = values(found.inventory.all(Bucket))
    assert (known(made.name), known(made.role_arn), known(bucket.name)) == ("app", "included", "included")
    assert lines(found, bucket.name.place) == ("infra/bucket.yaml", 1)


def test_a_key_that_a_file_holds_too_is_unknown() -> None:
    found = with_files(
        """
        Resources:
          P:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: app
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: rest.yaml}}
        """,
        rest="Name: other",
    )
    [made] = values(found.inventory.all(Pipeline))
    assert isinstance(made.name, Unknown)


def test_a_template_includes_whole_sections() -> None:
    found = with_files(
        """
        Transform: {Name: AWS::Include, Parameters: {Location: more.yaml}}
        Resources:
          P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: !FindInMap [Names, a, b]}}
        """,
        more="""
        Mappings: {Names: {a: {b: found}}}
        Resources:
          Q: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: included}}
        """,
    )
    assert names(found) == ["found", "included"]
    assert found.inventory.all(Pipeline).open is None


@pytest.mark.parametrize("location", ["s3://bucket/rest.yaml", "missing.yaml", "../../outside.yaml", "broken.yaml"])
def test_a_file_that_is_not_here_leaves_everything_open(location: str) -> None:
    found = with_files(
        f"""
        Resources:
          P:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: app
              Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: {location}}}}}
        """,
        broken="a: [",
    )
    [made] = values(found.inventory.all(Pipeline))
    assert known(made.name) == "app"
    assert isinstance(made.role_arn, Unknown)
    assert made.role_arn.reason is Reason.TRANSFORM


def test_a_file_that_includes_itself_ends() -> None:
    again = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: again.yaml}}"
    found = with_files(
        "Resources: {P: {Type: AWS::CodePipeline::Pipeline, Properties: {"
        "Fn::Transform: {Name: AWS::Include, Parameters: {Location: again.yaml}}}}}",
        again=again,
    )
    [made] = values(found.inventory.all(Pipeline))
    assert isinstance(made.name, Unknown)


def test_a_macro_may_change_everything_and_make_more() -> None:
    found = loaded(
        """
        Transform: [Renamer]
        Resources:
          P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: app, Stages: []}}
        Outputs: {Name: {Value: app, Export: {Name: the-name}}}
        """,
        """
        Resources:
          Q: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: !ImportValue the-name}}
        """,
    )
    for made in values(found.inventory.all(Pipeline)):
        assert isinstance(made.name, Unknown)
    changed, _ = values(found.inventory.all(Pipeline))
    assert getattr(changed.name, "reason", None) is Reason.TRANSFORM
    assert changed.stages.open is not None
    assert found.inventory.all(Pipeline).open is not None


@pytest.mark.parametrize(
    "template",
    [
        "{P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: a, Fn::Transform: {Name: Macro}}}}",
        "{P: {Type: AWS::CodePipeline::Pipeline, Fn::Transform: {Name: Macro}, Properties: {Name: a}}}",
        "{P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: a}}, Fn::Transform: {Name: Macro}}",
    ],
)
def test_a_macro_may_change_what_stands_beside_it(template: str) -> None:
    name = pipeline(f"Resources: {template}").name
    assert isinstance(name, Unknown)
    assert name.reason is Reason.TRANSFORM


def test_the_serverless_transform_leaves_pipelines_alone_and_makes_roles() -> None:
    found = loaded(
        """
        Transform: AWS::Serverless-2016-10-31
        Globals: {Function: {Runtime: python3.13}}
        Resources:
          Job: {Type: AWS::Serverless::Function}
          P:
            Type: AWS::CodePipeline::Pipeline
            Properties: {Name: app, RoleArn: !GetAtt JobRole.Arn}
        """
    )
    [made] = values(found.inventory.all(Pipeline))
    assert known(made.name) == "app"
    assert isinstance(made.role_arn, Unknown)
    assert made.role_arn.reason is Reason.TRANSFORM
    assert isinstance(made.execution_mode, Absent)
    assert found.inventory.all(Pipeline).open is None


def test_without_transforms_a_missing_name_is_a_mistake() -> None:
    name = pipeline("Resources: {P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: !Ref Nothing}}}").name
    assert isinstance(name, Unknown)
    assert name.reason is Reason.INVALID_VALUE
