"""A pipeline as one would draw it: stages, actions by run order, artifacts, gates, and what reaches production."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from pipecheck.analysis.answer import told
from pipecheck.analysis.cases import guard_of
from pipecheck.analysis.effects import Effect, effects
from pipecheck.analysis.environments import ProductionSettings
from pipecheck.analysis.gates import gated, gates_of
from pipecheck.analysis.labels import pipeline_label
from pipecheck.analysis.order import Position, positions
from pipecheck.analysis.production import environment
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.model.stage_condition import StageCondition
from pipecheck.values import Absent, Items, Known, Place, Truth, Unknown, Value, known
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import equals, spelled

UNNAMED = "?"


class Reach(Enum):
    """Whether what an action does reaches production without a gate before it."""

    GATED = "gated"
    NOT_GATED = "not gated"
    CANNOT_TELL = "cannot tell"
    ELSEWHERE = "not production"


@record
class DrawnAction:
    """One action. `gate` says that a person must agree here; `reach` is None where it changes no environment.

    `note` says what makes it production, or in which case it is not gated; "" where there is nothing to say.
    `conditional` says that a condition decides whether it is there.
    """

    name: str
    category: str
    provider: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    gate: bool
    reach: Reach | None
    note: str
    conditional: bool


@record
class DrawnStage:
    """One stage. `rows` are its actions by run order: those of one row run side by side.

    `conditions` are in words what is asked before entry, on success and on failure; `disabled` is the reason given
    for closing the way into it, None where it is open. `complete` says that no action is hidden from us.
    """

    name: str
    rows: tuple[tuple[DrawnAction, ...], ...]
    conditions: tuple[str, ...]
    disabled: str | None
    conditional: bool
    complete: bool


@record
class Diagram:
    """One pipeline. `complete` says that no stage is hidden from us."""

    name: str
    source: str
    stages: tuple[DrawnStage, ...]
    complete: bool

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """How each action that changes an environment reaches production, in the order of the definition."""
        return tuple(
            action.reach for stage in self.stages for row in stage.rows for action in row if action.reach is not None
        )


def diagram(
    pipeline: Pipeline, inventory: Inventory, settings: ProductionSettings, accepted: frozenset[str]
) -> Diagram:
    """The drawing of a pipeline. `accepted` are the providers of stage condition rules that count as a gate."""
    within = guard_of(pipeline, inventory)
    reached: dict[Place, tuple[Reach, str]] = {}
    gates = gates_of(pipeline, accepted)
    for effect in effects(pipeline):
        found = gated(effect.position, gates, within)
        if found is not None:
            reached[effect.position.action.place] = _reach(effect, pipeline, settings, found.answer.truth, found.case)
    actions = positions(pipeline)
    stages = tuple(
        _stage(
            stage.value, [one for one in actions if one.stage_index == index], reached, pipeline, bool(stage.guard)
        )
        for index, stage in enumerate(pipeline.stages.members)
    )
    return Diagram(pipeline_label(pipeline), pipeline.place.source, stages, pipeline.stages.open is None)


def _reach(
    effect: Effect, pipeline: Pipeline, settings: ProductionSettings, gate: Truth, case: str
) -> tuple[Reach, str]:
    where = environment(effect.position, pipeline, settings)
    applies = where.production & effect.certain.truth
    if applies is Truth.FALSE:
        return Reach.ELSEWHERE, where.signal or ""
    if gate is Truth.TRUE:
        return Reach.GATED, where.signal or ""
    if gate is Truth.FALSE and applies is Truth.TRUE:
        return Reach.NOT_GATED, f"{where.signal or ''} {case}".strip()
    cause = where.cause or effect.certain.cause
    return Reach.CANNOT_TELL, where.signal or (cause.detail if cause is not None else "")


def _stage(
    stage: Stage,
    actions: list[Position],
    reached: dict[Place, tuple[Reach, str]],
    pipeline: Pipeline,
    conditional: bool,
) -> DrawnStage:
    rows: dict[int, list[DrawnAction]] = {}
    for position in actions:
        reach, note = reached.get(position.action.place, (None, ""))
        rows.setdefault(_run_order(position.action), []).append(_action(position, reach, note))
    return DrawnStage(
        name=_written(stage.name),
        rows=tuple(tuple(rows[order]) for order in sorted(rows)),
        conditions=tuple(_conditions(stage)),
        disabled=_disabled(stage, pipeline),
        conditional=conditional,
        complete=stage.actions.open is None,
    )


def _action(position: Position, reach: Reach | None, note: str) -> DrawnAction:
    action = position.action
    approves = told(equals(action.category, "Approval") & equals(action.provider, "Manual"), action.category)
    return DrawnAction(
        name=_written(action.name),
        category=_written(action.category),
        provider=_written(action.provider),
        inputs=tuple(_names(action.input_artifacts)),
        outputs=tuple(_written(output.name) for output in values(action.output_artifacts)),
        gate=approves.truth is Truth.TRUE,
        reach=reach,
        note=note,
        conditional=bool(position.guard),
    )


def _run_order(action: Action) -> int:
    """Where in its stage an action is drawn: first where its run order is absent or not known."""
    return action.run_order.value if isinstance(action.run_order, Known) else 1


def _conditions(stage: Stage) -> Iterator[str]:
    slots = (("before entry", stage.before_entry), ("on success", stage.on_success), ("on failure", stage.on_failure))
    for slot, conditions in slots:
        for condition in values(conditions):
            yield f"{slot}: {_condition(condition)}"
    if not isinstance(stage.failure_result, Absent):
        yield f"on failure: {_written(stage.failure_result)}"


def _condition(condition: StageCondition) -> str:
    rules = ", ".join(_written(rule.provider) for rule in values(condition.rules))
    return f"{rules or 'no rule'}, else {_written(condition.result)}"


def _disabled(stage: Stage, pipeline: Pipeline) -> str | None:
    name = known(stage.name)
    for transition in values(pipeline.disabled_transitions):
        if name is not None and known(transition.stage) == name:
            return _written(transition.reason)
    return None


def _names(items: Items[Value[str]]) -> Iterable[str]:
    return (_written(name) for name in values(items))


def _written(value: Value[str]) -> str:
    match value:
        case Known(text):
            return text
        case Unknown():
            return spelled(value) or UNNAMED
        case _:
            return UNNAMED
