from __future__ import annotations

import pytest

from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.rules.clause import Clause
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Items, Member, Reason, Unknown
from tests.checks.clauses import clauses, of, verdict
from tests.model_builder import (
    HERE,
    action,
    conditions,
    hidden,
    inventory,
    items,
    parameter,
    pieces,
    pipeline,
    stage,
    subject,
    when,
)

FAIL, PASS, UNKNOWN, NA = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def build(run: int | None = None, *outputs: object, name: str = "Build") -> Action:
    return action(name, "Build/CodeBuild", run, outputs=outputs or ("Package",))  # type: ignore[arg-type]


def deploy(run: int | None = None, *inputs: object) -> Action:
    return action("Deploy", run=run, inputs=inputs or ("Package",))  # type: ignore[arg-type]


def checked(whole: Pipeline, consumer: Action, member: Member[Pipeline] | None = None) -> list[Clause]:
    world = inventory(member or whole)
    return clauses("valid_artifact_flow", subject("action", consumer, world, pipeline=whole))


@pytest.mark.parametrize(
    ("stages", "expected", "message"),
    [
        ([stage("B", build()), stage("D", deploy())], PASS, ""),
        ([stage("D", deploy(2), build(1))], PASS, ""),
        ([stage("D", build(), deploy())], FAIL, 'made by "Build", which runs at the same time'),
        ([stage("D", build(2), deploy(1))], FAIL, 'made by "Build", which runs later'),
        ([stage("D", deploy()), stage("B", build())], FAIL, 'made by "Build", which runs later'),
        ([stage("B", build(None, "package")), stage("D", deploy())], FAIL, "is made by no action"),
        ([stage("D", deploy())], FAIL, "is made by no action"),
        ([stage("B", build(name="One")), stage("D", build(name="Two"), deploy())], PASS, ""),
        (
            [stage("D", action("Deploy", run=1, inputs=["Package"], outputs=["Package"]))],
            FAIL,
            "by that action itself",
        ),
        ([stage("B", unseen=hidden()), stage("D", deploy())], UNKNOWN, ""),
        ([stage("D", deploy(), unseen=hidden())], UNKNOWN, ""),
        ([stage("D", deploy()), stage("Z", unseen=hidden())], FAIL, "is made by no action"),
        ([stage("B", build(None, parameter("Artifact"))), stage("D", deploy())], UNKNOWN, ""),
        (
            [stage("B", build(None, parameter("Artifact"))), stage("D", deploy(None, parameter("Artifact")))],
            PASS,
            "",
        ),
        ([stage("B", build(None, pieces("App-", parameter("X")))), stage("D", deploy())], FAIL, "by no action"),
    ],
)
def test_an_artifact_is_made_before_it_is_used(stages: list[Stage], expected: Verdict, message: str) -> None:
    whole = pipeline(*stages)
    consumer = next(
        member.value
        for found in stages
        for member in found.actions.members
        if getattr(member.value.name, "value", "") == "Deploy"
    )
    found = checked(whole, consumer)
    assert verdict(found) is expected
    for clause in of(found, FAIL):
        assert message in clause.say
        assert '"Package" of "Deploy"' in clause.say
        assert clause.primary.route[-1] == "InputArtifacts"


def test_the_producer_is_related() -> None:
    consumer = deploy(1)
    maker = build(2)
    [clause] = checked(pipeline(stage("D", maker, consumer)), consumer)
    [related] = clause.related
    assert related.place == maker.output_artifacts.members[0].value.name.place
    assert related.message == '"Build" makes it and runs later'


def test_each_artifact_is_a_clause() -> None:
    consumer = deploy(None, "Package", "Missing")
    found = checked(pipeline(stage("B", build()), stage("D", consumer)), consumer)
    assert [verdict([clause]) for clause in found] == [PASS, FAIL]


def test_an_action_without_inputs_is_not_applicable() -> None:
    source = action("Source", "Source/S3", outputs=["Package"])
    assert verdict(checked(pipeline(stage("S", source)), source)) is NA


def test_inputs_that_cannot_be_seen() -> None:
    consumer = deploy()
    object.__setattr__(consumer, "input_artifacts", items(unseen=hidden()))
    assert verdict(checked(pipeline(stage("B", build()), stage("D", consumer)), consumer)) is UNKNOWN


def test_outputs_that_cannot_be_seen() -> None:
    maker = build()
    unseen: Items[object] = Items((), HERE, hidden())
    object.__setattr__(maker, "output_artifacts", unseen)
    consumer = deploy()
    assert verdict(checked(pipeline(stage("B", maker), stage("D", consumer)), consumer)) is UNKNOWN
    assert verdict(checked(pipeline(stage("D", consumer), stage("B", maker)), consumer)) is FAIL


def test_a_run_order_that_is_not_known_is_the_cause() -> None:
    order: Unknown = Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "the value of parameter Order is not given", HERE)
    consumer = action("Deploy", run=order, inputs=["Package"])
    [clause] = checked(pipeline(stage("D", build(1), consumer)), consumer)
    assert clause.cause is not None
    assert clause.cause.reason is Reason.PARAMETER_WITHOUT_DEFAULT
    assert '"Package" of "Deploy"' in clause.cause.detail


BUILD = conditions(WithBuild=("Build", "yes", ("yes", "no"), "yes"))
YES, NO = ("WithBuild", True), ("WithBuild", False)


def test_a_conditional_producer_needs_a_conditional_consumer() -> None:
    consumer = deploy()
    alone = pipeline(when(stage("B", build()), YES), stage("D", consumer), conditions=BUILD)
    [clause] = checked(alone, consumer)
    assert verdict([clause]) is FAIL
    assert 'when Build is "no" (condition WithBuild is false)' in clause.say
    together = pipeline(when(stage("B", build()), YES), when(stage("D", consumer), YES), conditions=BUILD)
    assert verdict(checked(together, consumer)) is PASS
    assert verdict(checked(alone, consumer, when(alone, YES))) is PASS


def test_either_of_two_producers_is_enough() -> None:
    consumer = deploy()
    makers = (when(build(name="One"), YES), when(build(name="Two"), NO))
    assert verdict(checked(pipeline(stage("B", *makers), stage("D", consumer), conditions=BUILD), consumer)) is PASS
