"""What a pipeline says beyond its stages and actions, and what its actions and conditions say beyond the usual."""

from __future__ import annotations

import json

import pytest

from pipecheck.model.pipeline import Pipeline, Stage
from pipecheck.values import Absent, Items, Known, Reason, Unknown, Value, exists, known
from pipecheck.values.items import values
from pipecheck.values.text import spelled
from pipecheck.values.truth import Truth
from tests.loaders.templates import pipeline

TEMPLATE = """
Resources:
  P:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: shop
      %s
      Stages: [%s]
"""


def with_properties(properties: str) -> Pipeline:
    return pipeline(TEMPLATE % (properties, ""))


def with_stage(stage: str) -> Stage:
    [found] = values(pipeline(TEMPLATE % ("PipelineType: V2", stage)).stages)
    return found


def texts(items: Items[Value[str]]) -> list[str | None]:
    return [known(value) for value in values(items)]


def test_the_type_has_no_default_and_the_mode_has_one() -> None:
    plain = with_properties("RoleArn: r")
    assert isinstance(plain.type, Absent)
    assert plain.type.default is None
    assert isinstance(plain.execution_mode, Absent)
    assert plain.execution_mode.default is not None
    assert plain.execution_mode.default.value == "SUPERSEDED"
    chosen = with_properties("PipelineType: V2\n      ExecutionMode: QUEUED")
    assert (known(chosen.type), known(chosen.execution_mode)) == ("V2", "QUEUED")


def test_variables_disabled_transitions_and_tags() -> None:
    found = with_properties(
        """Variables: [{Name: Env, DefaultValue: dev, Description: where}, {Name: Free}]
      DisableInboundStageTransitions: [{StageName: Live, Reason: freeze}]
      Tags: [{Key: team, Value: !Ref AWS::StackName}]"""
    )
    env, free = values(found.variables)
    assert (known(env.name), known(env.default), known(env.description)) == ("Env", "dev", "where")
    assert isinstance(free.default, Absent)
    [transition] = values(found.disabled_transitions)
    assert (known(transition.stage), known(transition.reason)) == ("Live", "freeze")
    [tag] = values(found.tags)
    assert (known(tag.key), spelled(tag.value)) == ("team", "${AWS::StackName}")


def test_triggers_with_their_filters() -> None:
    found = with_properties(
        """Triggers:
        - ProviderType: CodeStarSourceConnection
          GitConfiguration:
            SourceActionName: Fetch
            Push:
              - Tags: {Includes: ["v*"], Excludes: ["v0*"]}
              - {Branches: {Includes: [main]}, FilePaths: {Excludes: ["docs/**"]}}
            PullRequest: [{Events: [OPEN, UPDATED], Branches: {Includes: [main]}, FilePaths: {Includes: ["src/**"]}}]
        - {ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Other}}"""
    )
    first, second = values(found.triggers)
    assert (known(first.provider), known(first.source_action)) == ("CodeStarSourceConnection", "Fetch")
    tagged, branched = values(first.pushes)
    assert isinstance(tagged.tags, Known)
    assert (texts(tagged.tags.value.includes), texts(tagged.tags.value.excludes)) == (["v*"], ["v0*"])
    assert isinstance(tagged.branches, Absent)
    assert isinstance(branched.branches, Known)
    assert isinstance(branched.file_paths, Known)
    assert (texts(branched.branches.value.includes), texts(branched.file_paths.value.excludes)) == (
        ["main"],
        ["docs/**"],
    )
    [request] = values(first.pull_requests)
    assert texts(request.events) == ["OPEN", "UPDATED"]
    assert isinstance(request.branches, Known)
    assert texts(request.branches.value.includes) == ["main"]
    assert (second.pushes.members, second.pushes.open, second.pull_requests.members) == ((), None, ())


def test_a_trigger_that_cannot_be_seen_may_have_any_filter() -> None:
    found = with_properties(
        "Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: !ImportValue Git}]"
    )
    [trigger] = values(found.triggers)
    assert isinstance(trigger.source_action, Unknown)
    assert trigger.pushes.open is not None
    assert trigger.pull_requests.open is not None


CONDITIONS = """
{Name: Live, Actions: [],
 BeforeEntry: {Conditions: [{Result: SKIP, Rules: [
   {Name: check, RoleArn: r, Region: eu-west-1, InputArtifacts: [{Name: code}], Commands: ["make #{variables.Env}"],
    Configuration: {Variable: "#{variables.Env}", Operator: EQ, Value: live},
    RuleTypeId: {Category: Rule, Owner: AWS, Provider: VariableCheck, Version: "1"}}]}]},
 OnSuccess: {Conditions: [{Result: ROLLBACK, Rules: []}]},
 OnFailure: {Result: RETRY, RetryConfiguration: {RetryMode: ALL_ACTIONS}, Conditions: []}}
"""


