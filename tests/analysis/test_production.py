from __future__ import annotations

import pytest

from pipecheck.analysis.environments import ProductionSettings
from pipecheck.analysis.order import positions
from pipecheck.analysis.production import Environment, environment
from pipecheck.model.pipeline import Action
from pipecheck.values import Reason, Truth, Unknown
from tests.model_builder import (
    Text,
    action,
    at,
    default,
    hidden,
    one_of,
    parameter,
    pieces,
    pipeline,
    stage,
)

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def found(
    deploy: Action,
    stage_name: Text = "Deploy",
    settings: ProductionSettings | None = None,
    *,
    name: Text | None = "shop",
    role: Text | None = "arn:aws:iam::111122223333:role/pipeline",
) -> Environment:
    whole = pipeline(stage(stage_name, deploy), name=name, role=role)
    [position] = positions(whole)
    return environment(position, whole, settings or ProductionSettings())


def stack(name: Text) -> Action:
    return action("Deploy", StackName=name)


NAME = parameter("Name")

LEVELS = [
    # The target's name decides before roles, parameters, stage and action.
    ("shop-prod", None, None, "Deploy", T, 'stack "shop-prod"'),
    ("shop-prod", "arn:aws:iam::111122223333:role/dev", '{"Env": "dev"}', "Dev", T, 'stack "shop-prod"'),
    ("shop-dev", "arn:aws:iam::111122223333:role/prod", '{"Env": "prod"}', "Prod", F, 'stack "shop-dev"'),
    # Then the names of the roles.
    ("shop", "arn:aws:iam::111122223333:role/prod-deploy", '{"Env": "dev"}', "Dev", T, "role"),
    ("shop", "arn:aws:iam::111122223333:role/dev-deploy", '{"Env": "prod"}', "Prod", F, "role"),
    # Then parameters.
    ("shop", None, '{"Env": "prod"}', "Dev", T, "parameter Env"),
    ("shop", None, '{"Env": "dev", "Size": "live"}', "Prod", F, "parameter Env"),
    ("shop", None, '{"Size": "prod"}', "Deploy", U, None),
    ("shop", None, "ParameterKey=Stage,ParameterValue=prod ParameterKey=Size,ParameterValue=1", "Deploy", T, "Stage"),
    # Then stage and action.
    ("shop", None, None, "Prod", T, 'stage "Prod"'),
    ("shop", None, None, "Dev", F, 'stage "Dev"'),
    ("shop", None, None, "Deploy", U, None),
    # A name that cannot be seen does not keep a later one from saying production …
    (NAME, None, None, "Prod", T, 'stage "Prod"'),
    (NAME, None, '{"Env": "prod"}', "Deploy", T, "parameter Env"),
    # … but what a later one says against production is not enough.
    (NAME, None, None, "Dev", U, None),
    (NAME, None, '{"Env": "dev"}', "Dev", U, None),
    ("shop", parameter("Role"), None, "Dev", U, None),
    ("shop", None, hidden(), "Dev", U, None),
    (NAME, None, None, "Deploy", U, None),
    # A definite name of the target does not need what comes after it.
    ("shop-dev", parameter("Role"), hidden(), NAME, F, 'stack "shop-dev"'),
    # Known parts of a name give its words.
    (pieces(NAME, "-prod"), None, None, "Dev", T, "stack"),
    (pieces(NAME, "-dev"), None, None, "Prod", F, "stack"),
    # Names that contradict themselves decide nothing; a later one may say production.
    ("shop-dev-prod", None, None, "Deploy", U, None),
    ("shop-dev-prod", None, None, "Prod", T, 'stage "Prod"'),
    ("shop-dev-prod", None, None, "Dev", U, None),
    # Candidates that agree are definite.
    (one_of("shop-prod", "shop-live"), None, None, "Dev", T, "stack"),
    (one_of("shop-prod", "shop-dev"), None, None, "Dev", U, None),
]


@pytest.mark.parametrize(("name", "role", "parameters", "stage_name", "expected", "signal"), LEVELS)
def test_the_first_signal_decides(
    name: Text, role: Text | None, parameters: Text | None, stage_name: Text, expected: Truth, signal: str | None
) -> None:
    answer = found(action("Deploy", StackName=name, role=role, ParameterOverrides=parameters), stage_name)
    assert answer.production is expected
    assert (answer.signal is None) == (signal is None)
    assert signal is None or signal in (answer.signal or "")
    assert (answer.cause is None) == (expected is not U)


@pytest.mark.parametrize(
    ("deploy", "signal"),
    [
        (action("D", "Deploy/CodeDeploy", DeploymentGroupName="prod", ApplicationName="shop"), "deployment group"),
        (action("D", "Deploy/CodeDeployToECS", ApplicationName="shop-prod"), "application"),
        (action("D", "Deploy/ECS", ClusterName="prod", ServiceName="shop"), "cluster"),
        (action("D", "Deploy/EKS", Namespace="prod"), "namespace"),
        (action("D", "Deploy/ElasticBeanstalk", EnvironmentName="shop-live"), "environment"),
        (action("D", "Deploy/S3", BucketName="www.prod.example.com"), "bucket"),
        (action("D", "Deploy/Lambda", FunctionName="shop", FunctionAlias="live"), "function alias"),
        (action("D", "Deploy/AppConfig", Environment="production"), "environment"),
        (action("D", "Deploy/CloudFormationStackSet", StackSetName="prod-baseline"), "stack set"),
        (action("D", "Deploy/CloudFormation", StackName="shop", RoleArn="prod-cfn"), "role"),
        (action("D", "Deploy/Acme", TargetCluster="prod"), "TargetCluster"),
        (
            action("D", "Deploy/CloudFormation", TemplateConfiguration="Build::production.json"),
            "template configuration",
        ),
        (action("D", "Build/CodeBuild", variables={"TARGET_ENV": "prod"}), "TARGET_ENV"),
    ],
)
def test_every_provider_names_its_target(deploy: Action, signal: str) -> None:
    answer = found(deploy)
    assert answer.production is T
    assert signal in (answer.signal or "")


