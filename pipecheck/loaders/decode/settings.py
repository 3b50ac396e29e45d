"""A free mapping of names to texts, such as an action's configuration."""

from __future__ import annotations

import re

from pipecheck.loaders.json_text import json_text
from pipecheck.loaders.node import Node, as_text
from pipecheck.loaders.texts import joined
from pipecheck.model.settings import Settings
from pipecheck.values import Absent, Known, Place, Reason, Unknown, Value

_RUNTIME_VARIABLE = re.compile(r"#\{[^{}]+\}")
_MASKED = "****"


def decode_settings(node: Node, key: str) -> Settings:
    """The mapping under `key`, each value as a text. Variables of the pipeline's run are unknown."""
    match node.get(key):
        case Known(mapping) if isinstance(mapping.raw, dict):
            entries = {name: _setting(mapping, name) for name in mapping.keys}
            return Settings(entries, mapping.place)
        case Known(other):
            return Settings({}, other.place, Unknown(Reason.INVALID_VALUE, "expected a mapping", other.place))
        case Absent(place):
            return Settings({}, place)
        case Unknown() as unknown:
            return Settings({}, unknown.place, unknown)


def _setting(mapping: Node, name: str) -> Value[str]:
    value = mapping.get(name)
    if isinstance(value, Known) and isinstance(value.value.raw, dict | list):
        return runtime(json_text(value.value), value.place)
    text = as_text(value)
    if isinstance(text, Known) and text.value == _MASKED:
        return Unknown(Reason.NOT_RETURNED, f"AWS shows {name} as {_MASKED}", text.place)
    return runtime(text, mapping.place.child(name))


def runtime(text: Value[str], place: Place) -> Value[str]:
    """The text with `#{namespace.variable}` taken for unknown.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
    """
    match text:
        case Known(known) if "#{" in known:
            return joined(_parts(known, place), place)
        case Unknown(pieces=pieces) if any(isinstance(piece, str) and "#{" in piece for piece in pieces):
            parts = [
                part for piece in pieces for part in (_parts(piece, place) if isinstance(piece, str) else [piece])
            ]
            return joined(parts, place)
    return text


def _parts(text: str, place: Place) -> list[Value[str]]:
    parts: list[Value[str]] = []
    start = 0
    for match in _RUNTIME_VARIABLE.finditer(text):
        parts.append(Known(text[start : match.start()], place))
        detail = f"{match.group()} is set when the pipeline runs"
        parts.append(Unknown(Reason.RUNTIME_VARIABLE, detail, place, spelling=match.group()))
        start = match.end()
    return [*parts, Known(text[start:], place)]
