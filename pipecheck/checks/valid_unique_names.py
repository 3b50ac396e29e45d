"""Whether names in a pipeline that have to differ do.

https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipecheck.analysis.answer import NO, YES, Answer, told, undecided
from pipecheck.analysis.cases import guard_of, in_every_case
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.order import positions
from pipecheck.analysis.same_name import same_name
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Guard, Items, Known, Truth, Unknown, Value
from pipecheck.values.record import record
from pipecheck.values.text import spelled


@record
class _Named:
    """A name and what its owner needs to be there."""

    name: Value[str]
    guard: Guard


@record
class _Group:
    """Names that have to differ. `hidden` says why there may be more."""

    noun: str
    names: tuple[_Named, ...]
    hidden: tuple[Unknown, ...]


def valid_unique_names(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per name that is given twice, and one for all that may be."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    within = guard_of(pipeline, inventory)
    groups = tuple(_groups(pipeline))
    unseen = next((cause for group in groups if (cause := _open(pipeline, group, within)) is not None), None)
    question = f"whether the names in pipeline {pipeline_label(pipeline)} differ is not known"
    if unseen is None:
        yield clause_of(YES, pipeline.place, question)
    else:
        yield clause_of(undecided(unseen).about(question), unseen.place, question)
    for group in groups:
        yield from _twice(pipeline, group, within)


def _groups(pipeline: Pipeline) -> Iterator[_Group]:
    stages, triggers = pipeline.stages, pipeline.triggers
    yield _Group("stages", tuple(_Named(one.value.name, one.guard) for one in stages.members), _opens(stages))
    actions = positions(pipeline)
    for index, stage in enumerate(stages.members):
        own = tuple(_Named(one.action.name, one.guard) for one in actions if one.stage_index == index)
        yield _Group(f"actions of stage {quoted(stage.value.name, '')}", own, _opens(stage.value.actions))
    outputs = tuple(
        _Named(output.value.name, one.guard | output.guard)
        for one in actions
        for output in one.action.output_artifacts.members
    )
    hidden = tuple(unseen for one in actions for unseen in _opens(one.action.output_artifacts))
    yield _Group("output artifacts", outputs, hidden)
    yield _Group("action namespaces", tuple(_Named(one.action.namespace, one.guard) for one in actions), ())
    sources = tuple(_Named(one.value.source_action, one.guard) for one in triggers.members)
    yield _Group("source actions of triggers", sources, _opens(triggers))


def _opens(items: Items[object]) -> tuple[Unknown, ...]:
    return () if items.open is None else (items.open,)


def _twice(pipeline: Pipeline, group: _Group, within: Guard) -> Iterator[Clause]:
    seen: dict[str, list[_Named]] = {}
    for one in group.names:
        name = spelled(one.name)
        if name is None:
            continue
        for other in seen.get(name, ()):
            found = _together(pipeline, one, other, within)
            if found is not None and found.truth is Truth.FALSE:
                related = (Related(other.name.place, "the same name is given here"),)
                say = f"two {group.noun} are called {quoted(one.name, '')}"
                yield clause_of(told(Truth.FALSE, one.name, other.name), one.name.place, say, related=related)
                break
        seen.setdefault(name, []).append(one)


def _together(pipeline: Pipeline, one: _Named, other: _Named, within: Guard) -> Answer | None:
    """FALSE where both are there in some case; undecided where that is only guessed; None where they never are."""
    if one.guard <= within and other.guard <= within:
        return NO
    found = in_every_case(pipeline.conditions, within | one.guard | other.guard, [], one.name.place, lambda _: NO)
    return None if found is None else found.answer


def _open(pipeline: Pipeline, group: _Group, within: Guard) -> Unknown | None:
    """Why some two of the names may be the same."""
    if group.hidden:
        return group.hidden[0]
    names: Sequence[_Named] = [one for one in group.names if not isinstance(one.name, Absent)]
    for index, one in enumerate(names):
        for other in names[:index]:
            if isinstance(one.name, Known) and isinstance(other.name, Known) and one.name.value != other.name.value:
                continue
            same = same_name(one.name, other.name)
            if same.truth is Truth.FALSE:
                continue
            together = _together(pipeline, one, other, within)
            if together is not None and Truth.UNKNOWN in (same.truth, together.truth):
                return same.cause or together.cause
    return None
