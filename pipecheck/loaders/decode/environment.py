"""Environment variables, as a list of mappings or as the JSON text of an action's configuration."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.loaders.texts import joined
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.values import Absent, Default, Items, Known, Member, Place, Reason, Unknown, Value

PLAINTEXT = Default(
    "PLAINTEXT", "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html"
)
_MARK = "\ue000"


def decode_variables(node: Node, key: str, names: Names) -> Items[EnvironmentVariable]:
    """The variables listed under `key`."""
    return node.items(key).each(lambda variable: _listed(variable, names))


def _listed(node: Node, names: Names) -> EnvironmentVariable:
    kind = node.text(names["variable.type"])
    return EnvironmentVariable(
        name=node.text(names["variable.name"]),
        value=node.text(names["variable.value"]),
        type=Absent(kind.place, PLAINTEXT) if isinstance(kind, Absent) else kind,
        place=node.head,
    )


def decode_written_variables(text: Value[str], place: Place) -> Items[EnvironmentVariable]:
    """The variables in the JSON text of a CodeBuild action, all at the place of the text.

    `[{"name": "A", "value": "1", "type": "PLAINTEXT"}]`, see
    https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
    """
    match text:
        case Absent():
            return Items((), place)
        case Known(known):
            return _parsed(known, (), text.place)
        case Unknown(pieces=()):
            return Items((), text.place, text)
        case Unknown(pieces=pieces):
            holes = [piece for piece in pieces if isinstance(piece, Unknown)]
            numbered = iter(range(len(holes)))
            marked = "".join(
                piece if isinstance(piece, str) else f"{_MARK}{next(numbered)}{_MARK}" for piece in pieces
            )
            return _parsed(marked, holes, text.place)


def _parsed(text: str, holes: Sequence[Unknown], place: Place) -> Items[EnvironmentVariable]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        detail = "the environment variables are not a JSON list"
        return Items((), place, Unknown(Reason.INVALID_VALUE, detail, place))
    variables = (_written(entry, holes, place) for entry in entries if isinstance(entry, dict))
    return Items(tuple(Member(variable) for variable in variables), place)


def _written(entry: dict[str, object], holes: Sequence[Unknown], place: Place) -> EnvironmentVariable:
    def member(key: str, absent: Absent) -> Value[str]:
        return _filled(str(entry[key]), holes, place) if entry.get(key) is not None else absent

    return EnvironmentVariable(
        name=member("name", Absent(place)),
        value=member("value", Absent(place)),
        type=member("type", Absent(place, PLAINTEXT)),
        place=place,
    )


def _filled(text: str, holes: Sequence[Unknown], place: Place) -> Value[str]:
    """The text with its marks replaced by the unknown parts they stand for."""
    parts: list[Value[str]] = [
        Known(part, place) if index % 2 == 0 else holes[int(part)] for index, part in enumerate(text.split(_MARK))
    ]
    return joined(parts, place)
