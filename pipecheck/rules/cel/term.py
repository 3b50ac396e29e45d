"""What the parts of an expression compile to: closures over a frame of variables.

A frame is a list with one place for each variable. Every part has two closures: one that answers, and one that says
on what the answer rests. The second is called only for what fails or is undecided, so that passing costs little.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from pipecheck.rules.cel.evidence import NOWHERE, Evidence, evidence_of
from pipecheck.rules.cel.types import ListType, ObjectType, ParametersType, Scalar, SettingsType, Slot, Type
from pipecheck.values import Items, Known, Member, Reason, Truth, Unknown, Value, ask, truth
from pipecheck.values.record import record

Frame: TypeAlias = list[Any]
Read: TypeAlias = Callable[[Frame], Any]
Explain: TypeAlias = Callable[[Frame], tuple[Evidence, ...]]


@record
class Operand:
    """A part that has a value.

    `read` gives a Known, Absent or Unknown where `wrapped`, else the plain value: a text or number of the rule, a
    model object, Items or Settings. `constant` is the value of a literal, `variable` the place of a plain variable
    in the frame; None for everything else.
    """

    type: Type
    wrapped: bool
    read: Read
    explain: Explain
    constant: str | int | float | bool | None = None
    variable: int | None = None


@record
class Logic:
    """A part that is true, false or unknown."""

    decide: Callable[[Frame], Truth]
    explain: Explain


Term: TypeAlias = Operand | Logic


def nothing(_: Frame) -> tuple[Evidence, ...]:
    """The explanation of what the rule itself states."""
    return ()


def literal(value: str | int | float | bool) -> Operand:
    """A text or number of the rule."""
    kinds = {str: Scalar.TEXT, bool: Scalar.BOOLEAN, int: Scalar.INTEGER, float: Scalar.NUMBER}
    return Operand(kinds[type(value)], False, lambda _: value, nothing, constant=value)


def variable(slot: Slot, position: int) -> Operand:
    """A variable of the frame."""

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        return explained(slot, frame[position])

    if slot.wrapped:
        return Operand(slot.type, True, lambda frame: frame[position], explain)
    return Operand(slot.type, False, lambda frame: frame[position], explain, variable=position)


def explained(slot: Slot, found: Any) -> tuple[Evidence, ...]:
    """The evidence that something found in a slot is."""
    if slot.wrapped:
        return evidence_of(found)
    match slot.type:
        case ObjectType():
            return (Evidence(found.place),)
        case SettingsType() | ListType():
            return () if found.place == NOWHERE else (Evidence(found.place, found.open),)
        case Scalar() | ParametersType():
            return ()


def as_values(operand: Operand) -> Callable[[Frame], Value[Any]]:
    """Reads a scalar or object as a Known, Absent or Unknown, whether or not it is wrapped."""
    if operand.wrapped:
        return operand.read
    if operand.constant is not None:
        known = Known(operand.constant, NOWHERE)
        return lambda _: known
    read = operand.read
    if isinstance(operand.type, ObjectType):
        return lambda frame: Known((found := read(frame)), found.place)
    return lambda frame: Known(read(frame), NOWHERE)


def as_logic(operand: Operand) -> Logic:
    """A boolean as something that is true, false or unknown; false where it is absent without a default."""
    if operand.constant is not None:
        answer = truth(operand.constant is True)
        return Logic(lambda _: answer, nothing)
    read = as_values(operand)
    return Logic(lambda frame: ask(read(frame), lambda value: value is True), operand.explain)


def as_operand(logic: Logic) -> Operand:
    """Something true, false or unknown as a value that can be compared or listed."""
    decide, explain = logic.decide, logic.explain

    def read(frame: Frame) -> Value[bool]:
        answer = decide(frame)
        if answer is not Truth.UNKNOWN:
            return Known(answer is Truth.TRUE, NOWHERE)
        return cause_among(explain(frame))

    return Operand(Scalar.BOOLEAN, True, read, explain)


def cause_among(evidence: tuple[Evidence, ...]) -> Unknown:
    """The first Unknown among the evidence, without what it could be."""
    cause = next((entry.cause for entry in evidence if entry.cause is not None), None)
    if cause is None:
        return Unknown(Reason.CONDITION_UNDECIDED, "what would decide it is not known", NOWHERE)
    return Unknown(cause.reason, cause.detail, cause.place, via=cause.via)


def as_items(elements: list[str]) -> Items[Any]:
    """A list of texts that the rule itself states."""
    return Items(tuple(Member(Known(element, NOWHERE)) for element in elements), NOWHERE)
