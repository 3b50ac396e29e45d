"""Comparisons of values that may be absent or unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from pipecheck.rules.cel.evidence import Evidence, evidence_of
from pipecheck.rules.cel.navigate import member_value
from pipecheck.rules.cel.term import Explain, Frame, Logic, Operand, as_values
from pipecheck.rules.cel.types import Slot
from pipecheck.values import Absent, Known, Truth, Unknown, Value, agreed, any_of, ask, exists, some, text, truth
from pipecheck.values.items import values as item_values

TRUE, FALSE = Truth.TRUE, Truth.FALSE
Decide = Callable[[Frame], Truth]
Holds = Callable[[Any, Any], bool]

_ORDERINGS: dict[str, Holds] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def equality(left: Operand, right: Operand) -> Logic:
    """`left == right`, for two scalars of one type."""
    return Logic(_equality(left, right), _explain_both(left, right))


def inequality(left: Operand, right: Operand) -> Logic:
    """`left != right`: the opposite of equality, hence true of an absent value without a default."""
    equal = _equality(left, right)
    return Logic(lambda frame: ~equal(frame), _explain_both(left, right))


def ordering(sign: str, left: Operand, right: Operand) -> Logic:
    """`left < right` and its like, for two numbers or texts; false of an absent value without a default."""
    holds = _ORDERINGS[sign]
    first, second = as_values(left), as_values(right)
    return Logic(lambda frame: pairwise(first(frame), second(frame), holds), _explain_both(left, right))


def membership(left: Operand, right: Operand, slot: Slot) -> Logic:
    """`left in right`, for a scalar and a list of its type, whose elements stand in `slot`."""
    value, items = as_values(left), right.read

    def decide(frame: Frame) -> Truth:
        sought = value(frame)
        return some(items(frame), lambda member: equal_values(sought, member_value(slot, member)))

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        members = (member_value(slot, member) for member in item_values(items(frame)))
        unknown = (entry for member in members if isinstance(member, Unknown) for entry in evidence_of(member))
        return (*left.explain(frame), *right.explain(frame), *unknown)

    return Logic(decide, explain)


def membership_of_constants(left: Operand, constants: frozenset[Any]) -> Logic:
    """`left in ["a", "b"]`: asked of each value that the left side can be."""
    value = as_values(left)
    return Logic(lambda frame: _one_of(value(frame), constants), left.explain)


def _one_of(value: Value[Any], constants: frozenset[Any]) -> Truth:
    if not isinstance(value, Unknown):
        return ask(value, constants.__contains__)
    if value.candidates:
        return agreed(_one_of(candidate, constants) for candidate in value.candidates)
    texts = text.renderings(value)
    if texts:
        return agreed(truth(one in constants) for one in texts)
    return any_of(equal_values(value, Known(constant, value.place)) for constant in constants)


def _explain_both(left: Operand, right: Operand) -> Explain:
    return lambda frame: (*left.explain(frame), *right.explain(frame))


def _equality(left: Operand, right: Operand) -> Decide:
    if right.constant is not None:
        return _equal_to(left, right.constant)
    if left.constant is not None:
        return _equal_to(right, left.constant)
    first, second = as_values(left), as_values(right)
    return lambda frame: equal_values(first(frame), second(frame))


def _equal_to(operand: Operand, constant: str | int | float | bool) -> Decide:
    read = as_values(operand)
    if isinstance(constant, str):
        wanted = constant

        def same_text(frame: Frame) -> Truth:
            value = read(frame)
            if type(value) is Known:
                return TRUE if value.value == wanted else FALSE
            return text.equals(value, wanted)

        return same_text
    return lambda frame: ask(read(frame), lambda known: bool(known == constant))


def equal_values(left: Value[Any], right: Value[Any]) -> Truth:
    """Whether two scalar values are equal. Two texts that one source writes the same way are."""
    match left, right:
        case Known(known), Known(other):
            return truth(known == other)
        case Known(str(known)), _:
            return text.equals(right, known)
        case _, Known(str(known)):
            return text.equals(left, known)
        case Unknown(), Unknown() if _written_alike(left, right):
            return Truth.TRUE
        case _:
            return pairwise(left, right, operator.eq)


def _written_alike(left: Unknown, right: Unknown) -> bool:
    if left.place.source != right.place.source:
        return False
    certain = exists(left) is Truth.TRUE and exists(right) is Truth.TRUE
    return certain and (spelling := text.spelled(left)) is not None and spelling == text.spelled(right)


def pairwise(left: Value[Any], right: Value[Any], holds: Holds) -> Truth:
    """Whether `holds` is true of two values, asked of each that they can be; false where one is absent."""
    match left:
        case Known(known):
            return ask(right, lambda other: holds(known, other))
        case Absent(default=None):
            return Truth.FALSE
        case Absent(default=default):
            return ask(right, lambda other: holds(default.value, other)) if default is not None else Truth.FALSE
        case Unknown(candidates=candidates):
            if isinstance(right, Absent) and right.default is None:
                return Truth.FALSE
            return agreed(pairwise(candidate, right, holds) for candidate in candidates)
