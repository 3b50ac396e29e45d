"""Whether the first stage of a pipeline is for its sources, and no other is.

https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, Answer, any_holds, told, undecided
from pipecheck.analysis.cases import guard_of, in_every_case
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.order import Position, positions
from pipecheck.model.conditions import Assignment
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Guard, Place, Truth
from pipecheck.values.text import equals

_QUESTION = "whether the first stage is for the sources, and no other is, is not known"


def valid_source_stage(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per action, one per stage that can be the first, and one for the pipeline."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    if pipeline.stages.open is not None:
        yield clause_of(undecided(pipeline.stages.open).about(_QUESTION), pipeline.stages.open.place, _QUESTION)
        return
    within = guard_of(pipeline, inventory)
    actions = positions(pipeline)
    for index in range(len(pipeline.stages.members)):
        yield from _stage(pipeline, index, [one for one in actions if one.stage_index == index], within)
    yield from _works(pipeline, actions, within)


def _stage(pipeline: Pipeline, index: int, actions: list[Position], within: Guard) -> Iterator[Clause]:
    """Sources alone where the stage is the first, none where it is a later one."""
    stage = pipeline.stages.members[index]
    label = f"stage {quoted(stage.value.name, 'without a name')}"
    hidden = stage.value.actions.open
    if hidden is not None:
        yield clause_of(undecided(hidden).about(_QUESTION), hidden.place, _QUESTION)
        return
    earlier = _earlier(pipeline, index, within | stage.guard)

    def has_source(case: Assignment) -> Answer:
        if not _is_first(earlier, case):
            return YES
        return any_holds(_is_source(one) for one in actions if case.allows(one.guard))

    if earlier is not None:
        guards = [*earlier, *(one.guard for one in actions)]
        say = f"{label} is the first and has no source action"
        yield from _clause(pipeline, within | stage.guard, guards, stage.value.place, say, has_source)
    if earlier is None or any(_is_source(one).truth is not Truth.FALSE for one in actions):
        for one in actions:
            yield from _action(pipeline, one, label, earlier, within)


def _action(
    pipeline: Pipeline, one: Position, label: str, earlier: list[Guard] | None, within: Guard
) -> Iterator[Clause]:
    source = _is_source(one)

    def fits(case: Assignment) -> Answer:
        return source if _is_first(earlier, case) else ~source

    action = f"action {quoted(one.action.name, 'without a name')}"
    if source.truth is Truth.TRUE:
        say = f"{action} is a source, but {label} is not the first"
    else:
        say = f"{action} is no source, but {label} is the first"
    yield from _clause(pipeline, within | one.guard, earlier or [], one.action.category.place, say, fits)


def _works(pipeline: Pipeline, actions: tuple[Position, ...], within: Guard) -> Iterator[Clause]:
    """Whether some action is no source."""
    workers = [one for one in actions if _is_source(one).truth is not Truth.TRUE]
    if any(one.guard <= within and _is_source(one).truth is Truth.FALSE for one in workers):
        return
    hidden = [stage.value.actions.open for stage in pipeline.stages.members if stage.value.actions.open is not None]

    def holds(case: Assignment) -> Answer:
        found = (~_is_source(one) for one in workers if case.allows(one.guard))
        return any_holds([NO, *found, *(undecided(unseen) for unseen in hidden)])

    say = f"pipeline {pipeline_label(pipeline)} has no action besides its sources"
    yield from _clause(pipeline, within, [one.guard for one in workers], pipeline.stages.place, say, holds)


def _clause(
    pipeline: Pipeline,
    within: Guard,
    guards: Iterable[Guard],
    place: Place,
    say: str,
    holds: Callable[[Assignment], Answer],
) -> Iterator[Clause]:
    """The clause of what has to hold in every case that allows `within`; none where there is no such case."""
    found = in_every_case(pipeline.conditions, within, guards, place, holds)
    if found is not None:
        yield clause_of(found.answer.about(_QUESTION), place, f"{say} {found.case}".rstrip())


def _earlier(pipeline: Pipeline, index: int, within: Guard) -> list[Guard] | None:
    """What the stages before one need to be there; None where one of them is there whenever this one is."""
    guards = [stage.guard for stage in pipeline.stages.members[:index]]
    return None if any(guard <= within for guard in guards) else guards


def _is_first(earlier: list[Guard] | None, case: Assignment) -> bool:
    return earlier is not None and not any(case.allows(guard) for guard in earlier)


def _is_source(one: Position) -> Answer:
    return told(equals(one.action.category, "Source"), one.action.category)
