"""Finds the nodes of a JSON tree in its text, walking only the containers on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pipecheck.syntax.document import Node
from pipecheck.syntax.lines import Extent
from pipecheck.syntax.value_lines import json_value_lines
from pipecheck.values.place import Route

_BLANK = re.compile(r"[ \t\r\n]*")


class JsonLocator:
    """Skips what is not on the way with the parser itself, and remembers the entries of what it walked."""

    def __init__(self, text: str, root: object) -> None:
        self._text = text
        self._root = root
        self._decode = json.JSONDecoder().raw_decode
        self._entries: dict[int, dict[str | int, tuple[Extent | None, Extent]]] = {}

    def root(self) -> Node:
        """The node of the whole tree."""
        start = self._gap(0)
        end = start + 1 if isinstance(self._root, dict | list) else len(self._text.rstrip(" \t\r\n"))
        return Node(self._root, None, (start, end))

    def child(self, node: Node, step: str | int) -> Node | None:
        """The node one step further; None where there is none."""
        container = node.value
        if isinstance(container, dict):
            present = step in container
        else:
            present = isinstance(container, list) and isinstance(step, int) and 0 <= step < len(container)
        return self._child(node, step) if present else None

    def first_child(self, node: Node) -> Node | None:
        """The first entry inside a container; None for an empty one."""
        container = node.value
        if isinstance(container, dict) and container:
            return self._child(node, next(iter(container)))
        return self._child(node, 0) if isinstance(container, list) and container else None

    def token(self, node: Node) -> Extent:
        """The text of a scalar; of a container its first character."""
        start, end = node.extent
        return (start, start + 1) if isinstance(node.value, dict | list) else (start, end)

    def value_lines(self, node: Node) -> tuple[Extent, ...]:
        """Where each line of a text value stands."""
        return json_value_lines(self._text, node.extent)

    def duplicates(self) -> Iterator[tuple[Route, str, Extent, Extent]]:
        """The route of each mapping that holds a key twice, the key, and both keys' extents."""
        return self._repeated_keys() if self._repeats() else iter(())

    def _child(self, node: Node, step: str | int) -> Node:
        start = node.extent[0]
        container: Any = node.value
        entries = self._entries.get(start)
        if entries is None:
            entries = self._entries[start] = dict(self._walk(start))
        key, extent = entries[step]
        return Node(container[step], key, extent)

    def _walk(self, start: int) -> Iterator[tuple[str | int, tuple[Extent | None, Extent]]]:
        """Each entry of the container that begins at `start`: its key or index, the key's extent, its own."""
        text, decode = self._text, self._decode
        keyed = text[start] == "{"
        offset = self._gap(start + 1)
        index = 0
        while text[offset] not in "]}":
            step: str | int = index
            key: Extent | None = None
            if keyed:
                step, end = decode(text, offset)
                key = (offset, end)
                offset = self._gap(self._gap(end) + 1)
            _, end = decode(text, offset)
            yield step, (key, (offset, end))
            index += 1
            offset = self._gap(end)
            if text[offset] == ",":
                offset = self._gap(offset + 1)

    def _gap(self, offset: int) -> int:
        """The offset of the next character that is not blank."""
        found = _BLANK.match(self._text, offset)
        return found.end() if found else offset

    def _repeats(self) -> bool:
        repeated = False

        def pairs(entries: list[tuple[str, object]]) -> None:
            nonlocal repeated
            repeated = repeated or len(dict(entries)) < len(entries)

        json.loads(self._text, object_pairs_hook=pairs)
        return repeated

    def _repeated_keys(self) -> Iterator[tuple[Route, str, Extent, Extent]]:
        containers: list[tuple[Route, int]] = [((), self._gap(0))]
        while containers:
            route, start = containers.pop()
            if self._text[start] not in "[{":
                continue
            seen: dict[str, Extent] = {}
            for step, (key, extent) in self._walk(start):
                containers.append(((*route, step), extent[0]))
                if key is None or not isinstance(step, str):
                    continue
                if step in seen:
                    yield route, step, seen[step], key
                seen.setdefault(step, key)