def test_conditions_hold_everything_their_rules_say() -> None:
    stage = with_stage(CONDITIONS)
    [condition] = values(stage.before_entry)
    assert known(condition.result) == "SKIP"
    [rule] = values(condition.rules)
    kind = (rule.category, rule.owner, rule.provider, rule.version)
    assert [known(part) for part in kind] == ["Rule", "AWS", "VariableCheck", "1"]
    assert (known(rule.role_arn), known(rule.region), texts(rule.input_artifacts)) == ("r", "eu-west-1", ["code"])
    assert known(rule.configuration.get("Operator")) == "EQ"
    variable = rule.configuration.get("Variable")
    [command] = values(rule.commands)
    assert isinstance(variable, Unknown)
    assert isinstance(command, Unknown)
    assert (variable.reason, command.reason) == (Reason.RUNTIME_VARIABLE, Reason.RUNTIME_VARIABLE)
    assert command.pieces[0] == "make "
    assert isinstance(rule.timeout_minutes, Absent)


def test_what_happens_when_a_stage_fails() -> None:
    stage = with_stage(CONDITIONS)
    assert [known(condition.result) for condition in values(stage.on_success)] == ["ROLLBACK"]
    assert (known(stage.failure_result), known(stage.retry_mode)) == ("RETRY", "ALL_ACTIONS")
    assert stage.on_failure.members == ()
    silent = with_stage("{Name: Live, Actions: []}")
    assert isinstance(silent.failure_result, Absent)
    assert isinstance(silent.retry_mode, Absent)
    hidden = with_stage("{Name: Live, Actions: [], OnFailure: !ImportValue OnFailure}")
    assert exists(hidden.failure_result) is not Truth.FALSE
    assert hidden.on_failure.open is not None


def test_what_a_commands_action_says() -> None:
    stage = with_stage(
        """
        {Name: Make, Actions: [
          {Name: Run, ActionTypeId: {Category: Compute, Owner: AWS, Provider: Commands, Version: "1"},
           Commands: [make, "make #{variables.Target}"], OutputVariables: [VERSION], TimeoutInMinutes: "30",
           Namespace: Built, Region: eu-west-1, OutputArtifacts: [{Name: app, Files: [a.zip, "dist/*"]}]}]}
        """
    )
    [action] = values(stage.actions)
    assert [spelled(command) for command in values(action.commands)] == ["make", "make ${#{variables.Target}}"]
    assert texts(action.output_variables) == ["VERSION"]
    assert (known(action.timeout_minutes), known(action.namespace), known(action.region)) == (
        30,
        "Built",
        "eu-west-1",
    )
    [artifact] = values(action.output_artifacts)
    assert (known(artifact.name), texts(artifact.files)) == ("app", ["a.zip", "dist/*"])


STRUCTURE = {"name": "shop", "roleArn": "r", "stages": []}


def test_the_api_tells_tags_and_transitions_elsewhere() -> None:
    found = pipeline(json.dumps({"pipeline": STRUCTURE, "metadata": {"pollingDisabledAt": "2025-01-01"}}))
    for unseen in (found.tags.open, found.disabled_transitions.open):
        assert unseen is not None
        assert unseen.reason is Reason.NOT_RETURNED
    assert known(found.polling_disabled_at) == "2025-01-01"


def test_tags_stand_beside_the_structure_when_a_pipeline_is_made() -> None:
    found = pipeline(json.dumps({"pipeline": STRUCTURE, "tags": [{"key": "team", "value": "shop"}]}))
    assert [(known(tag.key), known(tag.value)) for tag in values(found.tags)] == [("team", "shop")]
    assert found.tags.open is None


@pytest.mark.parametrize("text", ["{pipeline: x, stages: [], roleArn: r}", json.dumps(STRUCTURE)])
def test_a_bare_structure_says_nothing_of_polling(text: str) -> None:
    assert isinstance(pipeline(text).polling_disabled_at, Absent)


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("{Category: Deply, Owner: AWS}", '"Deply" is no category of actions'),
        ("{Owner: AWS}", "the action has no category"),
    ],
)
def test_a_category_that_is_missing_or_misspelt_says_nothing(kind: str, detail: str) -> None:
    found = pipeline(f"""
    Resources:
      Pipeline:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          Stages:
            - {{Name: Deploy, Actions: [{{Name: Deploy, ActionTypeId: {kind}}}]}}
    """)
    [stage] = values(found.stages)
    [action] = values(stage.actions)
    assert isinstance(action.category, Unknown)
    assert action.category.reason is Reason.INVALID_VALUE
    assert detail in action.category.detail
