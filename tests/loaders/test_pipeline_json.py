"""A pipeline's own structure reads as the template that declares it."""

from __future__ import annotations

import json
from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest

from pipecheck.errors import InputError
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.syntax.read import read
from pipecheck.values import Absent, Items, Known, Reason, Unknown, known
from pipecheck.values.items import values
from tests.loaders.templates import loaded, pipeline, without_places

TEMPLATE = """
Resources:
  P:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: shop
      RoleArn: arn:aws:iam::111111111111:role/shop
      ArtifactStores:
        - Region: eu-west-1
          ArtifactStore: {Type: S3, Location: one, EncryptionKey: {Id: alias/shop, Type: KMS}}
        - {Region: us-east-1, ArtifactStore: {Type: S3, Location: two}}
      Stages:
        - Name: Source
          Actions:
            - Name: Fetch
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
              Configuration: {S3Bucket: b, S3ObjectKey: k, PollForSourceChanges: false}
              OutputArtifacts: [{Name: code}]
        - Name: Build
          BeforeEntry:
            Conditions:
              - Result: FAIL
                Rules: [{Name: r, RuleTypeId: {Category: Rule, Owner: AWS, Provider: LambdaInvoke, Version: "1"}}]
          Actions:
            - Name: Build
              RunOrder: 2
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}
              Configuration: {ProjectName: p, EnvironmentVariables: '[{"name":"A","value":"1"}]'}
              InputArtifacts: [{Name: code}]
              RoleArn: arn:aws:iam::111111111111:role/build
"""


def camel(value: object) -> object:
    """A CloudFormation properties tree as the API writes it."""
    if isinstance(value, list):
        return [camel(element) for element in value]
    if isinstance(value, dict):
        return {
            key[0].lower() + key[1:]: part if key == "Configuration" else camel(part) for key, part in value.items()
        }
    return value


def api_structure() -> dict[str, object]:
    root = read(TEMPLATE, "t.yaml").root
    structure = camel(root["Resources"]["P"]["Properties"])  # type: ignore[index]
    assert isinstance(structure, dict)
    structure["artifactStores"] = {e["region"]: e["artifactStore"] for e in structure["artifactStores"]}
    structure["stages"][0]["actions"][0]["configuration"]["PollForSourceChanges"] = "false"
    return structure


def first_action(found: Pipeline, stage: str) -> Action:
    return next(iter(values(next(s for s in values(found.stages) if known(s.name) == stage).actions)))


def structure_of(found: Pipeline) -> Pipeline:
    """The pipeline without what each format says in its own way, or not at all."""
    nothing: Items[Any] = Items((), found.place)
    nowhere = Absent(found.place)
    return replace(found, region=nowhere, account=nowhere, tags=nothing, disabled_transitions=nothing)


@pytest.mark.parametrize("wrapper", ["get-pipeline", "bare"])
@pytest.mark.parametrize("format", ["json", "yaml"])
def test_both_formats_give_the_same_pipeline(wrapper: str, format: str) -> None:
    structure = api_structure()
    answer = {"pipeline": structure, "metadata": {"pipelineArn": "x"}} if wrapper == "get-pipeline" else structure
    text = json.dumps(answer, indent=2) if format == "json" else "# yaml\n" + json.dumps(answer, indent=2)
    assert without_places(structure_of(pipeline(text))) == without_places(structure_of(pipeline(TEMPLATE)))


def test_environment_variables_are_read_out_of_their_text() -> None:
    build = first_action(pipeline(TEMPLATE), "Build")
    [variable] = values(build.environment_variables)
    assert isinstance(variable.name, Known)
    assert isinstance(variable.value, Known)
    assert (variable.name.value, variable.value.value) == ("A", "1")


def test_an_unresolved_part_of_the_text_leaves_the_other_variables_readable() -> None:
    text = TEMPLATE.replace(
        """'[{"name":"A","value":"1"}]'""",
        """!Sub '[{"name":"A","value":"x-${AWS::Region}"},{"name":"B","value":"2"}]'""",
    )
    build = first_action(pipeline(text), "Build")
    first, second = values(build.environment_variables)
    assert isinstance(first.value, Unknown)
    assert first.value.pieces[0] == "x-"
    assert isinstance(second.value, Known)


def test_a_masked_secret_is_no_literal() -> None:
    text = TEMPLATE.replace("S3Bucket: b", "OAuthToken: '****'")
    fetch = first_action(pipeline(text), "Source")
    token = fetch.configuration.get("OAuthToken")
    assert isinstance(token, Unknown)
    assert token.reason is Reason.NOT_RETURNED


def test_a_variable_of_the_run_is_unknown_where_it_stands() -> None:
    text = TEMPLATE.replace("S3Bucket: b", "S3Bucket: 'b-#{variables.Env}'")
    fetch = first_action(pipeline(text), "Source")
    bucket = fetch.configuration.get("S3Bucket")
    assert isinstance(bucket, Unknown)
    assert bucket.reason is Reason.RUNTIME_VARIABLE
    assert bucket.pieces[0] == "b-"


@pytest.mark.parametrize("text", ["stages: [build, test]", "{}", "a: 1", "- 1"])
def test_a_named_file_of_another_kind_is_an_error_and_a_found_one_is_not(text: str) -> None:
    [error] = load([Input("x.yaml", text, named=True)], Assumptions()).errors
    assert isinstance(error, InputError)
    assert error.message == "holds nothing that pipecheck can load"
    assert load([Input("x.yaml", text)], Assumptions()).errors == ()


def test_a_broken_template_does_not_hide_the_others() -> None:
    broken = dedent("""
        Resources:
          P:
            Type: AWS::CodePipeline::Pipeline
            Properties: {Name: [}
    """)
    result = load([Input("bad.yaml", broken), Input("good.yaml", TEMPLATE)], Assumptions())
    [error] = result.errors
    assert (error.source, error.line) == ("bad.yaml", 5)
    assert [entry.pipelines for entry in result.inventory.inputs] == [("shop",)]
    assert loaded(TEMPLATE).errors == ()


def test_the_arn_of_the_answer_says_where_the_pipeline_runs() -> None:
    structure = '{"name": "app", "roleArn": "r", "stages": []}'
    metadata = '{"pipelineArn": "arn:aws:codepipeline:eu-west-1:111122223333:app"}'
    [pipeline] = values(loaded(f'{{"pipeline": {structure}, "metadata": {metadata}}}').inventory.all(Pipeline))
    assert (known(pipeline.region), known(pipeline.account)) == ("eu-west-1", "111122223333")
    [bare] = values(loaded(structure).inventory.all(Pipeline))
    assert isinstance(bare.region, Unknown)
    assert isinstance(bare.account, Unknown)
