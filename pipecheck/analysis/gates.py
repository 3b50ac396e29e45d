"""Which approvals stand before an action, in every case that the conditions of the pipeline allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

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

    @property
    def is_certain(self) -> bool:
        """Whether it stops the action in every case that it is there in."""
        return self.stops.truth is Truth.TRUE and not self.evasions

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


@record
class Gates:
    """The actions of one pipeline that are, or may be, approvals, each with whether it is.

    `accepted` are the providers of stage condition rules that count as gates too.
    """

    pipeline: Pipeline
    accepted: frozenset[str]
    approvals: tuple[tuple[Position, Answer], ...]
    decided: dict[tuple[Guard, frozenset[Guard]], InCases | None] = field(default_factory=dict)
    """What was found for gates that are surely there and stop, by what the action and the gates need."""


def gates_of(pipeline: Pipeline, accepted: frozenset[str]) -> Gates:
    """What a pipeline has of gates. `accepted` are the providers of stage condition rules that count as one."""
    asked = ((position, _approves(position)) for position in positions(pipeline))
    approvals = tuple((position, approves) for position, approves in asked if approves.truth is not Truth.FALSE)
    return Gates(pipeline, accepted, approvals)


def gated(effect: Position, gates: Gates, within: Guard) -> InCases | None:
    """Whether every way to the action crosses a gate; None where no case has the action.

    `within` is what the pipeline itself needs.
    """
    needed = within | effect.guard
    before = [gate for gate in _before(effect, gates) if gate.stops.truth is not Truth.FALSE]
    always = next((gate for gate in before if gate.is_certain and gate.guard <= needed), None)
    if always is not None and not needed:
        return InCases(always.stops)
    weighed = _without_repetition(before)
    hidden = list(_hidden(effect, gates))
    if hidden or not all(gate.is_certain for gate in weighed):
        return _in_cases(effect, gates.pipeline, needed, weighed, hidden)
    key = (needed, frozenset(gate.guard for gate in weighed))
    if key not in gates.decided:
        found = _in_cases(effect, gates.pipeline, needed, weighed, [])
        if found is not None and found.answer.truth is Truth.UNKNOWN:
            return found  # its cause speaks of this action
        gates.decided[key] = found
    return gates.decided[key]


def _in_cases(
    effect: Position,
    pipeline: Pipeline,
    needed: Guard,
    before: Sequence[Gate],
    hidden: Sequence[tuple[Guard, Unknown]],
) -> InCases | None:
    certain = [gate for gate in before if gate.is_certain]

    def holds(case: Assignment) -> Answer:
        for gate in certain:
            if case.allows(gate.guard):
                return gate.stops
        stops = [gate.holds(case) for gate in before if case.allows(gate.guard)]
        unseen = [undecided(unknown) for guard, unknown in hidden if case.allows(guard)]
        return any_holds([*stops, *unseen])

    evasions = [evasion for gate in before for evasion in gate.evasions]
    guards = [*(gate.guard for gate in before), *(guard for guard, _ in (*evasions, *hidden))]
    return in_every_case(pipeline.conditions, needed, guards, effect.action.place, holds)


def _without_repetition(gates: Sequence[Gate]) -> list[Gate]:
    """The gates without those that are there only where another one is that surely stops the action."""
    certain = sorted({gate.guard for gate in gates if gate.is_certain}, key=len)
    least: list[Guard] = []
    for guard in certain:
        if not any(smaller <= guard for smaller in least):
            least.append(guard)
    firsts = {guard: next(gate for gate in gates if gate.is_certain and gate.guard == guard) for guard in least}
    others = [gate for gate in gates if not gate.is_certain and not any(guard <= gate.guard for guard in least)]
    return [*firsts.values(), *others]


def misses(effect: Position, gates: Gates) -> tuple[Miss, ...]:
    """The approvals that run beside the action or after it."""
    return tuple(
        Miss(position.action.name.place, f"approval {quoted(position.action.name, 'without a name')} {where}")
        for position, _ in gates.approvals
        if (where := _stands(position, effect)) is not None
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


def _before(effect: Position, gates: Gates) -> Iterator[Gate]:
    for position, approves in gates.approvals:
        stops = all_hold([finishes_before(position, effect), approves])
        same_stage = position.stage_index == effect.stage_index
        yield Gate(position.guard, stops, () if same_stage else tuple(_evasions(position.stage)))
    if gates.accepted:
        yield from _entry_gates(effect, gates)


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


def _entry_gates(effect: Position, gates: Gates) -> Iterator[Gate]:
    """Conditions before entry that the configuration accepts, of the action's stage and the stages before it."""
    for stage in gates.pipeline.stages.members[: effect.stage_index + 1]:
        for condition in stage.value.before_entry.members:
            yield Gate(stage.guard | condition.guard, _blocks(condition.value, gates.accepted))


def _blocks(condition: StageCondition, accepted: frozenset[str]) -> Answer:
    """Whether a condition holds the stage: all its rules must be met, so one that is accepted is enough."""
    rules = [
        told(member.present & ask(member.value.provider, lambda name: name in accepted), member.value.provider)
        for member in condition.rules.members
    ]
    if condition.rules.open is not None:
        rules.append(undecided(condition.rules.open))
    return all_hold([told(equals(condition.result, "FAIL"), condition.result), any_holds(rules)])


def _hidden(effect: Position, gates: Gates) -> Iterator[tuple[Guard, Unknown]]:
    """The collections before the action that may hold a gate we cannot see."""
    pipeline = gates.pipeline
    if pipeline.stages.open is not None:
        yield ALWAYS, pipeline.stages.open
    for stage in pipeline.stages.members[: effect.stage_index + 1]:
        if stage.value.actions.open is not None:
            yield stage.guard, stage.value.actions.open
        if gates.accepted and stage.value.before_entry.open is not None:
            yield stage.guard, stage.value.before_entry.open
