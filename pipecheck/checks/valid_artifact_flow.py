"""Whether every input artifact of an action has been made when the action starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.cases import InCases, guard_of, in_every_case
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.order import Order, Position, finishes_before, order, position_of, positions_of
from pipecheck.model.conditions import Assignment
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import ALWAYS, Guard, Known, Truth, Unknown, Value
from pipecheck.values.record import record
from pipecheck.values.text import equals, spelled


@record
class _Producer:
    """An action that makes an artifact which is, or may be, the one in question."""

    position: Position
    output: Value[str]
    guard: Guard
    same: Answer
    before: Answer


def valid_artifact_flow(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per input artifact."""
    pipeline = subject.bindings["pipeline"]
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    action = subject.bindings["action"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    places = positions_of(pipeline, inventory)
    consumer = position_of(action, pipeline, inventory)
    within = guard_of(pipeline, inventory) | consumer.guard
    inputs = consumer.action.input_artifacts
    for member in inputs.members:
        producers = tuple(_producers(member.value, consumer, places))
        found = _flows(pipeline, consumer, within | member.guard, producers)
        if found is not None:
            name, user = quoted(member.value, "without a name"), quoted(consumer.action.name, "an action")
            what = f"input artifact {name} of {user}"
            yield clause_of(
                found.answer.about(f"whether {what} is made before it is not known"),
                member.value.place,
                f"{what} {_fault(consumer, producers, found)}",
                related=tuple(_related(consumer, producers)),
            )
    if inputs.open is not None:
        yield clause_of(undecided(inputs.open), inputs.place, "further input artifacts")


def _producers(artifact: Value[str], consumer: Position, places: Iterable[Position]) -> Iterator[_Producer]:
    for position in places:
        for output in position.action.output_artifacts.members:
            name = output.value.name
            if isinstance(artifact, Known) and isinstance(name, Known) and artifact.value != name.value:
                continue
            same = _same(artifact, name)
            if same.truth is not Truth.FALSE:
                guard = position.guard | output.guard
                yield _Producer(position, output.value.name, guard, same, finishes_before(position, consumer))


def _same(artifact: Value[str], output: Value[str]) -> Answer:
    """Whether two names are equal: also two unknown ones that are spelled alike in one definition."""
    name = spelled(artifact)
    if name is not None and name == spelled(output):
        return told(Truth.TRUE, artifact, output)
    match artifact, output:
        case Known(known), _:
            return told(equals(output, known), output, artifact)
        case _, Known(known):
            return told(equals(artifact, known), artifact, output)
        case _:
            return told(Truth.UNKNOWN, artifact, output)


def _flows(pipeline: Pipeline, consumer: Position, within: Guard, producers: tuple[_Producer, ...]) -> InCases | None:
    hidden = tuple(_hidden(pipeline, consumer))

    def holds(case: Assignment) -> Answer:
        made = (all_hold([producer.same, producer.before]) for producer in producers if case.allows(producer.guard))
        unseen = (undecided(unknown) for guard, unknown in hidden if case.allows(guard))
        return any_holds([NO, *made, *unseen])

    guards = [*(producer.guard for producer in producers), *(guard for guard, _ in hidden)]
    return in_every_case(pipeline.conditions, within, guards, consumer.action.place, holds)


def _hidden(pipeline: Pipeline, consumer: Position) -> Iterator[tuple[Guard, Unknown]]:
    """The collections before the action that may hold a producer we cannot see."""
    if pipeline.stages.open is not None:
        yield ALWAYS, pipeline.stages.open
    for stage in pipeline.stages.members[: consumer.stage_index + 1]:
        if stage.value.actions.open is not None:
            yield stage.guard, stage.value.actions.open
        for action in stage.value.actions.members:
            if action.value.output_artifacts.open is not None and action.value is not consumer.action:
                yield stage.guard | action.guard, action.value.output_artifacts.open


def _fault(consumer: Position, producers: tuple[_Producer, ...], found: InCases) -> str:
    if found.case and producers:
        return f"is not made before it {found.case}"
    others = [producer for producer in producers if producer.position is not consumer]
    if not others:
        return "is made by that action itself" if producers else "is made by no action"
    maker = others[0].position
    return f"is made by {quoted(maker.action.name, 'an action')}, which {_when(maker, consumer)}"


def _when(maker: Position, consumer: Position) -> str:
    match order(maker, consumer):
        case Order.BESIDE:
            return "runs at the same time"
        case Order.BEHIND:
            return "runs later"
        case _:
            return "is not there in every case"


def _related(consumer: Position, producers: tuple[_Producer, ...]) -> Iterator[Related]:
    for producer in producers:
        if producer.position is not consumer:
            name = quoted(producer.position.action.name, "an action")
            yield Related(producer.output.place, f"{name} makes it and {_when_it_runs(producer.position, consumer)}")


def _when_it_runs(maker: Position, consumer: Position) -> str:
    return "runs before" if order(maker, consumer) is Order.BEFORE else _when(maker, consumer)
