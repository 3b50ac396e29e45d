"""Whether production and other environments are deployed to different accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.accounts import Account, same_account
from pipecheck.analysis.answer import NO, Answer, all_hold, undecided
from pipecheck.analysis.cases import guard_of, in_every_case
from pipecheck.analysis.effects import Effect, Work, effects
from pipecheck.analysis.environments import production_settings
from pipecheck.analysis.labels import pipeline_label
from pipecheck.analysis.production import environment
from pipecheck.analysis.runners import account_running
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Truth
from pipecheck.values.record import record


@record
class _Deployment:
    """An effect, whether it is production, and the account that it works in."""

    effect: Effect
    production: Answer
    account: Account


def cross_env_account_separation(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause per deployment to production into the account of another environment, one for the others."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    found = tuple(_deployments(pipeline, inventory, params))
    label = f"pipeline {pipeline_label(pipeline)}"
    question = f"whether {label} keeps production in an account of its own is not known"
    demands = [demand for one in found for demand in _apart(one, found, pipeline, inventory)]
    unseen = pipeline.stages.spread(lambda stage: stage.actions).open
    if demands and unseen is not None:
        demands.append(Demand(undecided(unseen), unseen.place, ""))
    if demands:
        yield from clauses_of(demands, pipeline.place, question)


def _deployments(pipeline: Pipeline, inventory: Inventory, params: Params) -> Iterator[_Deployment]:
    settings = production_settings(params)
    for effect in effects(pipeline):
        if effect.work is Work.DEPLOYS:
            where = environment(effect.position, pipeline, settings)
            account = account_running(effect.position.action, pipeline, inventory)
            yield _Deployment(effect, Answer(where.production, where.cause, where.assumptions), account)


def _apart(
    one: _Deployment, others: tuple[_Deployment, ...], pipeline: Pipeline, inventory: Inventory
) -> Iterator[Demand]:
    """Whether a deployment that is, or may be, production is in another account than each that is, or may be, not."""
    if one.production.truth is Truth.FALSE:
        return
    worst: Demand | None = None
    for other in others:
        if other is one or other.production.truth is Truth.TRUE or not _together(one, other, pipeline, inventory):
            continue
        shared = all_hold([one.production, ~other.production, same_account(one.account, other.account)])
        say = f"{one.effect.label} deploys to production in the account where {other.effect.label} deploys to another"
        related = (Related(other.effect.position.action.name.place, "the other environment"),)
        demand = Demand(~shared, one.effect.position.action.name.place, f"{say} environment", related=related)
        if worst is None or _rank(demand) < _rank(worst):
            worst = demand
    if worst is not None:
        yield worst


def _rank(demand: Demand) -> int:
    return (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE).index(demand.met.truth)


def _together(one: _Deployment, other: _Deployment, pipeline: Pipeline, inventory: Inventory) -> bool:
    """Whether both are there in some case."""
    guard = guard_of(pipeline, inventory) | one.effect.position.guard | other.effect.position.guard
    place = one.effect.position.action.place
    return in_every_case(pipeline.conditions, guard, [], place, lambda _: NO) is not None
