"""Whether a pipeline has an artifact store in every region in which it does something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, undecided
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.regions import home_region, same_region
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, ArtifactStore, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Items, Truth, Unknown, Value
from pipecheck.values.record import record, replace
from pipecheck.values.text import spelled


@record
class _Elsewhere:
    """An action that names a region, and `others` of the same one. `there` says whether it is there at all."""

    action: Action
    others: tuple[Action, ...]
    there: Answer


def cross_region_store(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the pipeline's own region, one per region that actions name, one for what is not in view."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    stores = pipeline.artifact_stores
    if not stores.members and stores.open is None:
        return
    yield _home(pipeline)
    for one in _by_region(pipeline):
        yield _elsewhere(one, pipeline)
    for unseen in _hidden(pipeline):
        question = f"whether pipeline {quoted(pipeline.name, pipeline_label(pipeline))} has a store for every region"
        yield clause_of(undecided(unseen).about(f"{question} is not known"), unseen.place, question)


def _home(pipeline: Pipeline) -> Clause:
    name = quoted(pipeline.name, pipeline_label(pipeline))
    home = home_region(pipeline)
    return clause_of(
        _has_store(pipeline.artifact_stores, home, pipeline).about(
            f"whether pipeline {name} has an artifact store for its own region is not known"
        ),
        pipeline.artifact_stores.place,
        f"pipeline {name} has no artifact store for its own region, {quoted(home, 'which is not known')}",
    )


def _elsewhere(one: _Elsewhere, pipeline: Pipeline) -> Clause:
    action = one.action
    name, region = quoted(action.name, "without a name"), quoted(action.region, "another region")
    missing = "for which there is no artifact store"
    if _is_single(pipeline.artifact_stores):
        missing = "but the only artifact store is for the pipeline's own region"
    has = _has_store(pipeline.artifact_stores, action.region, pipeline)
    return clause_of(
        has.about(f"whether there is an artifact store for {region}, where action {name} runs, is not known"),
        action.region.place,
        f"action {name} runs in {region}, {missing}",
        applies=one.there,
        related=tuple(Related(other.region.place, f"action {quoted(other.name, '')} too") for other in one.others),
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
        home = home_region(pipeline)
        return YES if region is home else same_region(region, home)
    return same_region(store.region, region)


def _is_single(stores: Items[ArtifactStore]) -> bool:
    return stores.open is None and all(isinstance(member.value.region, Absent) for member in stores.members)


def _by_region(pipeline: Pipeline) -> Iterator[_Elsewhere]:
    """The actions that name a region, those that surely run in the same one together."""
    found: dict[object, _Elsewhere] = {}
    for stage in pipeline.stages.members:
        for member in stage.value.actions.members:
            action = member.value
            if isinstance(action.region, Absent):
                continue
            there = all_hold([presence(stage, stage.value.place), presence(member, action.place)])
            region = (spelled(action.region) or action.region.place) if there.truth is Truth.TRUE else action.place
            if region in found:
                found[region] = replace(found[region], others=(*found[region].others, action))
            else:
                found[region] = _Elsewhere(action, (), there)
    yield from found.values()


def _hidden(pipeline: Pipeline) -> Iterator[Unknown]:
    if pipeline.stages.open is not None:
        yield pipeline.stages.open
    for stage in pipeline.stages.members:
        if stage.present is not Truth.FALSE and stage.value.actions.open is not None:
            yield stage.value.actions.open
