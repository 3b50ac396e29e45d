"""A small model for expressions, built as the real one is: a crate of parts, each with a few properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipecheck.model.settings import Settings
from pipecheck.rules.cel import Condition, Decision, Scope, compile_condition, function_of, object_type
from pipecheck.rules.cel.types import ListType, ParametersType, Scalar, Slot
from pipecheck.values import Absent, Default, Items, Known, Member, Place, Reason, Truth, Unknown, Value

SOURCE = "crate.yaml"
ROOT = Place(SOURCE, ())


@dataclass(frozen=True, slots=True)
class Label:
    text: Value[str]
    place: Place


@dataclass(frozen=True, slots=True)
class Part:
    name: Value[str]
    weight: Value[int]
    fragile: Value[bool]
    label: Value[Label]
    tags: Items[Value[str]]
    place: Place


@dataclass(frozen=True, slots=True)
class Crate:
    name: Value[str]
    weight: Value[int]
    sealed: Value[bool]
    label: Value[Label]
    parts: Items[Part]
    marks: Items[Value[str]]
    settings: Settings
    place: Place


def is_heavy(part: Part) -> Truth:
    """A function for expressions."""
    match part.weight:
        case Known(weight):
            return Truth.TRUE if weight > 100 else Truth.FALSE
        case Absent():
            return Truth.FALSE
        case Unknown():
            return Truth.UNKNOWN


def known(value: Any, *route: str | int, via: tuple[Any, ...] = ()) -> Known[Any]:
    return Known(value, ROOT.child(*route), via)


def absent(*route: str | int, default: object = None) -> Absent:
    stated = None if default is None else Default(default, "https://docs.example/default")
    return Absent(ROOT.child(*route), stated)


def unknown(*route: str | int, **said: Any) -> Unknown:
    return Unknown(Reason.NOT_SCANNED, "it is somewhere else", ROOT.child(*route), **said)


def items(elements: Iterable[Any], *route: str | int, hides: Unknown | None = None) -> Items[Any]:
    members = tuple(e if isinstance(e, Member) else Member(e) for e in elements)
    return Items(members, ROOT.child(*route), hides)


def part(index: int = 0, **fields: Any) -> Part:
    route = ("parts", index)
    given: dict[str, Any] = {
        "name": absent(*route),
        "weight": absent(*route),
        "fragile": absent(*route),
        "label": absent(*route),
        "tags": items((), *route),
        "place": ROOT.child(*route),
    }
    return Part(**{**given, **fields})


def crate(**fields: Any) -> Crate:
    given: dict[str, Any] = {
        "name": absent(),
        "weight": absent(),
        "sealed": absent(),
        "label": absent(),
        "parts": items((), "parts"),
        "marks": items((), "marks"),
        "settings": Settings({}, ROOT.child("settings")),
        "place": ROOT,
    }
    return Crate(**{**given, **fields})


SCOPE = Scope(
    {
        "crate": object_type(Crate),
        "params": ParametersType(
            {
                "limit": Scalar.INTEGER,
                "word": Scalar.TEXT,
                "strict": Scalar.BOOLEAN,
                "words": ListType(Slot(Scalar.TEXT, wrapped=True)),
            }
        ),
    },
    {"is_heavy": function_of(is_heavy)},
)
PARAMS: Mapping[str, object] = {"limit": 10, "word": "pine", "strict": True, "words": ("pine", "oak")}


def condition(text: str) -> Condition:
    return compile_condition(text, SCOPE)


def decide(text: str, subject: Crate | None = None) -> Truth:
    return condition(text).decide(bindings(subject))


def explain(text: str, subject: Crate | None = None) -> Decision:
    return condition(text).explain(bindings(subject))


def bindings(subject: Crate | None = None) -> Mapping[str, object]:
    return {"crate": subject if subject is not None else crate(), "params": PARAMS}