def test_a_build_mode_is_no_environment() -> None:
    assert found(action("B", "Build/CodeBuild", variables={"NODE_ENV": "production"})).production is U


def test_names_of_one_level_that_contradict_each_other_decide_nothing() -> None:
    answer = found(action("D", "Deploy/ECS", ClusterName="prod", ServiceName="dev-mailer"))
    assert answer.production is U
    assert answer.cause is not None
    assert "cluster" in answer.cause.detail
    assert "service" in answer.cause.detail


def test_the_signal_has_its_place_and_the_defaults_it_rests_on() -> None:
    answer = found(stack(default("Stack", "shop-prod")))
    assert answer.production is T
    assert [step.name for step in answer.assumptions] == ["Stack"]
    assert found(stack("shop-prod")).place == at("actions", "Deploy", "Configuration", "StackName")


def test_nothing_says_it() -> None:
    answer = found(stack("shop"))
    assert answer.cause is not None
    assert answer.cause.reason is Reason.ENVIRONMENT_NOT_STATED


def test_the_name_that_is_not_known_is_the_cause() -> None:
    answer = found(stack(NAME))
    assert answer.cause is not None
    assert answer.cause.reason is Reason.PARAMETER_WITHOUT_DEFAULT
    assert "the value of parameter Name is not given" in answer.cause.detail


def test_an_unknown_provider_may_have_any_target() -> None:
    unknown = Unknown(Reason.TRANSFORM, "it cannot be seen", at("provider"))
    deploy = action("Deploy", StackName="shop-dev")
    object.__setattr__(deploy, "provider", unknown)
    assert found(deploy, "Dev").production is U


CONFIGURED = [
    (ProductionSettings(pipelines=("shop",)), stack("x-dev"), "shop", T),
    (ProductionSettings(pipelines=("SH*",)), stack("x"), "shop", T),
    (ProductionSettings(pipelines=("Pipeline",)), stack("x"), None, T),
    (ProductionSettings(pipelines=("Pipeline",)), stack("x"), parameter("Name"), T),
    (ProductionSettings(pipelines=("shop",)), stack("x-dev"), parameter("Name"), U),
    (ProductionSettings(pipelines=("shop",)), stack("x-prod"), parameter("Name"), T),
    (ProductionSettings(pipelines=("other",)), stack("x"), "shop", U),
    (ProductionSettings(not_production_pipelines=("shop",)), stack("x-prod"), "shop", F),
    (ProductionSettings(not_production_pipelines=("shop",)), stack(NAME), "shop", F),
    (ProductionSettings(stacks=("web-*",)), stack("web-1"), "shop", T),
    (ProductionSettings(stacks=("web-*",)), stack("api-1"), "shop", U),
    (ProductionSettings(stacks=("web-*",)), stack("api-dev"), "shop", F),
    (ProductionSettings(names=("blue",)), stack("web-blue"), "shop", T),
    (ProductionSettings(names=("blue",)), stack("bluebell"), "shop", U),
    (ProductionSettings(names=("web-*",)), stack("my-web-1"), "shop", U),
    (ProductionSettings(names=("customer*",)), action("Customers", StackName="x"), "shop", T),
    (ProductionSettings(not_production_names=("lab",)), stack("web-lab"), "shop", F),
    (ProductionSettings(not_production_names=("lab",)), stack("web-prod"), "shop", T),
]


@pytest.mark.parametrize(("settings", "deploy", "name", "expected"), CONFIGURED)
def test_the_configuration_comes_first(
    settings: ProductionSettings, deploy: Action, name: Text | None, expected: Truth
) -> None:
    assert found(deploy, "Deploy", settings, name=name).production is expected


PROD = ProductionSettings(accounts=("444455556666",))
GENERATED_ROLE = pieces("arn:aws:iam::", parameter("Account"), ":role/deploy")


@pytest.mark.parametrize(
    ("deploy", "stage_name", "pipeline_role", "expected"),
    [
        (action("D", StackName="x", role="arn:aws:iam::444455556666:role/deploy"), "Dev", None, T),
        (action("D", StackName="x-prod", role="arn:aws:iam::111122223333:role/deploy"), "Prod", None, F),
        (action("D", StackName="x", RoleArn="arn:aws:iam::444455556666:role/cfn"), "Dev", None, T),
        (action("D", StackName="x-dev", role=GENERATED_ROLE), "Dev", None, U),
        (action("D", StackName="x-prod", role=GENERATED_ROLE), "Dev", None, T),
        (action("D", StackName="x"), "Deploy", "arn:aws:iam::444455556666:role/pipeline", T),
        (action("D", StackName="x"), "Deploy", "arn:aws:iam::111122223333:role/pipeline", F),
        (action("D", StackName="x-dev"), "Deploy", parameter("Role"), F),
        (action("D", "Deploy/CloudFormationStackInstances", DeploymentTargets="444455556666"), "Dev", None, T),
    ],
)
def test_accounts_come_before_names(
    deploy: Action, stage_name: str, pipeline_role: Text | None, expected: Truth
) -> None:
    assert found(deploy, stage_name, PROD, role=pipeline_role).production is expected


def test_accounts_say_nothing_where_the_configuration_names_none() -> None:
    assert found(action("D", StackName="x", role="arn:aws:iam::444455556666:role/d")).production is U
