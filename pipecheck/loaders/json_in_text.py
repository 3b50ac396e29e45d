"""JSON inside a text of the input, such as a policy document or the environment variables of a build action."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipecheck.loaders.node import Branch, Node
from pipecheck.loaders.texts import joined
from pipecheck.values import Guard, Known, Place, Unknown, Value
from pipecheck.values.record import record

_MARK = "\ue000"
"""Stands around the number of an unknown part while the text is parsed; a text that holds it itself is not read."""


def json_in_text(text: Known[str] | Unknown) -> Node | None:
    """The root of the JSON in a text; None where it is none. Unknown parts of the text stay unknown in their strings.

    Everything in it stands at the place of the text.
    """
    pieces: Sequence[str | Unknown] = [text.value] if isinstance(text, Known) else text.pieces
    if any(_MARK in piece for piece in pieces if isinstance(piece, str)):
        return None
    holes = [piece for piece in pieces if isinstance(piece, Unknown)]
    numbers = iter(range(len(holes)))
    marked = "".join(piece if isinstance(piece, str) else f"{_MARK}{next(numbers)}{_MARK}" for piece in pieces)
    try:
        root = json.loads(marked)
    except (ValueError, RecursionError):
        return None
    return Node(root, text.place, _TextScope(text.place, tuple(holes)))


@record
class _TextScope:
    """The scope of the parsed text: it puts the unknown parts back."""

    place: Place
    holes: tuple[Unknown, ...]

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:  # noqa: ARG002 - all is at one place
        """See `Scope.settle`."""
        if isinstance(raw, str) and _MARK in raw:
            parts: list[Value[str]] = [
                Known(part, self.place) if index % 2 == 0 else self.holes[int(part)]
                for index, part in enumerate(raw.split(_MARK))
            ]
            text = joined(parts, self.place)
            if not isinstance(text, Known):
                return text
            raw = text.value
        return Known(Node(raw, self.place, self, case), self.place)

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:  # noqa: ARG002
        """JSON has no conditionals."""
        return None
