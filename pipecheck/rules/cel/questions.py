"""The functions and methods that CEL itself has, on values that may be absent or unknown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pipecheck.rules.cel.evidence import NOWHERE, Evidence
from pipecheck.rules.cel.navigate import undecided_presence
from pipecheck.rules.cel.term import Frame, Logic, Operand, as_values
from pipecheck.rules.cel.types import ListType, Scalar, Type
from pipecheck.values import Absent, Items, Known, Truth, Unknown, Value, agreed, bind, text

_MOST_SIZES = 16

TEXT_METHODS: dict[str, tuple[Callable[[Value[str], str], Truth], Callable[[str, str], bool]]] = {
    "startsWith": (text.starts_with, str.startswith),
    "endsWith": (text.ends_with, str.endswith),
    "contains": (text.contains, str.__contains__),
}
"""Each method as a question about a partly known text, and about a known one."""


def text_question(name: str, operand: Operand, argument: Operand) -> Logic:
    """`operand.startsWith(argument)` and its like."""
    ask_partly, ask_known = TEXT_METHODS[name]
    read, part_of = as_values(operand), as_values(argument)

    def ask_value(value: Value[str], part: str) -> Truth:
        if type(value) is Known:
            return Truth.TRUE if ask_known(value.value, part) else Truth.FALSE
        return ask_partly(value, part)

    if isinstance(argument.constant, str):
        fixed = argument.constant
        return Logic(lambda frame: ask_value(read(frame), fixed), operand.explain)

    def decide(frame: Frame) -> Truth:
        return _for_each(part_of(frame), lambda part: ask_value(read(frame), part))

    return Logic(decide, lambda frame: (*operand.explain(frame), *argument.explain(frame)))


def _for_each(argument: Value[str], answer: Callable[[str], Truth]) -> Truth:
    """The answer for the argument, or what the answers for all it can be agree on; false where it is absent."""
    match argument:
        case Known(part):
            return answer(part)
        case Absent(default=default):
            return answer(default.value) if default is not None and isinstance(default.value, str) else Truth.FALSE
        case Unknown(candidates=candidates):
            return agreed(_for_each(candidate, answer) for candidate in candidates)


def matching(operand: Operand, pattern: re.Pattern[str]) -> Logic:
    """`operand.matches("pattern")`."""
    read = as_values(operand)
    search = pattern.search

    def decide(frame: Frame) -> Truth:
        value = read(frame)
        if type(value) is Known:
            return Truth.FALSE if search(value.value) is None else Truth.TRUE
        return text.matches(value, pattern)

    return Logic(decide, operand.explain)


def size(operand: Operand) -> Operand:
    """How many characters a text or elements a list has."""
    if isinstance(operand.type, ListType):
        count = operand.read
        return Operand(Scalar.INTEGER, True, lambda frame: _count(count(frame)), operand.explain)
    read = as_values(operand)
    return Operand(Scalar.INTEGER, True, lambda frame: bind(_written(read(frame)), _length), operand.explain)


def _length(found: str) -> Value[int]:
    return Known(len(found), NOWHERE)


def _count(items: Items[Any]) -> Value[int]:
    if items.open is not None:
        return Unknown(items.open.reason, items.open.detail, items.place, via=items.open.via)
    certain = sum(member.present is Truth.TRUE for member in items.members)
    possible = sum(member.present is Truth.UNKNOWN for member in items.members)
    if not possible:
        return Known(certain, items.place)
    undecided = undecided_presence(items)
    numbers = range(certain, certain + possible + 1) if possible <= _MOST_SIZES else ()
    candidates = tuple(Known(number, items.place) for number in numbers)
    return Unknown(undecided.reason, undecided.detail, undecided.place, candidates)


def total(operands: tuple[Operand, ...]) -> Operand:
    """`a + b + …` of numbers or texts; absent where one of them is."""
    reads = tuple(as_values(operand) for operand in operands)

    def read(frame: Frame) -> Value[Any]:
        found = _written(reads[0](frame))
        for other in reads[1:]:
            found = _added(found, _written(other(frame)))
        return found

    return Operand(operands[0].type, True, read, _explain_all(operands))


def concatenation(operands: tuple[Operand, ...], type: Type) -> Operand:
    """`a + b + …` of lists, which together have the type."""
    reads = tuple(operand.read for operand in operands)

    def read(frame: Frame) -> Items[Any]:
        lists: list[Items[Any]] = [one(frame) for one in reads]
        members = tuple(member for items in lists for member in items.members)
        return Items(members, lists[0].place, next((items.open for items in lists if items.open is not None), None))

    return Operand(type, False, read, _explain_all(operands))


def _explain_all(operands: tuple[Operand, ...]) -> Callable[[Frame], tuple[Evidence, ...]]:
    return lambda frame: tuple(entry for operand in operands for entry in operand.explain(frame))


def _written(value: Value[Any]) -> Value[Any]:
    """The value, or the documented default that stands in for it."""
    if isinstance(value, Absent) and value.default is not None:
        return Known(value.default.value, value.place)
    return value


def _added(first: Value[Any], second: Value[Any]) -> Value[Any]:
    if isinstance(first, Absent):
        return first
    if isinstance(second, Absent):
        return second
    if isinstance(first, Unknown):
        return _added_to(first, first, second)
    if isinstance(second, Unknown):
        return _added_to(second, first, second)
    place = second.place if first.place == NOWHERE else first.place
    return Known(first.value + second.value, place, tuple(dict.fromkeys((*first.via, *second.via))))


def _added_to(unknown: Unknown, first: Value[Any], second: Value[Any]) -> Value[Any]:
    if unknown.candidates:
        return _added_to_each(first, second, unknown)
    pieces = (*_pieces(first), *_pieces(second)) if unknown.written else ()
    partly = any(isinstance(piece, str) for piece in pieces)
    return Unknown(
        unknown.reason,
        unknown.detail,
        unknown.place,
        written=unknown.written,
        pieces=_merged(pieces) if partly else (),
        via=unknown.via,
    )


def _added_to_each(first: Value[Any], second: Value[Any], unknown: Unknown) -> Unknown:
    if unknown is first:
        sums = tuple(_added(_written(candidate), second) for candidate in unknown.candidates)
    else:
        sums = tuple(_added(first, _written(candidate)) for candidate in unknown.candidates)
    return Unknown(unknown.reason, unknown.detail, unknown.place, sums, unknown.written, via=unknown.via)


def _pieces(value: Value[Any]) -> tuple[str | Unknown, ...]:
    match value:
        case Known(str(known)):
            return (known,) if known else ()
        case Unknown(pieces=()):
            return (value,)
        case Unknown(pieces=pieces):
            return pieces
        case _:
            return ()


def _merged(pieces: tuple[str | Unknown, ...]) -> tuple[str | Unknown, ...]:
    merged: list[str | Unknown] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, str) and isinstance(last, str):
            merged[-1] = last + piece
        else:
            merged.append(piece)
    return tuple(merged)
