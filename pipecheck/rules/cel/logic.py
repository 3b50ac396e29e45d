"""And, or, not and the conditional in strong Kleene logic, each with what decided it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipecheck.rules.cel.evidence import Evidence, settled
from pipecheck.rules.cel.term import Frame, Logic, Operand, as_values, cause_among
from pipecheck.rules.cel.types import ListType, Type
from pipecheck.values import Items, Member, Truth, Unknown, Value, agreed

UNKNOWN = Truth.UNKNOWN


def conjunction(operands: tuple[Logic, ...]) -> Logic:
    """`a && b && …`. The first false operand decides, else the first undecided one, else all of them."""
    return _joined(operands, Truth.FALSE, Truth.TRUE)


def disjunction(operands: tuple[Logic, ...]) -> Logic:
    """`a || b || …`. The first true operand decides, else the first undecided one, else all of them."""
    return _joined(operands, Truth.TRUE, Truth.FALSE)


def _joined(operands: tuple[Logic, ...], decisive: Truth, neutral: Truth) -> Logic:
    decisions = tuple(operand.decide for operand in operands)

    def decide(frame: Frame) -> Truth:
        answer = neutral
        for decision in decisions:
            found = decision(frame)
            if found is decisive:
                return decisive
            if found is UNKNOWN:
                answer = found
        return answer

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        answers = [decision(frame) for decision in decisions]
        for sought in (decisive, Truth.UNKNOWN):
            if sought in answers:
                return operands[answers.index(sought)].explain(frame)
        return tuple(entry for operand in operands for entry in operand.explain(frame))

    return Logic(decide, explain)


def negation(operand: Logic) -> Logic:
    """`!a`."""
    decide = operand.decide
    return Logic(lambda frame: ~decide(frame), operand.explain)


def chosen_logic(condition: Logic, positive: Logic, negative: Logic) -> Logic:
    """`condition ? a : b` of booleans; where the condition is undecided, what both agree on."""
    decide = condition.decide
    first, second = positive.decide, negative.decide

    def choose(frame: Frame) -> Truth:
        answer = decide(frame)
        if answer is Truth.UNKNOWN:
            return agreed((first(frame), second(frame)))
        return first(frame) if answer is Truth.TRUE else second(frame)

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        answer = decide(frame)
        if answer is not Truth.UNKNOWN:
            branch = positive if answer is Truth.TRUE else negative
            return (*branch.explain(frame), *settled(condition.explain(frame)))
        branches = (*positive.explain(frame), *negative.explain(frame))
        return (*condition.explain(frame), *branches) if choose(frame) is Truth.UNKNOWN else settled(branches)

    return Logic(choose, explain)


def chosen_value(condition: Logic, positive: Operand, negative: Operand, type: Type) -> Operand:
    """`condition ? a : b` of values of one type; where the condition is undecided, one of both."""
    decide = condition.decide
    if isinstance(type, ListType):
        merge: Callable[[Any, Any, Unknown], Any] = _either_list
        first, second, wrapped = positive.read, negative.read, False
    else:
        merge = _either_value
        first, second, wrapped = as_values(positive), as_values(negative), True

    def read(frame: Frame) -> Any:
        answer = decide(frame)
        if answer is Truth.UNKNOWN:
            return merge(first(frame), second(frame), cause_among(condition.explain(frame)))
        return first(frame) if answer is Truth.TRUE else second(frame)

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        answer = decide(frame)
        if answer is Truth.UNKNOWN:
            return (*condition.explain(frame), *positive.explain(frame), *negative.explain(frame))
        branch = positive if answer is Truth.TRUE else negative
        return (*branch.explain(frame), *settled(condition.explain(frame)))

    return Operand(type, wrapped, read, explain)


def _either_value(first: Value[Any], second: Value[Any], cause: Unknown) -> Value[Any]:
    return Unknown(cause.reason, cause.detail, cause.place, (first, second), via=cause.via)


def _either_list(first: Items[Any], second: Items[Any], cause: Unknown) -> Items[Any]:
    """Every member of both may be there, and nothing else, so that the list is not open for that reason."""
    members = (
        Member(member.value, member.guard, member.present & Truth.UNKNOWN)
        for items in (first, second)
        for member in items.members
    )
    return Items(tuple(members), cause.place, first.open or second.open)
