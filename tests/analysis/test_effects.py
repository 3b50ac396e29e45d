from __future__ import annotations

from dataclasses import replace

import pytest

from pipecheck.analysis.effects import Work, deploying, effects
from pipecheck.model.pipeline import Action
from pipecheck.values import Reason, Truth
from tests.model_builder import Text, action, hidden, parameter, pipeline, stage, text

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("deploy", "expected"),
    [
        (action("A", "Deploy/CloudFormation", ActionMode="CREATE_UPDATE"), T),
        (action("A", "Deploy/CloudFormation", ActionMode="CHANGE_SET_EXECUTE"), T),
        (action("A", "Deploy/CloudFormation", ActionMode="DELETE_ONLY"), T),
        (action("A", "Deploy/CloudFormation", ActionMode="CHANGE_SET_REPLACE"), F),
        (action("A", "Deploy/CloudFormation", ActionMode=parameter("Mode")), U),
        (action("A", "Deploy/CloudFormation"), T),
        (action("A", "Deploy/CodeDeploy"), T),
        (action("A", "Deploy/Acme"), T),
        (action("A", "Deploy/ECS", ActionMode="CHANGE_SET_REPLACE"), T),
        (action("A", "Build/CodeBuild"), F),
        (action("A", "Approval/Manual"), F),
        (replace(action("A", "Deploy/ECS"), category=hidden()), U),
        (replace(action("A", ActionMode="CHANGE_SET_REPLACE"), provider=hidden()), U),
    ],
)
def test_what_deploys(deploy: Action, expected: Truth) -> None:
    assert deploying(deploy).truth is expected


@pytest.mark.parametrize(
    ("stage_name", "run"),
    [
        ("Prod", action("Build", "Build/CodeBuild")),
        ("Prod", action("Smoke", "Test/CodeBuild")),
        ("Prod", action("Run", "Compute/Commands")),
        ("Prod", action("Run", "Invoke/Lambda")),
        ("Prod", action("Run", "Invoke/StepFunctions")),
        ("Prod", action("Run", "Invoke/CodePipeline")),
        ("Prod", replace(action("Run", "Build/Jenkins"), owner=text("Custom"))),
        ("Release", action("DeployProd", "Build/CodeBuild")),
        ("Release", action("Run", "Build/CodeBuild", ProjectName="web-prod")),
        ("Release", action("Run", "Build/CodeBuild", variables={"ENVIRONMENT": "production"})),
        ("Deploy", action("Run", "Build/CodeBuild")),
        ("Release", action("Deploy", "Build/CodeBuild")),
        ("Release", action("Run", "Build/CodeBuild", ProjectName="deploy-web")),
    ],
)
def test_work_that_cannot_be_seen_under_a_name_of_production_or_deployment(stage_name: str, run: Action) -> None:
    [effect] = effects(pipeline(stage(stage_name, run)))
    assert effect.work is Work.OPAQUE
    assert effect.certain.truth is U
    assert effect.certain.cause is not None
    assert effect.certain.cause.reason is Reason.OPAQUE_ACTION


@pytest.mark.parametrize(
    ("stage_name", "run"),
    [
        ("Build", action("Build", "Build/CodeBuild")),
        ("Build", action("Build", "Build/CodeBuild", ProjectName=parameter("Project"))),
        ("Test", action("Test", "Test/CodeBuild")),
        ("Verify", action("AfterDeployment", "Build/CodeBuild")),
        ("Deploy", action("Smoke", "Test/CodeBuild")),
        ("Checks", action("PreDeploy", "Build/CodeBuild")),
        ("Prod", action("Scan", "Invoke/InspectorScan")),
        ("Prod", action("Image", "Build/ECRBuildAndPublish")),
        ("Prod", action("Devices", "Test/DeviceFarm")),
        ("Prod", action("Source", "Source/S3")),
        ("Prod", action("Approve", "Approval/Manual")),
        ("Reproduce", action("Deliver", "Build/CodeBuild")),
    ],
)
def test_work_that_is_held_to_change_nothing(stage_name: str, run: Action) -> None:
    assert effects(pipeline(stage(stage_name, run))) == ()


@pytest.mark.parametrize(
    ("stage_name", "action_name"), [(parameter("StageName"), "Run"), ("Build", parameter("ActionName"))]
)
def test_a_step_whose_name_is_not_known_may_be_of_production(stage_name: Text, action_name: Text) -> None:
    [effect] = effects(pipeline(stage(stage_name, action(action_name, "Build/CodeBuild"))))
    assert effect.certain.cause is not None
    assert effect.certain.cause.reason is Reason.PARAMETER_WITHOUT_DEFAULT
