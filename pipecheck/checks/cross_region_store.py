"""Whether a pipeline has an artifact store in every region in which it does something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, undecided
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.regions import same_region
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, ArtifactStore, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Items, Truth, Unknown, Value, known
from pipecheck.values.record import record


@record
class _Elsewhere:
    """An action that names a region. `there` says whether it is there at all."""

    action: Action
    there: Answer


def cross_region_store(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the pipeline's own region, one per action that names a region, one for what is not in view."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    stores = pipeline.artifact_stores
    if not stores.members and stores.open is None:
        return
    actions = tuple(_with_regions(pipeline))
    yield _home(pipeline)
    for index, one in enumerate(actions):
        yield _elsewhere(one, actions[:index], pipeline)
    for unseen in _hidden(pipeline):
        question = f"whether pipeline {quoted(pipeline.name, pipeline_label(pipeline))} has a store for every region"
        yield clause_of(undecided(unseen).about(f"{question} is not known"), unseen.place, question)


def _home(pipeline: Pipeline) -> Clause:
    name = quoted(pipeline.name, pipeline_label(pipeline))
    return clause_of(
        _has_store(pipeline.artifact_stores, pipeline.region, pipeline).about(
            f"whether pipeline {name} has an artifact store for its own region is not known"
        ),
        pipeline.artifact_stores.place,
        f"pipeline {name} has no artifact store for its own region, {quoted(pipeline.region, 'which is not known')}",
    )


def _elsewhere(one: _Elsewhere, earlier: tuple[_Elsewhere, ...], pipeline: Pipeline) -> Clause:
    action = one.action
    name = quoted(action.name, "without a name")
    region = quoted(action.region, "another region")
    stores = pipeline.artifact_stores
    has = _has_store(stores, action.region, pipeline)
    if has.truth is Truth.UNKNOWN and _is_single(stores) and _contradicts(one, earlier):
        has = Answer(Truth.FALSE, None, has.assumptions)
    missing = "for which there is no artifact store"
    if _is_single(stores):
        missing = "but the only artifact store is for the pipeline's own region"
    return clause_of(
        has.about(f"whether there is an artifact store for {region}, where action {name} runs, is not known"),
        action.region.place,
        f"action {name} runs in {region}, {missing}",
        applies=one.there,
    )


def _has_store(stores: Items[ArtifactStore], region: Value[str], pipeline: Pipeline) -> Answer:
    return any_holds(
        [
            *(
                all_hold([presence(member, member.value.place), _is_for(member.value, region, pipeline)])
                for member in stores.members
            ),
            *([] if stores.open is None else [undecided(stores.open)]),
        ]
    )


def _is_for(store: ArtifactStore, region: Value[str], pipeline: Pipeline) -> Answer:
    if isinstance(store.region, Absent):
        return YES if region is pipeline.region else same_region(region, pipeline.region)
    return same_region(store.region, region)


def _is_single(stores: Items[ArtifactStore]) -> bool:
    return stores.open is None and all(isinstance(member.value.region, Absent) for member in stores.members)


def _contradicts(one: _Elsewhere, earlier: tuple[_Elsewhere, ...]) -> bool:
    """Whether an earlier action runs in another region for sure: then not both can be the pipeline's own."""
    region = known(one.action.region)
    others = {known(other.action.region) for other in earlier if other.there.truth is Truth.TRUE}
    return region is not None and bool(others - {region, None})


def _with_regions(pipeline: Pipeline) -> Iterator[_Elsewhere]:
    for stage in pipeline.stages.members:
        for action in stage.value.actions.members:
            if not isinstance(action.value.region, Absent):
                there = all_hold([presence(stage, stage.value.place), presence(action, action.value.place)])
                yield _Elsewhere(action.value, there)


def _hidden(pipeline: Pipeline) -> Iterator[Unknown]:
    if pipeline.stages.open is not None:
        yield pipeline.stages.open
    for stage in pipeline.stages.members:
        if stage.present is not Truth.FALSE and stage.value.actions.open is not None:
            yield stage.value.actions.open
