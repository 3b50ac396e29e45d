"""The JSON text of a tree of nodes, in which unresolved parts stay unknown."""

from __future__ import annotations

import json

from pipecheck.loaders.node import Node, as_text
from pipecheck.loaders.texts import joined
from pipecheck.values import Absent, Known, Place, Reason, Truth, Unknown, Value
from pipecheck.values.record import replace


def json_text(node: Node) -> Value[str]:
    """A mapping or list as the JSON text that CloudFormation makes of it; unknown parts stay unknown."""
    parts: list[Value[str]] = []
    if isinstance(node.raw, dict):
        opening, closing = "{", "}"
        for name in node.keys:
            parts.append(Known(("," if parts else "") + json.dumps(name) + ":", node.place))
            parts.append(_element(node.get(name), node.place))
    else:
        opening, closing = "[", "]"
        for member in node.elements().members:
            if member.present is Truth.UNKNOWN:
                return Unknown(Reason.CONDITION_UNDECIDED, "elements of the list depend on conditions", node.place)
            if member.present is Truth.TRUE:
                parts.append(Known("," if parts else "", node.place))
                parts.append(_element(Known(member.value, member.value.place, member.value.via), node.place))
    return joined([Known(opening, node.place), *parts, Known(closing, node.place)], node.place)


def _element(value: Value[Node], place: Place) -> Value[str]:
    match value:
        case Known(node) if isinstance(node.raw, dict | list):
            return json_text(node)
        case Known(node) if isinstance(node.raw, str):
            return Known(json.dumps(node.raw, ensure_ascii=False), place, value.via)
        case Absent():
            return Known("null", place)
        case _:
            pass
    text = as_text(value)
    if isinstance(text, Unknown):
        return joined([Known('"', place), _escaped(text), Known('"', place)], place)
    return text


def _escaped(text: Unknown) -> Unknown:
    """A text of which parts are known as it stands between quotes."""
    pieces = tuple(
        json.dumps(piece, ensure_ascii=False)[1:-1] if isinstance(piece, str) else piece for piece in text.pieces
    )
    return replace(text, pieces=pieces)
