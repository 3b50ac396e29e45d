"""Whether a manual approval comes before everything that reaches production."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, undecided
from pipecheck.analysis.cases import InCases, guard_of
from pipecheck.analysis.effects import Effect, effects
from pipecheck.analysis.environments import ProductionSettings, is_pipeline, production_settings
from pipecheck.analysis.gates import Gates, gated, gates_of, misses
from pipecheck.analysis.labels import pipeline_label
from pipecheck.analysis.production import Environment, environment
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Place, Reason, Truth, Unknown
from pipecheck.values.record import record, replace


@record
class _Judged:
    """An effect with the environment it works on and whether it is gated."""

    effect: Effect
    environment: Environment
    gated: InCases

    @property
    def place(self) -> Place:
        """The name of the action, which is its narrowest place."""
        return self.effect.position.action.name.place


def approval_before_production(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause per effect; those that cannot be told for a reason they share are one clause."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    settings = production_settings(params)
    meant = _gate_is_meant(pipeline, settings)
    gates = gates_of(pipeline, _accepted(params))
    shared: dict[Unknown, list[_Judged]] = {}
    for entry in _judge(pipeline, inventory, settings, gates):
        clause = _clause(entry, gates, meant)
        cause = _in_common(entry, pipeline) if meant.truth is Truth.TRUE and clause.cause is not None else None
        if cause is None:
            yield clause
        else:
            shared.setdefault(cause, []).append(entry)
    for cause, entries in shared.items():
        yield _shared_clause(cause, entries, pipeline, meant)
    for unseen in (pipeline.stages.open, *(stage.value.actions.open for stage in pipeline.stages.members)):
        if unseen is not None:
            yield clause_of(undecided(unseen), unseen.place, "what else the pipeline does", applies=meant)


def _accepted(params: Params) -> frozenset[str]:
    accepted = params.get("accept_equivalents")
    return frozenset(str(provider) for provider in accepted) if isinstance(accepted, list | tuple) else frozenset()


def _gate_is_meant(pipeline: Pipeline, settings: ProductionSettings) -> Answer:
    """FALSE where the configuration declares continuous deployment."""
    declared = is_pipeline(pipeline, settings.continuous_deployment)
    return Answer(~declared, pipeline.name if isinstance(pipeline.name, Unknown) else None)


def _judge(pipeline: Pipeline, inventory: Inventory, settings: ProductionSettings, gates: Gates) -> Iterator[_Judged]:
    within = guard_of(pipeline, inventory)
    for effect in effects(pipeline):
        found = gated(effect.position, gates, within)
        if found is not None:
            yield _Judged(effect, environment(effect.position, pipeline, settings), found)


def _clause(entry: _Judged, gates: Gates, meant: Answer) -> Clause:
    effect, where = entry.effect, entry.environment
    certain = effect.certain.about(f"whether {effect.label} deploys is not known")
    gate = entry.gated.answer.about(f"whether an approval comes before {effect.label} is not known")
    reaches = Answer(where.production, where.cause, where.assumptions)
    return clause_of(
        gate,
        entry.place,
        _message(entry),
        applies=all_hold([meant, certain, reaches]),
        related=_related(entry, gates),
    )


def _message(entry: _Judged) -> str:
    signal = f" ({entry.environment.signal})" if entry.environment.signal else ""
    case = f" {entry.gated.case}" if entry.gated.case else ""
    return f"{entry.effect.label} reaches production{signal} without an approval before it{case}"


def _related(entry: _Judged, gates: Gates) -> tuple[Related, ...]:
    related = [Related(miss.place, miss.message) for miss in misses(entry.effect.position, gates)]
    place, signal = entry.environment.place, entry.environment.signal
    if place is not None and place != entry.place:
        related.append(Related(place, f"{signal} makes it production"))
    return tuple(related)


def _in_common(entry: _Judged, pipeline: Pipeline) -> Unknown | None:
    """What leaves an effect without a gate undecided, without what tells it from other effects; None if nothing else
    can be left so for the same reason.
    """
    certain, where = entry.effect.certain, entry.environment
    if entry.gated.answer.truth is not Truth.FALSE:
        return None
    if certain.cause is not None and certain.cause.reason is Reason.OPAQUE_ACTION:
        detail = "what is done there is not looked into: it may deploy to production"
        return Unknown(Reason.OPAQUE_ACTION, detail, pipeline.place)
    if certain.truth is Truth.TRUE and where.cause is not None:
        return Unknown(where.cause.reason, where.cause.detail, pipeline.place)
    return None


def _shared_clause(cause: Unknown, entries: list[_Judged], pipeline: Pipeline, meant: Answer) -> Clause:
    """What cannot be told of several effects for one reason, at the first of them."""
    first, *others = entries
    detail = f"no approval comes before {' and '.join(entry.effect.label for entry in entries)}, and {cause.detail}"
    if cause.reason is not Reason.OPAQUE_ACTION:
        line = f'{{pipelines: ["{pipeline_label(pipeline)}"]}}'
        detail += f"; if it is, write production: {line} in pipecheck.yaml, if not, not_production: {line}"
    told = replace(cause, detail=detail, place=first.place)
    related = tuple(Related(entry.place, f"{entry.effect.label} has no approval either") for entry in others)
    return clause_of(NO, first.place, detail, applies=all_hold([meant, undecided(told)]), related=related)
