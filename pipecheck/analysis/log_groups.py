"""To which log groups builds and pipelines write, and whether those are in the input."""

from __future__ import annotations

from pipecheck.analysis.answer import Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import logical_id
from pipecheck.analysis.same_name import same_name
from pipecheck.data.action_targets import LOGGING
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.log_group import LogGroup
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.values import Absent, Known, Place, Reason, Unknown, Value, ask
from pipecheck.values.text import displayed, equals

_COMPLETE = frozenset({"cloudformation", "snapshot"})
"""Inputs that would hold the log group of what they hold, if there were one."""


def project_group(project: BuildProject) -> Value[str]:
    """The group that CodeBuild makes for a project which names none.

    https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details.html
    """
    return _named_after("/aws/codebuild/", project.name, project.place)


def pipeline_group(pipeline: Pipeline) -> Value[str]:
    """The group of the actions that run on compute of CodePipeline.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
    """
    return _named_after("/aws/codepipeline/", pipeline.name, pipeline.place)


def _named_after(prefix: str, name: Value[str], place: Place) -> Value[str]:
    match name:
        case Known(text, at, via):
            return Known(prefix + text, at, via)
        case Absent():
            id = logical_id(place)
            detail = f"the name of {id} is made at deployment"
            made = Unknown(Reason.GENERATED_NAME, detail, place, spelling=id, token=True)
            return Unknown(Reason.GENERATED_NAME, detail, place, pieces=(prefix, made))
        case Unknown(candidates=candidates) if candidates:
            options = tuple(_named_after(prefix, candidate, place) for candidate in candidates)
            return Unknown(name.reason, name.detail, name.place, options, via=name.via)
        case Unknown():
            pieces = (prefix, *(name.pieces or (name,)))
            return Unknown(name.reason, name.detail, name.place, pieces=pieces, via=name.via)


def writes_logs(pipeline: Pipeline) -> Answer:
    """Whether an action of the pipeline writes to the pipeline's log group."""
    answers: list[Answer] = []
    for stage in pipeline.stages.members:
        actions = stage.value.actions
        for action in actions.members:
            there = [presence(stage, stage.value.place), presence(action, action.value.place)]
            answers.append(all_hold([*there, _writes(action.value)]))
        if actions.open is not None:
            answers.append(undecided(actions.open))
    if pipeline.stages.open is not None:
        answers.append(undecided(pipeline.stages.open))
    return any_holds(answers)


def _writes(action: Action) -> Answer:
    logging = told(ask(action.provider, lambda provider: provider in LOGGING), action.provider)
    invoked = all_hold(
        [
            told(equals(action.provider, "Lambda"), action.provider),
            told(equals(action.category, "Invoke"), action.category),
        ]
    )
    return all_hold([logging, ~invoked])


def declared(name: Value[str], inventory: Inventory) -> Answer:
    """Whether a log group of that name is in the input; undecided where the input could not hold one."""
    groups = inventory.all(LogGroup)
    answers = [
        all_hold([presence(member, member.value.place), same_name(member.value.name, name)])
        for member in groups.members
    ]
    if groups.open is not None:
        answers.append(undecided(groups.open))
    if not any(entry.uri == name.place.source and entry.kind in _COMPLETE for entry in inventory.inputs):
        detail = f"the log group {displayed(name) or ''} is not in the input".replace("  ", " ")
        answers.append(undecided(Unknown(Reason.NOT_SCANNED, detail, name.place)))
    return any_holds(answers)
