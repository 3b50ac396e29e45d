from __future__ import annotations

from dataclasses import replace

import pytest

from pipecheck.analysis.diagram import Diagram, DrawnAction, Reach, diagram
from pipecheck.analysis.environments import ProductionSettings
from pipecheck.model.pipeline import Action, Stage
from tests.model_builder import action, approval, entry, hidden, inventory, items, parameter, pipeline, stage

NOTHING: frozenset[str] = frozenset()


def drawn(*stages: Stage, settings: ProductionSettings | None = None, accepted: frozenset[str] = NOTHING) -> Diagram:
    one = pipeline(*stages)
    return diagram(one, inventory(one), settings or ProductionSettings(), accepted)


def deploy(name: str = "Deploy", stack: str = "shop-prod", run: int = 1) -> Action:
    return action(name, "Deploy/CloudFormation", run=run, ActionMode="CREATE_UPDATE", StackName=stack)


def only(picture: Diagram, name: str) -> DrawnAction:
    (found,) = (one for step in picture.stages for row in step.rows for one in row if one.name == name)
    return found


def test_actions_of_one_run_order_stand_in_one_row() -> None:
    (step,) = drawn(stage("Build", action("B", run=2), action("A"), action("C", run=2))).stages
    assert [[one.name for one in row] for row in step.rows] == [["A"], ["B", "C"]]


@pytest.mark.parametrize(
    ("stages", "reach", "note"),
    [
        ([stage("Go", deploy())], Reach.NOT_GATED, 'stack "shop-prod"'),
        ([stage("Ask", approval()), stage("Go", deploy())], Reach.GATED, 'stack "shop-prod"'),
        ([stage("Go", deploy(stack="shop-dev"))], Reach.ELSEWHERE, 'stack "shop-dev"'),
        ([stage("Go", deploy(stack="shop"))], Reach.CANNOT_TELL, "nothing says whether it is production"),
    ],
)
def test_what_deploys_tells_how_it_reaches_production(stages: list[Stage], reach: Reach, note: str) -> None:
    found = only(drawn(*stages), "Deploy")
    assert (found.reach, found.note) == (reach, note)


def test_what_changes_nothing_has_no_reach_and_an_approval_is_a_gate() -> None:
    picture = drawn(stage("Build", action("Unit", "Test/CodeBuild"), approval("Ok")))
    assert (only(picture, "Unit").reach, only(picture, "Unit").gate) == (None, False)
    assert (only(picture, "Ok").reach, only(picture, "Ok").gate) == (None, True)


def test_names_that_are_not_known_are_written_as_they_stand() -> None:
    one = replace(action("x"), name=parameter("Name"))
    assert only(drawn(stage("Build", one)), "${Name}").category == "Deploy"


def test_what_is_hidden_is_said_to_be() -> None:
    open_stage = replace(stage("Build"), actions=items(action("A"), unseen=hidden()))
    picture = drawn(open_stage)
    assert (picture.complete, picture.stages[0].complete) == (True, False)


def test_conditions_of_a_stage_are_told_in_words() -> None:
    asked = replace(stage("Go", deploy()), before_entry=items(entry("FAIL", "DeploymentWindow")))
    assert drawn(asked).stages[0].conditions == ("before entry: DeploymentWindow, else FAIL",)


def test_the_configuration_decides_what_counts_as_a_gate_and_as_production() -> None:
    asked = replace(stage("Go", deploy()), before_entry=items(entry("FAIL", "LambdaInvoke")))
    assert only(drawn(asked, accepted=frozenset({"LambdaInvoke"})), "Deploy").reach is Reach.GATED
    dev = ProductionSettings(not_production_names=("shop-prod",))
    assert only(drawn(stage("Go", deploy()), settings=dev), "Deploy").reach is Reach.ELSEWHERE
