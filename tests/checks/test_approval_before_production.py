from __future__ import annotations

import pytest

from pipecheck.analysis.environments import ProductionSettings
from pipecheck.model.conditions import NO_CONDITIONS, Conditions, Constant
from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.rules.clause import Clause
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Known, Member, Reason, Truth, Unknown
from tests.checks.clauses import clauses, of, verdict
from tests.model_builder import (
    HERE,
    action,
    approval,
    conditions,
    default,
    entry,
    hidden,
    inventory,
    items,
    parameter,
    pipeline,
    stage,
    subject,
    when,
)

FAIL, PASS, UNKNOWN, NA = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def prod(run: int | None = None, name: str = "Deploy") -> Action:
    return action(name, run=run, StackName="shop-prod")


def checked(whole: Pipeline, member: Member[Pipeline] | None = None, **params: object) -> list[Clause]:
    world = inventory(member or whole)
    return clauses("approval_before_production", subject("pipeline", whole, world), **params)


GATES = [
    ([stage("A", approval()), stage("P", prod())], PASS),
    ([stage("P", approval(run=1), prod(2))], PASS),
    ([stage("P", prod(2), approval(run=1))], PASS),
    ([stage("P", approval(run=2), prod(1))], FAIL),
    ([stage("P", approval(run=1), prod(1))], FAIL),
    ([stage("P", approval(), prod())], FAIL),
    ([stage("P", prod()), stage("A", approval())], FAIL),
    ([stage("P", prod())], FAIL),
    ([stage("Dev", action("D", StackName="shop-dev")), stage("A", approval()), stage("P", prod())], PASS),
    ([stage("S", action("D", run=1, StackName="shop-dev"), approval(run=2), prod(3))], PASS),
    ([stage("A", approval()), stage("P", prod()), stage("Q", prod(name="Again"))], PASS),
    ([stage("P", prod()), stage("A", approval()), stage("Q", prod(name="Again"))], FAIL),
    ([stage("P", action("Prepare", run=1, StackName="shop-prod", ActionMode="CHANGE_SET_REPLACE"))], NA),
    ([stage("Build", action("B", "Build/CodeBuild"))], NA),
    ([stage("Dev", action("D", StackName="shop-dev"))], NA),
    ([stage("P", action("W", "Invoke/Lambda", 1, FunctionName="wait"), prod(2))], FAIL),
    ([stage("P", action("Run", "Build/CodeBuild", ProjectName="prod"))], UNKNOWN),
    ([stage("P", approval(run=1), action("Run", "Build/CodeBuild", 2, ProjectName="prod"))], PASS),
    ([stage("A", action("X", "Approval/Custom")), stage("P", prod())], FAIL),
    ([stage("A", action("X", "Approval/Manual")), stage("P", prod())], PASS),
    ([stage("A", unseen=hidden()), stage("P", prod())], UNKNOWN),
    ([stage("P", prod(), unseen=hidden())], UNKNOWN),
    ([stage("P", prod()), stage("Z", action("B", "Build/CodeBuild"), unseen=hidden())], FAIL),
    ([stage("A", approval()), stage("P", prod()), stage("Z", unseen=hidden())], UNKNOWN),
]


@pytest.mark.parametrize(("stages", "expected"), GATES)
def test_every_way_to_production_crosses_an_approval(stages: list[Stage], expected: Verdict) -> None:
    assert verdict(checked(pipeline(*stages))) is expected


def test_an_approval_whose_run_order_is_not_known() -> None:
    order: Unknown = Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "the value of parameter Order is not given", HERE)
    [clause] = checked(pipeline(stage("P", approval(run=order), prod(2))))
    assert verdict([clause]) is UNKNOWN
    assert clause.cause is not None
    assert "parameter Order" in clause.cause.detail
    assert '"Deploy"' in clause.cause.detail


