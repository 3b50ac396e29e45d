"""The parameters of a rule: declared in its file, given by its examples and by the configuration."""

from __future__ import annotations

import re

from pipecheck.rules.fields import Fields, shown_type
from pipecheck.rules.rule import Parameter

TYPES = {"string": "a text", "integer": "a whole number", "boolean": "true or false", "list": "a list of texts"}
"""The types of parameters, and how a message names a value of each."""


def read_parameters(fields: Fields) -> tuple[Parameter, ...]:
    """What stands under `params`. Raises RuleFileError."""
    return tuple(_parameter(fields, name) for name in fields.entries)


def _parameter(fields: Fields, name: str) -> Parameter:
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None:
        raise fields.error(f"{name!r} is no name of a parameter", name, help=("write it like_this",), key=True)
    entry = fields.mapping(name)
    entry.check(("type", "default", "description"), ("values",))
    kind = entry.one_of("type", TYPES)
    allowed = entry.texts("values")
    if allowed and kind not in ("string", "list"):
        raise entry.error("values is for texts and lists", "values", key=True)
    made = Parameter(name, kind, None, entry.text("description").strip(), allowed)
    return Parameter(name, kind, read_argument(entry, "default", made), made.description, allowed)


def read_argument(fields: Fields, name: str, parameter: Parameter) -> object:
    """The value under `name`, which must be one that the parameter takes; a list becomes a tuple."""
    found = fields.entries[name]
    if not is_of_type(parameter.type, found):
        expected = TYPES[parameter.type]
        raise fields.error(f"{name}: expected {expected}, found {shown_type(found)}", name)
    texts = found if isinstance(found, list) else [found]
    for text in texts if parameter.values else ():
        if text not in parameter.values:
            raise fields.error(f"{name}: expected one of {', '.join(parameter.values)}, found {text!r}", name)
    return tuple(found) if isinstance(found, list) else found


def is_of_type(kind: str, found: object) -> bool:
    """Whether a value is of one of the types of parameters."""
    match kind:
        case "string":
            return isinstance(found, str)
        case "integer":
            return isinstance(found, int) and not isinstance(found, bool)
        case "boolean":
            return isinstance(found, bool)
        case _:
            return isinstance(found, list | tuple) and all(isinstance(entry, str) for entry in found)
