"""Whether a pipeline has as many stages, and its stages as many actions, as CodePipeline takes.

https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.cases import guard_of
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.limits import count_fits
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Guard, Items

_STAGES = (2, 50)
_ACTIONS = (1, 50)
_ACTIONS_IN_ALL = (0, 1000)


def valid_stage_count(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the stages, one per stage for its actions, and one for the actions in all."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    within = guard_of(pipeline, inventory)
    label = f"pipeline {pipeline_label(pipeline)}"
    yield from _count(pipeline, pipeline.stages, _STAGES, within, label, "stages")
    for stage in pipeline.stages.members:
        name = f"stage {quoted(stage.value.name, 'without a name')}"
        yield from _count(pipeline, stage.value.actions, _ACTIONS, within | stage.guard, name, "actions")
    actions = pipeline.stages.spread(lambda stage: stage.actions)
    if len(actions.members) > _ACTIONS_IN_ALL[1]:
        yield from _count(pipeline, actions, _ACTIONS_IN_ALL, within, label, "actions")


def _count(
    pipeline: Pipeline, items: Items[object], limits: tuple[int, int], within: Guard, label: str, things: str
) -> Iterator[Clause]:
    least, most = limits
    found = count_fits(items, least, most, pipeline.conditions, within, items.place)
    if found is None:
        return
    fault = f"more than {most}" if len(items.members) > most else f"fewer than {least}" if least > 1 else "no"
    question = f"whether {label} has {least} to {most} {things} is not known"
    say = f"{label} has {fault} {things} {found.case}".rstrip()
    yield clause_of(found.answer.about(question), items.place, say)
