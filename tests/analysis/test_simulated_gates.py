"""Gates agree with a simulator of CodePipeline on random pipelines, and say no more where parts are hidden."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from pipecheck.analysis.gates import gated, gates_of
from pipecheck.analysis.order import positions
from pipecheck.model.conditions import NO_CONDITIONS, Conditions
from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.model.stage_condition import StageCondition
from pipecheck.values import ALWAYS, Guard, Items, Known, Member, Truth, truth
from tests.analysis.simulator import SimAction, SimPipeline, SimStage, random_pipeline, starts_unapproved
from tests.model_builder import HERE, action, at, conditions, entry, hidden, items, pipeline, stage

ACCEPTED = frozenset({"LambdaInvoke"})


def guard(condition: tuple[str, bool] | None) -> Guard:
    return ALWAYS if condition is None else frozenset({condition})


def present(condition: tuple[str, bool] | None) -> Truth:
    """By default every parameter says "no"."""
    return Truth.TRUE if condition is None else truth(condition[1] is False)


def modelled(sim: SimPipeline) -> Pipeline:
    stages = [Member(_stage(one), guard(one.condition), present(one.condition)) for one in sim.stages]
    return pipeline(*stages, conditions=_conditions(sim))


def _conditions(sim: SimPipeline) -> Conditions:
    if not sim.choices:
        return NO_CONDITIONS
    return conditions(**{name: (f"Is{name}", "yes", ("yes", "no"), "no") for name in sim.choices})


def _stage(sim: SimStage) -> Stage:
    actions = [Member(_action(one), guard(one.condition), present(one.condition)) for one in sim.actions]
    before = items(entry(*sim.entry)) if sim.entry is not None else None
    after = items(entry(sim.on_failure, "CloudWatchAlarm")) if sim.on_failure is not None else None
    return stage(sim.name, *actions, before_entry=before, on_failure=after)


def _action(sim: SimAction) -> Action:
    made = action(sim.name, f"{sim.category}/{sim.provider}", run=sim.run_order)
    return replace(made, place=at("actions", sim.name))


def blurred(one: Pipeline, random: Random) -> Pipeline:
    """The pipeline with one part hidden."""
    if random.random() < 0.1:
        return replace(one, stages=replace(one.stages, open=hidden()))
    at_stage = random.randrange(len(one.stages.members))
    member = one.stages.members[at_stage]
    members = list(one.stages.members)
    members[at_stage] = replace(member, value=_blurred_stage(member.value, random))
    return replace(one, stages=replace(one.stages, members=tuple(members)))


def _blurred_stage(one: Stage, random: Random) -> Stage:
    unseen: Items[StageCondition] = Items((), HERE, hidden())
    match random.choice(["open", "action", "action", "action", "before_entry", "on_failure"]):
        case "open":
            return replace(one, actions=replace(one.actions, open=hidden()))
        case "before_entry":
            return replace(one, before_entry=unseen)
        case "on_failure":
            return replace(one, on_failure=unseen)
        case _:
            return replace(one, actions=_blurred_action(one.actions, random))


def _blurred_action(actions: Items[Action], random: Random) -> Items[Action]:
    index = random.randrange(len(actions.members))
    whole = actions.members[index].value
    made = random.choice(
        [replace(whole, category=hidden()), replace(whole, provider=hidden()), replace(whole, run_order=hidden())]
    )
    members = list(actions.members)
    members[index] = replace(members[index], value=made)
    return replace(actions, members=tuple(members))


def answers(one: Pipeline) -> dict[str, Truth | None]:
    """For each action whether every way to it crosses a gate; None where no case has it."""
    found: dict[str, Truth | None] = {}
    gates = gates_of(one, ACCEPTED)
    for position in positions(one):
        assert isinstance(position.action.name, Known)
        in_cases = gated(position, gates, ALWAYS)
        found[position.action.name.value] = None if in_cases is None else in_cases.answer.truth
    return found


def agrees(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - generates cases
    sim = random_pipeline(random)
    model = modelled(sim)
    found = answers(model)
    for name, answer in found.items():
        unapproved = starts_unapproved(sim, name, ACCEPTED)
        expected = None if unapproved is None else truth(not unapproved)
        assert answer is expected, f"seed {seed}: {name} in {sim}"
    for name, answer in answers(blurred(model, random)).items():
        assert answer in {Truth.UNKNOWN, found[name]}, f"seed {seed}, blurred: {name} in {sim}"


@pytest.mark.parametrize("part", range(5))
def test_gates_agree_with_the_simulator(part: int) -> None:
    for seed in range(part * 100, part * 100 + 100):
        agrees(seed)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_gates_agree_with_the_simulator_on_twenty_thousand(part: int) -> None:
    for seed in range(10_000 + part * 2_000, 10_000 + part * 2_000 + 2_000):
        agrees(seed)


def test_the_simulator_knows_the_plain_cases() -> None:
    deploy, ask = SimAction("Go", "Deploy", "CodeDeploy", 2), SimAction("Ask", "Approval", "Manual", 1)
    late = replace(ask, run_order=3)

    def unapproved(*stages: SimStage) -> bool | None:
        return starts_unapproved(SimPipeline(stages), "Go", ACCEPTED)

    assert unapproved(SimStage("S", (ask, deploy))) is False
    assert unapproved(SimStage("S", (late, deploy))) is True
    assert unapproved(SimStage("S", (replace(ask, run_order=2), deploy))) is True
    assert unapproved(SimStage("A", (ask,)), SimStage("S", (deploy,))) is False
    assert unapproved(SimStage("A", (ask,), on_failure="SKIP"), SimStage("S", (deploy,))) is True
    assert unapproved(SimStage("A", (ask,), entry=("SKIP", "Other")), SimStage("S", (deploy,))) is True
    assert unapproved(SimStage("S", (deploy,), entry=("FAIL", "LambdaInvoke"))) is False
    assert unapproved(SimStage("S", (deploy,), entry=("FAIL", "Other"))) is True
