"""JSON inside a text of the input, such as a policy document or the environment variables of a build action."""

from __future__ import annotations

import json

from pipecheck.loaders.node import Branch, Node
from pipecheck.loaders.texts import marked_parts, restored
from pipecheck.values import Guard, Known, Place, Unknown, Value
from pipecheck.values.record import record, replace


def json_in_text(text: Known[str] | Unknown) -> Node | None:
    """The root of the JSON in a text; None where it is none. Unknown parts of the text stay unknown in their strings.

    Everything in it stands at the place of the text.
    """
    marked, holes = marked_parts(text)
    try:
        root = json.loads(marked)
    except (ValueError, RecursionError):
        return None
    return Node(root, text.place, _TextScope(text.place, holes))


@record
class _TextScope:
    """The scope of the parsed text: it puts the unknown parts back."""

    place: Place
    holes: tuple[Unknown, ...]

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:  # noqa: ARG002 - all is at one place
        """See `Scope.settle`."""
        if isinstance(raw, str):
            return self._text_node(restored(raw, self.holes, self.place), case)
        return Known(Node(raw, self.place, self, case), self.place)

    def _text_node(self, text: Value[str], case: Guard) -> Value[Node]:
        if isinstance(text, Known):
            return Known(Node(text.value, text.place, self, case, text.via), text.place, text.via)
        if isinstance(text, Unknown):
            return replace(text, candidates=tuple(self._text_node(option, case) for option in text.candidates))
        return text

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:  # noqa: ARG002
        """JSON has no conditionals."""
        return None

    def lines(self, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:  # noqa: ARG002 - all is at one place
        """See `Scope.lines`."""
        return (self.place,)

    def structure(self, raw: object, place: Place, case: Guard) -> Node | None:  # noqa: ARG002
        """Texts are written as such."""
        return None
