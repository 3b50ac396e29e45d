"""Who is called: each subject once, and everything unseen where it is named."""

from __future__ import annotations

from pipecheck.engine.subjects import Unseen, subjects
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject

PIPELINE = """
Resources:
  P:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111111111111:role/elsewhere
      ArtifactStore: {Type: S3, Location: elsewhere}
      Stages:
        - Name: Deploy
          Actions:
            - Name: One
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
              RoleArn: arn:aws:iam::111111111111:role/elsewhere
              Configuration: {RoleArn: !GetAtt Execution.Arn}
            - Name: Two
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}
              RoleArn: arn:aws:iam::111111111111:role/elsewhere
              Configuration: {ProjectName: !Ref Project}
  Execution: {Type: AWS::IAM::Role}
  Builder: {Type: AWS::IAM::Role}
  Unused: {Type: AWS::IAM::Role}
  Project: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Builder.Arn}}
"""


def inventory(*texts: str) -> Inventory:
    return load([Input(f"{n}.yaml", text) for n, text in enumerate(texts)], Assumptions()).inventory


def addresses(kind: str, of: Inventory) -> list[str]:
    return [found.name.address for found in subjects(kind, of) if isinstance(found, Subject)]


def unseen(kind: str, of: Inventory) -> list[tuple[str, str]]:
    return [(u.place.source, u.cause.detail) for u in subjects(kind, of) if isinstance(u, Unseen)]


def test_roles_are_those_that_pipelines_and_builds_use() -> None:
    assert addresses("role", inventory(PIPELINE)) == ["Resources.Builder"]
    assert addresses("execution_role", inventory(PIPELINE)) == ["Resources.Execution"]


def test_an_execution_role_that_is_a_role_too_is_called_once() -> None:
    both = PIPELINE.replace("ServiceRole: !GetAtt Builder.Arn", "ServiceRole: !GetAtt Execution.Arn")
    assert addresses("role", inventory(both)) == ["Resources.Execution"]
    assert addresses("execution_role", inventory(both)) == []


def test_one_unseen_role_is_told_once_per_pipeline() -> None:
    detail = "the role arn:aws:iam::111111111111:role/elsewhere is not in the input"
    assert unseen("role", inventory(PIPELINE)) == [("0.yaml", detail)]


def test_the_same_pipeline_in_another_file_is_another_pipeline() -> None:
    found = unseen("artifact_bucket", inventory(PIPELINE, PIPELINE))
    assert [source for source, _ in found] == ["0.yaml", "1.yaml"]


def test_actions_and_stages_are_called_by_their_names() -> None:
    names = [found.name for found in subjects("action", inventory(PIPELINE))]
    assert [(name.pipeline, name.stage, name.action) for name in names] == [
        ("P", "Deploy", "One"),
        ("P", "Deploy", "Two"),
    ]


def test_an_action_of_ones_own_runs_no_project_whatever_it_calls_what_it_runs() -> None:
    """Jenkins too has a ProjectName."""
    for provider in ("Jenkins", "!Ref Provider"):
        kind = f'{{Category: Build, Owner: Custom, Provider: {provider}, Version: "1"}}'
        built = PIPELINE.replace('{Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}', kind)
        elsewhere = inventory("Parameters: {Provider: {Type: String}}" + built.replace("!Ref Project", "shop"))
        for one in ("build_project", "pipeline_bucket", "role"):
            assert not [detail for _, detail in unseen(one, elsewhere) if "project" in detail]
