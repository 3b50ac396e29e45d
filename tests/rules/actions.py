"""Pipelines, stages and actions of which only what matters is given."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pipecheck.model.conditions import NO_CONDITIONS
from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.model.settings import Settings
from pipecheck.values import Absent, Items, Place

HERE = Place("t.yaml", ("Pipeline", "Stages"))
_LISTS = {"actions", "before_entry", "on_success", "on_failure"} | {
    "commands", "environment_variables", "input_artifacts", "output_artifacts", "output_variables", "artifact_stores",
    "stages", "variables", "triggers", "disabled_transitions", "tags",
}  # fmt: skip


def pipeline(**given: Any) -> Pipeline:
    return Pipeline(**_filled(Pipeline, given))


def action(**given: Any) -> Action:
    return Action(**_filled(Action, given))


def stage(**given: Any) -> Stage:
    return Stage(**_filled(Stage, given))


def _filled(cls: type[Action] | type[Stage] | type[Pipeline], given: dict[str, Any]) -> dict[str, Any]:
    return {field.name: given.get(field.name, _nothing(field.name)) for field in fields(cls)}


def _nothing(name: str) -> Any:
    if name == "place":
        return HERE
    if name == "configuration":
        return Settings({}, HERE)
    if name == "conditions":
        return NO_CONDITIONS
    return Items((), HERE) if name in _LISTS else Absent(HERE)