def test_the_message_names_effect_signal_and_the_approvals_that_do_not_help() -> None:
    [clause] = checked(pipeline(stage("P", approval(run=2), prod(1)), stage("Late", approval("Sign"))))
    assert '"Deploy" in stage "P"' in clause.say
    assert 'stack "shop-prod"' in clause.say
    assert clause.primary == prod().name.place
    messages = [related.message for related in clause.related]
    assert any('"Approve" has a higher run order' in message for message in messages)
    assert any('"Sign" runs later, in stage "Late"' in message for message in messages)


def test_an_approval_beside_the_deployment_is_named() -> None:
    [clause] = checked(pipeline(stage("P", approval(), prod())))
    assert "runs at the same time" in clause.related[0].message
    assert clause.related[0].place == approval().name.place


def test_effects_that_nothing_says_the_environment_of_are_one_clause() -> None:
    deploys = (action("One", StackName="a"), action("Two", StackName="b"))
    found = checked(pipeline(stage("Deploy", *deploys)))
    [clause] = of(found, UNKNOWN)
    assert clause.cause is not None
    assert clause.cause.reason is Reason.ENVIRONMENT_NOT_STATED
    assert '"One"' in clause.cause.detail
    assert '"Two"' in clause.cause.detail
    assert 'production: {pipelines: ["shop"]}' in clause.cause.detail
    assert [related.place for related in clause.related] == [deploys[1].name.place]


def test_the_line_of_configuration_that_is_shown_decides() -> None:
    whole = pipeline(stage("Deploy", action("One", StackName="a")))
    assert verdict(checked(whole)) is UNKNOWN
    assert verdict(checked(whole, production=ProductionSettings(pipelines=("shop",)))) is FAIL
    assert verdict(checked(whole, production=ProductionSettings(not_production_pipelines=("shop",)))) is NA


def test_a_pipeline_without_a_name_is_configured_by_its_logical_id() -> None:
    whole = pipeline(stage("Deploy", action("One", StackName="a")), name=None)
    [clause] = checked(whole)
    assert clause.cause is not None
    assert '["Pipeline"]' in clause.cause.detail
    assert verdict(checked(whole, production=ProductionSettings(pipelines=("Pipeline",)))) is FAIL


def test_unclear_and_clear_effects_are_apart() -> None:
    found = checked(pipeline(stage("Deploy", action("One", StackName="a"), prod(name="Two"))))
    assert len(of(found, UNKNOWN)) == 1
    assert len(of(found, FAIL)) == 1


def test_continuous_deployment_is_not_applicable() -> None:
    settings = ProductionSettings(continuous_deployment=("sh*",))
    assert verdict(checked(pipeline(stage("P", prod())), production=settings)) is NA
    assert verdict(checked(pipeline(stage("P", prod()), name="other"), production=settings)) is FAIL
    unnamed = pipeline(stage("P", prod()), name=parameter("Name"))
    assert verdict(checked(unnamed, production=settings)) is UNKNOWN


STAGE = conditions(IsProd=("Stage", "prod", ("dev", "prod"), "dev"))
YES, NO = ("IsProd", True), ("IsProd", False)


@pytest.mark.parametrize(
    ("stages", "expected", "case"),
    [
        # A production stage inside Fn::If that the defaults leave out.
        ([when(stage("P", prod()), YES)], FAIL, 'Stage is "prod"'),
        ([when(stage("P", approval(run=1), prod(2)), YES)], PASS, ""),
        ([when(stage("A", approval()), YES), when(stage("P", prod()), YES)], PASS, ""),
        ([when(stage("A", approval()), NO), when(stage("P", prod()), YES)], FAIL, "IsProd is true"),
        ([when(stage("A", approval()), YES), stage("P", prod())], FAIL, "IsProd is false"),
        ([stage("P", when(approval(run=1), YES), prod(2))], FAIL, "IsProd is false"),
        ([stage("P", when(approval(run=1), YES), when(prod(2), YES))], PASS, ""),
        ([when(stage("A", approval()), YES), when(stage("B", approval()), NO), stage("P", prod())], PASS, ""),
        ([when(stage("P", prod()), YES, NO)], NA, ""),
        ([when(stage("A", unseen=hidden()), YES), stage("P", prod())], FAIL, "IsProd is false"),
    ],
)
def test_the_gate_must_hold_in_every_case(stages: list[Stage | Member[Stage]], expected: Verdict, case: str) -> None:
    found = checked(pipeline(*stages, conditions=STAGE))
    assert verdict(found) is expected
    for clause in of(found, FAIL):
        assert case in clause.say


