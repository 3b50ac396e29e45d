"""The model holds all that a pipeline can have, and the name tables no key that there is not.

When a new botocore or cfn-lint knows a member that we do not, these tests name it: give it a place in the model, or
list it as ignored with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipecheck.loaders.names import API, CLOUDFORMATION, Names
from pipecheck.loaders.service_names import SERVICES
from pipecheck.model.pipeline import Pipeline
from pipecheck.values.items import values
from tests.loaders.templates import loaded, without_places
from tests.model.drift import Example, Written, api_shapes, property_names, template_schema, without

PIPELINE = "AWS::CodePipeline::Pipeline"

IGNORED_OF_API = {
    ("PipelineDeclaration", "version"): "a number that AWS counts up, no part of what the pipeline does",
    ("StageDeclaration", "blockers"): "reserved for future use",
    ("PipelineMetadata", "created"): "a fact of the past: the pipeline is judged by what it is",
    ("PipelineMetadata", "updated"): "a fact of the past: the pipeline is judged by what it is",
}
IGNORED_OF_TEMPLATES = {
    (PIPELINE, "Arn"): "read-only: no template can write it",
    (PIPELINE, "Version"): "read-only: no template can write it",
    (PIPELINE, "RestartExecutionOnUpdate"): "says what an update of the stack does, not what the pipeline does",
    ("StageDeclaration", "Blockers"): "reserved for future use",
}

STRUCTURES = {
    "answer": ("GetPipelineOutput", "CreatePipelineInput"),
    "metadata": ("PipelineMetadata",),
    "pipeline": ("PipelineDeclaration", PIPELINE),
    "pipeline_variable": ("PipelineVariableDeclaration", "VariableDeclaration"),
    "trigger": ("PipelineTriggerDeclaration",),
    "git": ("GitConfiguration",),
    "push": ("GitPushFilter",),
    "pull_request": ("GitPullRequestFilter",),
    "patterns": ("GitTagFilterCriteria", "GitBranchFilterCriteria", "GitFilePathFilterCriteria"),
    "regional_store": ("ArtifactStoreMap",),
    "store": ("ArtifactStore",),
    "key": ("EncryptionKey",),
    "stage": ("StageDeclaration",),
    "slot": ("BeforeEntryConditions", "SuccessConditions", "FailureConditions"),
    "failure": ("FailureConditions",),
    "retry": ("RetryConfiguration",),
    "condition": ("Condition",),
    "rule": ("RuleDeclaration",),
    "type": ("ActionTypeId", "RuleTypeId"),
    "action": ("ActionDeclaration",),
    "artifact": ("InputArtifact", "OutputArtifact"),
    "variable": ("EnvironmentVariable",),
    "disabled_transition": ("StageTransition",),
    "tag": ("Tag",),
}
"""The structures of either format whose members the rows of each prefix name."""


def api_example() -> tuple[Any, list[Written]]:
    example = Example()
    return example.of_shape("GetPipelineOutput"), example.members


def template_example() -> tuple[Any, list[Written]]:
    example, schema = Example(), template_schema(PIPELINE)
    return example.of_schema(schema, schema, PIPELINE), example.members


def as_answer(structure: Any) -> str:
    return json.dumps(structure)


def as_template(properties: Any) -> str:
    return json.dumps({"Resources": {"P": {"Type": PIPELINE, "Properties": properties}}})


def model_of(text: str) -> Any:
    return [without_places(found) for found in values(loaded(text).inventory.all(Pipeline))]


CASES = pytest.mark.parametrize(
    ("example", "write", "ignored"),
    [
        pytest.param(api_example, as_answer, IGNORED_OF_API, id="API"),
        pytest.param(template_example, as_template, IGNORED_OF_TEMPLATES, id="CloudFormation"),
    ],
)


@CASES
def test_every_member_makes_a_difference_or_is_ignored_for_a_reason(
    example: Callable[[], tuple[Any, list[Written]]],
    write: Callable[[Any], str],
    ignored: dict[tuple[str, str], str],
) -> None:
    full, members = example()
    whole = model_of(write(full))
    assert len(whole) == 1
    lost = {
        (written.structure, written.member)
        for written in members
        if model_of(write(without(full, written.route))) == whole and not _inside(written, members, ignored)
    }
    assert lost == ignored.keys()


def _inside(written: Written, members: list[Written], ignored: dict[tuple[str, str], str]) -> bool:
    """Whether a member stands somewhere in one that is ignored."""
    return any(
        (outer.structure, outer.member) in ignored
        and outer.route != written.route
        and written.route[: len(outer.route)] == outer.route
        for outer in members
    )


def test_every_key_of_the_api_is_one_that_it_has() -> None:
    shapes = api_shapes()
    known = {name: set(shape.get("members", ())) for name, shape in shapes.items()}
    assert _without_home(API, known) == []


def test_every_key_of_a_pipeline_in_a_template_is_one_that_it_has() -> None:
    _, members = template_example()
    known: dict[str, set[str]] = {}
    for written in members:
        known.setdefault(written.structure, set()).add(written.member)
    rows = {row: key for row, key in CLOUDFORMATION.items() if row.partition(".")[0] in STRUCTURES}
    assert _without_home(rows, known) == []


HOMES = {
    "application": ("AWS::CodeDeploy::Application",),
    "deployment_group": ("AWS::CodeDeploy::DeploymentGroup",),
    "deployment_alarms": ("AWS::CodeDeploy::DeploymentGroup",),
    "deployment_alarm": ("AWS::CodeDeploy::DeploymentGroup",),
    "rollback": ("AWS::CodeDeploy::DeploymentGroup",),
    "deployment_style": ("AWS::CodeDeploy::DeploymentGroup",),
    "deployment_configuration": ("AWS::CodeDeploy::DeploymentConfig",),
    "routing": ("AWS::CodeDeploy::DeploymentConfig",),
    "healthy_hosts": ("AWS::CodeDeploy::DeploymentConfig",),
    "topic": ("AWS::SNS::Topic",),
    "subscription": ("AWS::SNS::Subscription",),
    "topic_policy": ("AWS::SNS::TopicPolicy",),
    "inline_topic_policy": ("AWS::SNS::TopicInlinePolicy",),
    "event_rule": ("AWS::Events::Rule",),
    "target": ("AWS::Events::Rule",),
    "connection": ("AWS::CodeConnections::Connection", "AWS::CodeStarConnections::Connection"),
    "notification_rule": ("AWS::CodeStarNotifications::NotificationRule",),
    "notification_target": ("AWS::CodeStarNotifications::NotificationRule",),
    "trail": ("AWS::CloudTrail::Trail",),
    "selector": ("AWS::CloudTrail::Trail",),
    "data_resource": ("AWS::CloudTrail::Trail",),
    "advanced_selector": ("AWS::CloudTrail::Trail",),
    "field_selector": ("AWS::CloudTrail::Trail",),
    "alarm": ("AWS::CloudWatch::Alarm",),
    "metric_query": ("AWS::CloudWatch::Alarm",),
    "metric_stat": ("AWS::CloudWatch::Alarm",),
    "metric": ("AWS::CloudWatch::Alarm",),
    "dimension": ("AWS::CloudWatch::Alarm",),
    "secret": ("AWS::SecretsManager::Secret",),
    "secret_rotation": ("AWS::SecretsManager::RotationSchedule",),
    "rotation_rules": ("AWS::SecretsManager::RotationSchedule",),
    "secret_policy": ("AWS::SecretsManager::ResourcePolicy",),
    "stored_parameter": ("AWS::SSM::Parameter",),
    "function": ("AWS::Lambda::Function",),
    "code_signing": ("AWS::Lambda::CodeSigningConfig",),
    "code_signing_policies": ("AWS::Lambda::CodeSigningConfig",),
    "service": ("AWS::ECS::Service",),
    "controller": ("AWS::ECS::Service",),
    "service_deployment": ("AWS::ECS::Service",),
    "circuit_breaker": ("AWS::ECS::Service",),
    "service_alarms": ("AWS::ECS::Service",),
}
"""The resource types in which the rows of each prefix stand, at any depth."""


@pytest.mark.parametrize("prefix", HOMES)
def test_every_key_of_another_resource_is_one_that_it_has(prefix: str) -> None:
    rows = [(row, key) for row, key in SERVICES.items() if row.partition(".")[0] == prefix]
    assert rows
    for resource_type in HOMES[prefix]:
        there = set(property_names(resource_type))
        assert [row for row, key in rows if key not in there] == []


def test_every_prefix_of_another_resource_has_a_home() -> None:
    assert {row.partition(".")[0] for row in SERVICES} == HOMES.keys()


def _without_home(names: Names, known: dict[str, set[str]]) -> list[str]:
    """The rows whose key none of their structures has."""
    homes = {row: STRUCTURES[row.partition(".")[0]] for row in names}
    return [row for row, key in names.items() if not any(key in known.get(home, ()) for home in homes[row])]
