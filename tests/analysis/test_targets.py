from __future__ import annotations

import pytest

from pipecheck.analysis.names import Kind, Sign, sign
from pipecheck.analysis.targets import environment_settings, is_environment_key, targets
from pipecheck.values import Known
from tests.model_builder import Text, action, hidden, one_of, parameter, pieces


@pytest.mark.parametrize(
    ("overrides", "found"),
    [
        ('{"Environment": "prod", "Size": "2"}', {"parameter Environment": "prod"}),
        ('{"AppEnv": "prod", "Stage": "qa"}', {"parameter AppEnv": "prod", "parameter Stage": "qa"}),
        ("ParameterKey=Env,ParameterValue=prod", {"parameter Env": "prod"}),
        (pieces('{"Vpc": "', parameter("Vpc"), '", "Env": "prod"}'), {"parameter Env": "prod"}),
        (pieces('{"Env": "', parameter("Env"), '"}'), {"parameter Env": None}),
        ('{"Env": {"Fn::GetParam": ["Build", "out.json", "Env"]}}', {"parameter Env": None}),
        (hidden(), {"parameters": None}),
        ("no parameters at all", {}),
        ("[1, 2]", {}),
        ('{"Size": "prod"}', {}),
    ],
)
def test_parameters_that_name_an_environment(overrides: Text, found: dict[str, str | None]) -> None:
    named = {
        entry.noun: entry.name.value if isinstance(entry.name, Known) else None
        for entry in environment_settings(action("D", ParameterOverrides=overrides))
        if entry.noun != "template configuration"
    }
    assert named == found


def test_variables_that_name_an_environment() -> None:
    run = action("R", "Build/CodeBuild", variables={"DEPLOY_ENV": "prod", "NODE_ENV": "production", "SIZE": "prod"})
    nouns = [entry.noun for entry in environment_settings(run)]
    assert "environment variable DEPLOY_ENV" in nouns
    assert not any("NODE_ENV" in noun or "SIZE" in noun for noun in nouns)


@pytest.mark.parametrize("name", ["ENV", "env", "Environment", "AppEnvironment", "STAGE_NAME", "tier"])
def test_keys_of_environments(name: str) -> None:
    assert is_environment_key(name)


@pytest.mark.parametrize("name", ["NODE_ENV", "RAILS_ENV", "ENVOY", "STAGED", "Vpc"])
def test_keys_of_something_else(name: str) -> None:
    assert not is_environment_key(name)


def test_a_target_that_is_not_configured_is_absent_and_an_unknown_provider_hides_it() -> None:
    [stack] = targets(action("D", StackName="shop"))
    assert stack.name == action("D", StackName="shop").configuration.get("StackName")
    deploy = action("D", StackName="shop")
    object.__setattr__(deploy, "provider", one_of("ECS", "S3"))
    [provider] = targets(deploy)
    assert sign(provider.name, Kind.TARGET) is Sign.HIDDEN