def test_a_pipeline_that_is_there_only_with_its_gate() -> None:
    whole = pipeline(when(stage("A", approval()), YES), stage("P", prod()), conditions=STAGE)
    assert verdict(checked(whole, when(whole, YES))) is PASS
    assert verdict(checked(whole, when(whole, NO))) is FAIL


def test_a_condition_that_cannot_be_evaluated_leaves_it_open() -> None:
    unknown = Conditions({}, {"IsProd": Constant(Truth.UNKNOWN)})
    whole = pipeline(stage("P", when(approval(run=1), YES), prod(2)), conditions=unknown)
    [clause] = checked(whole)
    assert verdict([clause]) is UNKNOWN
    assert clause.cause is not None
    assert clause.cause.reason is Reason.CONDITION_UNDECIDED
    assert verdict(checked(pipeline(stage("P", prod()), conditions=unknown))) is FAIL


SKIP = items(entry("SKIP", "VariableCheck"))


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (pipeline(stage("A", approval(), before_entry=SKIP), stage("P", prod())), FAIL),
        (pipeline(stage("A", approval(), on_failure=SKIP), stage("P", prod())), FAIL),
        (pipeline(stage("A", approval(), on_failure=items(entry("RETRY"))), stage("P", prod())), PASS),
        (pipeline(stage("P", approval(run=1), prod(2), before_entry=SKIP)), PASS),
        (pipeline(stage("A", approval(), before_entry=items(entry(hidden()))), stage("P", prod())), UNKNOWN),
        (pipeline(stage("A", approval(), before_entry=items(unseen=hidden())), stage("P", prod())), UNKNOWN),
        (pipeline(stage("P", prod(), before_entry=items(entry("FAIL", "DeploymentWindow")))), FAIL),
    ],
)
def test_an_approval_in_a_stage_that_is_skipped_stops_nothing(whole: Pipeline, expected: Verdict) -> None:
    assert verdict(checked(whole)) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (entry("FAIL", "LambdaInvoke"), PASS),
        (entry("FAIL", "CloudWatchAlarm", "LambdaInvoke"), PASS),
        (entry("SKIP", "LambdaInvoke"), FAIL),
        (entry("FAIL", "Commands"), FAIL),
        (entry("FAIL", hidden()), UNKNOWN),
        (entry(hidden(), "LambdaInvoke"), UNKNOWN),
    ],
)
def test_entry_conditions_count_where_they_are_accepted(condition: object, expected: Verdict) -> None:
    whole = pipeline(stage("P", prod(), before_entry=items(condition)))  # type: ignore[arg-type]
    assert verdict(checked(whole, accept_equivalents=["LambdaInvoke"])) is expected
    assert verdict(checked(whole)) is FAIL


def test_defaults_that_decide_are_assumptions() -> None:
    deploy = action("Deploy", StackName=default("Stack", "shop-prod"))
    [clause] = checked(pipeline(stage("P", deploy), conditions=NO_CONDITIONS))
    assert [step.name for step in clause.assumptions] == ["Stack"]


def test_a_category_that_cannot_be_seen_may_deploy() -> None:
    unclear = prod()
    object.__setattr__(unclear, "category", hidden("a transform makes this value"))
    [clause] = checked(pipeline(stage("P", unclear)))
    assert clause.cause is not None
    assert clause.cause.detail == 'whether "Deploy" in stage "P" deploys is not known: a transform makes this value'
    assert verdict(checked(pipeline(stage("A", approval()), stage("P", unclear)))) is PASS


def test_known_values_do_not_depend_on_their_places() -> None:
    moved = Known("shop-prod", HERE)
    assert verdict(checked(pipeline(stage("P", action("Deploy", StackName=moved))))) is FAIL
