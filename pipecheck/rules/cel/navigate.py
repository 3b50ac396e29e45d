"""Reading fields, keys and elements of values that may be absent or unknown."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from pipecheck.model.settings import Settings
from pipecheck.rules.cel.evidence import NOWHERE, Evidence, evidence_of, steps_of
from pipecheck.rules.cel.term import Explain, Frame, Operand, Read, as_values
from pipecheck.rules.cel.types import ListType, ObjectType, Scalar, SettingsType, Slot
from pipecheck.values import Absent, Items, Known, Reason, Truth, Unknown, Value, any_of, exists, some


def field(parent: Operand, name: str, slot: Slot) -> Operand:
    """A field of a model object.

    Of an absent object every field is absent, at the object's place, and every list empty. Of an unknown one it
    is unknown, also whether it is written; where the object is one of several, the field is one of theirs.
    """
    get = attrgetter(name)
    if isinstance(slot.type, ListType | SettingsType):
        read = _collection(parent, slot, get)
        return Operand(slot.type, False, read, _explain_collection(parent, read))
    if parent.wrapped:
        read = _through_parent(parent, get if slot.wrapped else lambda found: Known(get(found), found.place))
        return Operand(slot.type, True, read, _explain_path(parent, read))
    read = _of_plain(parent, get)
    return Operand(slot.type, slot.wrapped, read, _explain_path(parent, read) if slot.wrapped else parent.explain)


def _of_plain(parent: Operand, get: Callable[[Any], Any]) -> Read:
    position = parent.variable
    if position is not None:
        return lambda frame: get(frame[position])
    read = parent.read
    return lambda frame: get(read(frame))


def _through_parent(parent: Operand, step: Callable[[Any], Value[Any]]) -> Read:
    read = parent.read

    def value(frame: Frame) -> Value[Any]:
        found = read(frame)
        return step(found.value) if type(found) is Known else through(found, step)

    return value


def _collection(parent: Operand, slot: Slot, get: Callable[[Any], Any]) -> Read:
    if not parent.wrapped:
        return _of_plain(parent, get)
    read = parent.read
    is_list = isinstance(slot.type, ListType)

    def value(frame: Frame) -> Items[Any] | Settings:
        match read(frame):
            case Known(found):
                inside: Items[Any] | Settings = get(found)
                return inside
            case Absent(place):
                return Items((), place) if is_list else Settings({}, place)
            case unknown:
                missing = hidden(unknown)
                return Items((), missing.place, missing) if is_list else Settings({}, missing.place, missing)

    return value


def _explain_path(parent: Operand, read: Read) -> Explain:
    """The last value of a path decides; what its parents came through comes with it."""
    return lambda frame: evidence_of(read(frame), steps_of(parent.explain(frame)))


def _explain_collection(parent: Operand, read: Read) -> Explain:
    def explain(frame: Frame) -> tuple[Evidence, ...]:
        found = read(frame)
        return (Evidence(found.place, found.open, steps_of(parent.explain(frame))),)

    return explain


def through(value: Value[Any], step: Callable[[Any], Value[Any]]) -> Value[Any]:
    """The value that `step` reads from something that may be absent or unknown."""
    match value:
        case Known(found):
            return step(found)
        case Absent(place):
            return Absent(place)
        case Unknown(candidates=candidates):
            reached = tuple(through(candidate, step) for candidate in candidates)
            return hidden(value, reached)


def hidden(value: Unknown, candidates: tuple[Value[Any], ...] = ()) -> Unknown:
    """The unknown that hides something inside an unknown; not even whether it is written can be seen."""
    return Unknown(value.reason, value.detail, value.place, candidates, written=False, via=value.via)


def setting(parent: Operand, key: Operand) -> Operand:
    """The text under a key of settings."""
    read, key_of = parent.read, as_values(key)
    fixed = key.constant

    def value(frame: Frame) -> Value[str]:
        settings: Settings = read(frame)
        return settings.get(fixed) if isinstance(fixed, str) else through(key_of(frame), settings.get)

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        return (*evidence_of(value(frame), steps_of(parent.explain(frame))), *key.explain(frame))

    return Operand(Scalar.TEXT, True, value, explain)


def element(parent: Operand, slot: Slot, index: Operand) -> Operand:
    """One element of a list; absent where the list certainly ends before it."""
    read, index_of = parent.read, as_values(index)

    def value(frame: Frame) -> Value[Any]:
        items: Items[Any] = read(frame)
        return through(index_of(frame), lambda number: _at(items, number, slot))

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        found, around = value(frame), parent.explain(frame)
        why = around if isinstance(found, Unknown) else ()
        return (*evidence_of(found, steps_of(around)), *why, *index.explain(frame))

    return Operand(slot.type, True, value, explain)


def _at(items: Items[Any], number: int, slot: Slot) -> Value[Any]:
    if items.open is not None:
        return hidden(items.open)
    before = 0
    for member in items.members:
        if member.present is Truth.UNKNOWN:
            return undecided_presence(items)
        if member.present is Truth.TRUE:
            if before == number:
                return member_value(slot, member.value)
            before += 1
    return Absent(items.place)


def member_value(slot: Slot, found: Any) -> Value[Any]:
    """A member of a list as a Known, Absent or Unknown."""
    if slot.wrapped:
        value: Value[Any] = found
        return value
    return Known(found, found.place if isinstance(slot.type, ObjectType) else NOWHERE)


def undecided_presence(items: Items[Any]) -> Unknown:
    """The unknown that stands for what depends on which members a list has."""
    detail = "a condition that is not decided says which elements the list has"
    return Unknown(Reason.CONDITION_UNDECIDED, detail, items.place, written=False)


def presence(operand: Operand) -> Callable[[Frame], Truth]:
    """Whether what a path leads to is written; of a list or settings, whether anything stands in them."""
    read = operand.read
    if operand.wrapped:
        return lambda frame: exists(read(frame))
    match operand.type:
        case ListType():
            return lambda frame: some(read(frame), lambda _: Truth.TRUE)
        case SettingsType():
            return lambda frame: _any_setting(read(frame))
        case _:
            return lambda _: Truth.TRUE


def _any_setting(settings: Settings) -> Truth:
    rest = Truth.FALSE if settings.open is None else Truth.UNKNOWN
    return any_of([*(exists(value) for value in settings.entries.values()), rest])
