"""JSON inside a text of the input, such as a policy document or the environment variables of a build action."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipecheck.loaders.node import Branch, Node
from pipecheck.loaders.texts import marked_parts, restored
from pipecheck.syntax.document import Node as Written
from pipecheck.syntax.json_locator import JsonLocator
from pipecheck.values import Guard, Known, Place, Unknown, Value
from pipecheck.values.record import record, replace


def json_in_text(text: Known[str] | Unknown, lines: Sequence[Place] = ()) -> Node | None:
    """The root of the JSON in a text; None where it is none. Unknown parts of the text stay unknown in their strings.

    `lines` is where each line of the text is written. What is in the JSON stands in its own line, or at the place of
    the text where `lines` are not its lines.
    """
    marked, holes = marked_parts(text)
    try:
        root = json.loads(marked)
    except (ValueError, RecursionError):
        return None
    if len(lines) < 2 or len(lines) != marked.count("\n") + 1:
        return Node(root, text.place, _TextScope(text.place, holes))
    locator = JsonLocator(marked, root)
    written = _WrittenText(marked, tuple(lines), locator)
    return Node(root, text.place, _LinesScope(text.place, holes, written, locator.root()))


@record
class _TextScope:
    """The scope of the parsed text: it puts the unknown parts back. `place` is where all of it stands."""

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


@record
class _WrittenText:
    """A text of JSON and where each of its lines is written."""

    text: str
    lines: tuple[Place, ...]
    locator: JsonLocator

    def place(self, node: Written) -> Place:
        """The line of a value: a mapping or list begins at its key, one without a key at its own first key."""
        start = node.extent[0]
        if isinstance(node.value, dict | list):
            first = self.locator.first_child(node) if node.key is None else None
            if node.key is not None:
                start = node.key[0]
            elif first is not None and first.key is not None:
                start = first.key[0]
        return self.lines[self.text.count("\n", 0, start)]


@record
class _LinesScope:
    """The scope of one mapping or list of the text, whose members stand in lines of their own."""

    place: Place
    holes: tuple[Unknown, ...]
    written: _WrittenText
    container: Written

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:
        """See `Scope.settle`; the last step of `place` says which member it is."""
        member = self.written.locator.child(self.container, place.route[-1])
        if member is None:
            return _TextScope(self.place, self.holes).settle(raw, place, case)
        line = self.written.place(member)
        if isinstance(raw, dict | list):
            return Known(Node(raw, line, _LinesScope(line, self.holes, self.written, member), case), line)
        return _TextScope(line, self.holes).settle(raw, line, case)

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:
        """JSON has no conditionals."""
        return _TextScope(self.place, self.holes).branches(raw, place, case)

    def lines(self, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:
        """See `Scope.lines`."""
        return _TextScope(self.place, self.holes).lines(raw, place, case)

    def structure(self, raw: object, place: Place, case: Guard) -> Node | None:
        """Texts are written as such."""
        return _TextScope(self.place, self.holes).structure(raw, place, case)
