"""The order in which the actions of one pipeline run.

A stage starts after every earlier stage has succeeded; inside a stage, actions of equal run order run side by side
and those of a higher one after them.
https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from enum import Enum

from pipecheck.analysis.answer import Answer, told
from pipecheck.analysis.settled import Settled
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.values import Absent, Guard, Known, Truth, Unknown, Value, truth
from pipecheck.values.record import record

_DEFAULT_RUN_ORDER = 1


@record
class Position:
    """An action in its pipeline. `stage_index` counts the stages in view; `guard` is what stage and action need."""

    stage_index: int
    stage: Stage
    action: Action
    guard: Guard


class Order(Enum):
    """How one action runs relative to another."""

    BEFORE = "before"
    BESIDE = "beside"
    BEHIND = "behind"


def positions(pipeline: Pipeline) -> tuple[Position, ...]:
    """Every action in view, in the order of the definition; what differs between cases is unknown in them."""
    settled = Settled(pipeline.conditions)
    return tuple(
        Position(index, stage.value, settled.action(action.value), stage.guard | action.guard)
        for index, stage in enumerate(pipeline.stages.members)
        for action in stage.value.actions.members
    )


def positions_of(pipeline: Pipeline, inventory: Inventory) -> tuple[Position, ...]:
    """The positions of a pipeline of the inventory, worked out once for all who ask."""
    found = inventory.once(_by_pipeline)
    if id(pipeline) not in found:
        found[id(pipeline)] = _Placed(pipeline, positions(pipeline))
    return found[id(pipeline)].positions


def position_of(action: Action, pipeline: Pipeline, inventory: Inventory) -> Position:
    """Where an action of the pipeline stands."""
    positions_of(pipeline, inventory)
    return inventory.once(_by_pipeline)[id(pipeline)].of(action)


class _Placed:
    """The positions of one pipeline, which it keeps alive, and the same by the place of their action."""

    def __init__(self, pipeline: Pipeline, placed: tuple[Position, ...]) -> None:
        self.pipeline = pipeline
        self.positions = placed
        self._by_place = {one.action.place: one for one in placed}

    def of(self, action: Action) -> Position:
        """The position of one of its actions."""
        return self._by_place[action.place]


def _by_pipeline(inventory: Inventory) -> dict[int, _Placed]:  # noqa: ARG001 - one for each inventory
    return {}


def order(first: Position, second: Position) -> Order | None:
    """How `first` runs relative to `second`; None where their run orders do not say."""
    if first.stage_index != second.stage_index:
        return Order.BEFORE if first.stage_index < second.stage_index else Order.BEHIND
    ones, others = _run_orders(first.action.run_order), _run_orders(second.action.run_order)
    if not ones or not others:
        return None
    if max(ones) < min(others):
        return Order.BEFORE
    if min(ones) > max(others):
        return Order.BEHIND
    return Order.BESIDE if set(ones) == set(others) and len(set(ones)) == 1 else None


def finishes_before(first: Position, second: Position) -> Answer:
    """Whether `first` has surely finished when `second` starts."""
    found = order(first, second)
    certain = Truth.UNKNOWN if found is None else truth(found is Order.BEFORE)
    if first.stage_index != second.stage_index:
        return Answer(certain)
    return told(certain, first.action.run_order, second.action.run_order)


def _run_orders(value: Value[int]) -> tuple[int, ...]:
    """Every run order the value can be; empty where that is not a closed set."""
    match value:
        case Known(number):
            return (number,)
        case Absent():
            return (_DEFAULT_RUN_ORDER,)
        case Unknown(candidates=candidates):
            options = [_run_orders(candidate) for candidate in candidates]
            return tuple(number for option in options for number in option) if all(options) else ()
