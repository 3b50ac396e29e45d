"""Shapes of values in a configuration: each finds what does not fit, with its place, and describes itself to editors.

Nothing written (`ignore:` with no entries) counts as an empty list or mapping. A number counts as a text, because
that is how account ids are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, NoReturn, Protocol, TypeAlias

from pipecheck.engine.config.configuration import Configuration
from pipecheck.rules.nearest import did_you_mean
from pipecheck.values import Route
from pipecheck.values.record import record

Schema: TypeAlias = dict[str, Any]


@record
class Written:
    """A value of a configuration, and the route to it."""

    value: object
    configuration: Configuration
    route: Route = ()

    def child(self, step: str | int) -> Written:
        """The entry of a mapping or list."""
        value: Any = self.value
        return Written(value[step], self.configuration, (*self.route, step))

    def refuse(self, expected: str, help: tuple[str, ...] = ()) -> NoReturn:
        """Raises the error that this is not what was expected."""
        message = f"{self.name}expected {expected}, found {shown(self.value)}"
        raise self.configuration.error(message, *self.route, help=help)

    def refuse_key(self, message: str, help: tuple[str, ...] = ()) -> NoReturn:
        """Raises an error about the key that holds this."""
        raise self.configuration.error(message, *self.route, key=True, help=help)

    @property
    def name(self) -> str:
        """Where it stands, as a message begins with it."""
        return f"{dotted(self.route)}: " if self.route else ""


class Shape(Protocol):
    """What a value must look like."""

    def check(self, written: Written) -> None:
        """Raises ConfigurationError where the value does not fit."""

    def schema(self) -> Schema:
        """The same as JSON Schema, draft 2020-12."""


@record
class Key:
    """A key of a mapping: what it holds, what it is for and, as JSON, what holds without it."""

    shape: Shape
    description: str
    default: object = None


@record
class Text:
    """A text. `problem` says what is wrong with one, None where nothing is; `also` is what the schema adds."""

    expected: str = "a text"
    problem: Callable[[str], str | None] | None = None
    also: Mapping[str, Any] = field(default_factory=dict)

    def check(self, written: Written) -> None:
        if not is_text(written.value):
            written.refuse(self.expected)
        wrong = self.problem(str(written.value)) if self.problem is not None else None
        if wrong is not None:
            written.refuse(self.expected, (wrong,))

    def schema(self) -> Schema:
        return {"type": ["string", "integer"], **self.also}


@record
class Choice:
    """One of some texts."""

    values: tuple[str, ...]

    def check(self, written: Written) -> None:
        if not isinstance(written.value, str) or written.value not in self.values:
            written.refuse(f"one of {', '.join(self.values)}", _nearest_alone(written.value, self.values))

    def schema(self) -> Schema:
        return {"enum": list(self.values)}


@record
class Flag:
    """True or false."""

    def check(self, written: Written) -> None:
        if not isinstance(written.value, bool):
            written.refuse("true or false")

    def schema(self) -> Schema:
        return {"type": "boolean"}


@record
class Date:
    """A day, as YYYY-MM-DD."""

    def check(self, written: Written) -> None:
        if as_date(written.value) is None:
            written.refuse("a date as YYYY-MM-DD")

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@record
class Texts:
    """A list of texts, or one alone."""

    of: Shape

    def check(self, written: Written) -> None:
        if isinstance(written.value, list):
            for index in range(len(written.value)):
                self.of.check(written.child(index))
        elif written.value is not None:
            self.of.check(written)

    def schema(self) -> Schema:
        one = self.of.schema()
        return {"anyOf": [one, {"type": ["array", "null"], "items": one}]}


@record
class Entries:
    """A list of things of one shape."""

    of: Shape

    def check(self, written: Written) -> None:
        if written.value is None:
            return
        if not isinstance(written.value, list):
            written.refuse("a list")
        for index in range(len(written.value)):
            self.of.check(written.child(index))

    def schema(self) -> Schema:
        return {"type": ["array", "null"], "items": self.of.schema()}


@record
class Keys:
    """A mapping with known keys."""

    keys: Mapping[str, Key]
    required: tuple[str, ...] = ()
    optional: bool = True

    def check(self, written: Written) -> None:
        found = written.value
        if found is None and self.optional:
            found = {}
        if not isinstance(found, dict):
            written.refuse("a mapping")
        for name in found:
            if name not in self.keys:
                written.child(name).refuse_key(f"unknown key {name}", did_you_mean(name, self.keys))
            self.keys[name].shape.check(written.child(name))
        for name in self.required:
            if name not in found:
                written.refuse_key(f"{written.name}{name} is missing")

    def schema(self) -> Schema:
        properties = {}
        for name, key in self.keys.items():
            properties[name] = {"description": key.description, **key.shape.schema()}
            if key.default is not None:
                properties[name]["default"] = key.default
        kinds = ["object", "null"] if self.optional else "object"
        made: Schema = {"type": kinds, "additionalProperties": False, "properties": properties}
        return made | ({"required": list(self.required)} if self.required else {})


@record
class Named:
    """A mapping from names of one's own, or ids of rules, to things of one shape."""

    of: Shape | None

    def check(self, written: Written) -> None:
        if written.value is None:
            return
        if not isinstance(written.value, dict):
            written.refuse("a mapping")
        if self.of is not None:
            for name in written.value:
                self.of.check(written.child(name))

    def schema(self) -> Schema:
        made: Schema = {"type": ["object", "null"]}
        return made if self.of is None else made | {"additionalProperties": self.of.schema()}


@record
class Defined:
    """A shape that the schema describes under `$defs`, because it depends on the rules."""

    of: Shape
    name: str

    def check(self, written: Written) -> None:
        self.of.check(written)

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.name}"}


@record
class TextOr:
    """A text, or a mapping that says more."""

    text: Text
    keys: Keys

    def check(self, written: Written) -> None:
        if isinstance(written.value, dict):
            self.keys.check(written)
        elif is_text(written.value):
            self.text.check(written)
        else:
            written.refuse(f"{self.text.expected} or a mapping")

    def schema(self) -> Schema:
        return {"anyOf": [self.text.schema(), self.keys.schema()]}


def is_text(value: object) -> bool:
    """Whether a value is a text, or a whole number that counts as one."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def as_date(value: object) -> Any:
    """The day that a text names, or that a TOML date is; None for anything else."""
    from datetime import date, datetime  # noqa: PLC0415 - only where a configuration has dates

    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def shown(value: object) -> str:
    """A value as a message names it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return repr(value)
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return str(value) if hasattr(value, "isoformat") else "a value with a tag"


def dotted(route: Route) -> str:
    """A route as it is written: `production.stacks[1]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in route).lstrip(".")


def _nearest_alone(value: object, known: tuple[str, ...]) -> tuple[str, ...]:
    """The value most like the one that was found; the message names all of them already."""
    from pipecheck.rules.nearest import nearest  # noqa: PLC0415 - only for a mistake

    found = nearest(value, known) if isinstance(value, str) else None
    return () if found is None else (f"did you mean {found}?",)
