"""What an expression can be made of: the types of values, read from the type hints of the model."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from pipecheck.model.settings import Settings
from pipecheck.rules.cel.evidence import Decision
from pipecheck.values import Absent, Items, Known, Truth, Unknown
from pipecheck.values.record import record


class Scalar(Enum):
    """A value without parts. `value` is how a message names it."""

    TEXT = "a text"
    INTEGER = "a whole number"
    NUMBER = "a number with a fraction"
    BOOLEAN = "true or false"


@record
class ObjectType:
    """An object of the model, with the fields of its class."""

    cls: type


@record
class SettingsType:
    """A free mapping of names to texts."""


@record
class ListType:
    """A list; the element of `[]` is None and fits every other."""

    element: Slot | None


@record
class ParametersType:
    """The parameters of the rule."""

    fields: Mapping[str, Type]

    def __hash__(self) -> int:
        return hash(tuple(self.fields))


Type: TypeAlias = Scalar | ObjectType | SettingsType | ListType | ParametersType


@record
class Slot:
    """What a variable, field or element holds. `wrapped`: a Known, Absent or Unknown of the type."""

    type: Type
    wrapped: bool


@record
class Function:
    """A named function of the language of rules. `returns` None: it answers with a Truth or a Decision."""

    call: Callable[..., Any]
    parameters: tuple[Slot, ...]
    returns: Slot | None


def object_type(cls: type) -> ObjectType:
    """The type of a variable that holds an object of the model."""
    return ObjectType(cls)


def function_of(call: Callable[..., Any]) -> Function:
    """A Python function for use in expressions, its types taken from its hints.

    It takes model objects and Values; it returns Truth, Decision or a Value. Raises TypeError for other hints.
    """
    hints = typing.get_type_hints(call)
    answer = hints.pop("return")
    parameters = [slot_of(hint) for hint in hints.values()]
    returns = None if answer in (Truth, Decision) else slot_of(answer)
    if None in parameters or (returns is None and answer not in (Truth, Decision)):
        raise TypeError(f"{call.__name__} has types that expressions do not know")
    return Function(call, tuple(slot for slot in parameters if slot is not None), returns)


@cache
def fields_of(cls: type) -> Mapping[str, Slot]:
    """The fields of a model class that expressions can read."""
    names = _members(cls)
    if not names:
        return {}
    hints = typing.get_type_hints(cls)
    slots = {name: slot_of(hints[name]) for name in names}
    return {name: slot for name, slot in slots.items() if slot is not None}


def slot_of(hint: Any) -> Slot | None:
    """What a field with this type hint holds; None where expressions cannot read it."""
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        known = [argument for argument in arguments if typing.get_origin(argument) is Known]
        if len(known) != 1 or {Absent, Unknown} - set(arguments):
            return None
        inner = slot_of(typing.get_args(known[0])[0])
        readable = inner is not None and isinstance(inner.type, Scalar | ObjectType) and not inner.wrapped
        return Slot(inner.type, wrapped=True) if inner is not None and readable else None
    if origin is Items:
        element = slot_of(arguments[0])
        return None if element is None else Slot(ListType(element), wrapped=False)
    plain = _plain(hint)
    return None if plain is None else Slot(plain, wrapped=False)


def _plain(hint: Any) -> Type | None:
    scalars = {str: Scalar.TEXT, int: Scalar.INTEGER, float: Scalar.NUMBER, bool: Scalar.BOOLEAN}
    if hint in scalars:
        return scalars[hint]
    if hint is Settings:
        return SettingsType()
    return ObjectType(hint) if isinstance(hint, type) and "place" in _members(hint) else None


def _members(cls: type) -> tuple[str, ...]:
    """The members of a data class; none of another class. `dataclasses.fields` would make an object of each."""
    members: tuple[str, ...] = getattr(cls, "__match_args__", ())
    return members


def described(type: Type | None) -> str:
    """How a message names a type."""
    match type:
        case Scalar():
            return type.value
        case ObjectType(cls):
            return f"{'an' if cls.__name__[0] in 'AEIOU' else 'a'} {cls.__name__}"
        case SettingsType():
            return "settings"
        case ListType():
            return "a list"
        case ParametersType():
            return "the parameters"
        case None:
            return "nothing"


def compatible(left: Type, right: Type) -> bool:
    """Whether values of the two types can stand for each other."""
    if isinstance(left, ListType) and isinstance(right, ListType):
        if left.element is None or right.element is None:
            return True
        return left.element == right.element
    return left == right
