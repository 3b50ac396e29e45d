"""Which approvals stand before an action, in every case that the conditions of the pipeline allow."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.cases import InCases, in_every_case
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.order import Order, Position, finishes_before, order, positions
from pipecheck.model.conditions import Assignment
from pipecheck.model.pipeline import Pipeline, Stage
from pipecheck.model.stage_condition import StageCondition
from pipecheck.values import ALWAYS, Guard, Place, Truth, Unknown, ask
from pipecheck.values.record import record
from pipecheck.values.text import equals


@record
class Gate:
    """Something that may hold a pipeline until somebody agrees.

    `stops` says whether it surely does so before the action in question; `guard` is what it needs to be there.
    `evasions` are the ways past it, each with what it needs: the pipeline goes on although the gate did not open.
    """

    guard: Guard
    stops: Answer
    evasions: tuple[tuple[Guard, Answer], ...] = ()

    def holds(self, case: Assignment) -> Answer:
        """Whether it stops the action in this case."""
        if not case.allows(self.guard):
            return NO
        ways = [answer for guard, answer in self.evasions if case.allows(guard)]
        return all_hold([self.stops, ~any_holds(ways)])


@record
class Miss:
    """An approval that does not stand before the action, and how it stands instead, in words."""

    place: Place
    message: str


def gated(effect: Position, pipeline: Pipeline, within: Guard, accepted: frozenset[str]) -> InCases | None:
    """Whether every way to the action crosses a gate; None where no case has the action.

    `within` is what the pipeline itself needs; `accepted` are the providers of stage condition rules that count.
    """
    gates = [gate for gate in _gates(effect, pipeline, accepted) if gate.stops.truth is not Truth.FALSE]
    hidden = list(_hidden(effect, pipeline, accepted))

    def holds(case: Assignment) -> Answer:
        stops = (gate.holds(case) for gate in gates)
        unseen = (undecided(unknown) for guard, unknown in hidden if case.allows(guard))
        return any_holds([*stops, *unseen])

    evasions = [evasion for gate in gates for evasion in gate.evasions]
    guards = [*(gate.guard for gate in gates), *(guard for guard, _ in (*evasions, *hidden))]
    return in_every_case(pipeline.conditions, within | effect.guard, guards, effect.action.place, holds)


def misses(effect: Position, pipeline: Pipeline) -> tuple[Miss, ...]:
    """The approvals that run beside the action or after it."""
    return tuple(
        Miss(position.action.name.place, f"approval {quoted(position.action.name, 'without a name')} {where}")
        for position in positions(pipeline)
        if _approves(position).truth is not Truth.FALSE and (where := _stands(position, effect)) is not None
    )


def _stands(approval: Position, effect: Position) -> str | None:
    match order(approval, effect):
        case Order.BESIDE:
            return "runs at the same time"
        case Order.BEHIND if approval.stage_index == effect.stage_index:
            return "has a higher run order, so it runs later"
        case Order.BEHIND:
            return f"runs later, in stage {quoted(approval.stage.name, 'without a name')}"
        case _:
            return None


def _gates(effect: Position, pipeline: Pipeline, accepted: frozenset[str]) -> Iterator[Gate]:
    for position in positions(pipeline):
        stops = all_hold([finishes_before(position, effect), _approves(position)])
        same_stage = position.stage_index == effect.stage_index
        yield Gate(position.guard, stops, () if same_stage else tuple(_evasions(position.stage)))
    if accepted:
        yield from _entry_gates(effect, pipeline, accepted)


def _approves(position: Position) -> Answer:
    """https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html"""
    action = position.action
    return all_hold(
        [
            told(equals(action.category, "Approval"), action.category),
            told(equals(action.provider, "Manual"), action.provider),
        ]
    )


def _evasions(stage: Stage) -> Iterator[tuple[Guard, Answer]]:
    """Conditions by which the pipeline goes on although the stage did not run, or did not succeed.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html,
    https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_FailureConditions.html
    """
    for slot in (stage.before_entry, stage.on_failure):
        for member in slot.members:
            result = member.value.result
            yield member.guard, told(equals(result, "SKIP"), result)
        if slot.open is not None:
            yield ALWAYS, undecided(slot.open)


def _entry_gates(effect: Position, pipeline: Pipeline, accepted: frozenset[str]) -> Iterator[Gate]:
    """Conditions before entry that the configuration accepts, of the action's stage and the stages before it."""
    for stage in pipeline.stages.members[: effect.stage_index + 1]:
        for condition in stage.value.before_entry.members:
            yield Gate(stage.guard | condition.guard, _blocks(condition.value, accepted))


def _blocks(condition: StageCondition, accepted: frozenset[str]) -> Answer:
    """Whether a condition holds the stage: all its rules must be met, so one that is accepted is enough."""
    rules = [
        told(member.present & ask(member.value.provider, lambda name: name in accepted), member.value.provider)
        for member in condition.rules.members
    ]
    if condition.rules.open is not None:
        rules.append(undecided(condition.rules.open))
    return all_hold([told(equals(condition.result, "FAIL"), condition.result), any_holds(rules)])


def _hidden(effect: Position, pipeline: Pipeline, accepted: frozenset[str]) -> Iterator[tuple[Guard, Unknown]]:
    """The collections before the action that may hold a gate we cannot see."""
    if pipeline.stages.open is not None:
        yield ALWAYS, pipeline.stages.open
    for stage in pipeline.stages.members[: effect.stage_index + 1]:
        if stage.value.actions.open is not None:
            yield stage.guard, stage.value.actions.open
        if accepted and stage.value.before_entry.open is not None:
            yield stage.guard, stage.value.before_entry.open
