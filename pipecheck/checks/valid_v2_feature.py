"""Whether a pipeline of type V1 keeps to what that type has.

https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-types.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.action_kind import kind_of
from pipecheck.analysis.answer import Answer, all_hold, presence, told, undecided
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.data.action_types import V2_ONLY
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Items, Place, Truth, exists, truth
from pipecheck.values.record import record
from pipecheck.values.text import equals


@record
class _Feature:
    """Something that only V2 has, and whether it is there."""

    noun: str
    place: Place
    there: Answer


def valid_v2_feature(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per feature that the type lacks, and one for what is right or not known."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    first = told(equals(pipeline.type, "V1"), pipeline.type)
    label = f"pipeline {pipeline_label(pipeline)}"
    demands = [
        Demand(
            ~all_hold([first, feature.there]), feature.place, f"{label} is of type V1 and has {feature.noun}: V2 only"
        )
        for feature in _features(pipeline)
    ]
    yield from clauses_of(demands, pipeline.type.place, f"whether {label} keeps to what its type has is not known")


def _features(pipeline: Pipeline) -> Iterator[_Feature]:
    yield from _items(pipeline.triggers, "triggers")
    yield from _items(pipeline.variables, "variables")
    mode = pipeline.execution_mode
    if exists(mode) is not Truth.FALSE:
        yield _Feature(f"execution mode {quoted(mode, '')}", mode.place, ~told(equals(mode, "SUPERSEDED"), mode))
    for stage in pipeline.stages.members:
        there = presence(stage, stage.value.place)
        for feature in _of_stage(stage.value):
            yield _Feature(feature.noun, feature.place, all_hold([there, feature.there]))
        for action in stage.value.actions.members:
            for feature in _of_action(action.value):
                known = all_hold([there, presence(action, action.value.place), feature.there])
                yield _Feature(feature.noun, feature.place, known)


def _of_stage(stage: Stage) -> Iterator[_Feature]:
    for conditions in (stage.before_entry, stage.on_success, stage.on_failure):
        yield from _items(conditions, f"conditions of stage {quoted(stage.name, 'without a name')}")
    result = stage.failure_result
    if exists(result) is not Truth.FALSE:
        noun = f"{quoted(result, 'a result')} on failure of stage {quoted(stage.name, 'without a name')}"
        yield _Feature(noun, result.place, told(exists(result), result))


def _of_action(action: Action) -> Iterator[_Feature]:
    kind = kind_of(action)
    noun = f"an action of provider {quoted(action.provider, 'unknown')}"
    if kind.hidden is not None:
        yield _Feature(noun, kind.hidden.place, undecided(kind.hidden))
    elif kind.name is not None:
        yield _Feature(noun, action.provider.place, Answer(truth(kind.name in V2_ONLY)))


def _items(items: Items[object], noun: str) -> Iterator[_Feature]:
    if items.members:
        yield _Feature(noun, items.place, presence(items.members[0], items.place))
    elif items.open is not None:
        yield _Feature(noun, items.open.place, undecided(items.open))
