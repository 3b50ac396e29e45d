"""Finds the nodes of a TOML tree in its text, which a parser has found to be right.

https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from pipecheck.syntax.document import Node
from pipecheck.syntax.lines import Extent
from pipecheck.values.place import Route

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|\'\'\'(?:[^\']|\'{1,2}(?!\'))*\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\r\n]*")


class TomlLocator:
    """Places from one walk over the text, made when the first is asked for."""

    def __init__(self, text: str, root: object) -> None:
        self._text = text
        self._root = root
        self._found: dict[Route, tuple[Extent | None, Extent]] | None = None
        self._routes: dict[int, Route] = {}

    def root(self) -> Node:
        """The node of the whole tree."""
        return Node(self._root, None, (self._gap(0), self._gap(0)))

    def child(self, node: Node, step: str | int) -> Node | None:
        """The node one step further; None where there is none."""
        places = self._places()
        route = self._routes.get(id(node.value))
        if route is None or (*route, step) not in places:
            return None
        key, extent = places[*route, step]
        container: Any = node.value
        return Node(container[step], key, extent)

    def first_child(self, node: Node) -> Node | None:
        """The first entry inside a container; None for an empty one."""
        container = node.value
        if isinstance(container, dict) and container:
            return self.child(node, next(iter(container)))
        return self.child(node, 0) if isinstance(container, list) and container else None

    def token(self, node: Node) -> Extent:
        """The text of a scalar; of a container its first character."""
        start, end = node.extent
        return (start, min(start + 1, len(self._text))) if isinstance(node.value, dict | list) else (start, end)

    def value_lines(self, node: Node) -> tuple[Extent, ...]:
        """Where each line of a text value stands: exact for a text in one line without escapes."""
        start, end = node.extent
        return ((start + 1, end - 1),) if self._text[start + 1 : end - 1] == node.value else ()

    def duplicates(self) -> Iterator[tuple[Route, str, Extent, Extent]]:
        """None: the parser refuses a key that stands twice."""
        return iter(())

    def _places(self) -> dict[Route, tuple[Extent | None, Extent]]:
        if self._found is None:
            walk = _Walk(self._text)
            walk.document()
            self._found = walk.places
            self._remember(self._root, ())
        return self._found

    def _remember(self, container: object, route: Route) -> None:
        """Which route leads to each container."""
        self._routes[id(container)] = route
        entries = container.items() if isinstance(container, dict) else enumerate(container)  # type: ignore[arg-type]
        for step, value in entries:
            if isinstance(value, dict | list):
                self._remember(value, (*route, step))

    def _gap(self, offset: int) -> int:
        return _end(_GAP, self._text, offset)


class _Walk:
    """One walk over a text that is known to be right: the extents of key and value of every node."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[Route, tuple[Extent | None, Extent]] = {}
        self._tables: dict[Route, int] = {}

    def document(self) -> None:
        table: Route = ()
        offset = _end(_GAP, self.text, 0)
        while offset < len(self.text):
            if self.text[offset] == "[":
                table, offset = self._header(offset)
            else:
                offset = self._pair(table, offset)
            offset = _end(_GAP, self.text, offset)

    def _header(self, offset: int) -> tuple[Route, int]:
        """A line such as `[tool.pipecheck]` or `[[waivers]]`; the last table of a list is the one that is meant."""
        lists = self.text.startswith("[[", offset)
        route: Route = ()
        keys, offset = self._keys(offset + 1 + lists)
        for index, (name, extent) in enumerate(keys):
            route = (*route, name)
            self.places.setdefault(route, (extent, extent))
            if lists and index == len(keys) - 1:
                self._tables[route] = self._tables.get(route, -1) + 1
                self.places[*route, self._tables[route]] = (None, extent)
            elif index == len(keys) - 1:
                self.places[route] = (extent, extent)
            if route in self._tables:
                route = (*route, self._tables[route])
        return route, offset + 1 + lists

    def _pair(self, table: Route, offset: int) -> int:
        """`a.b = value`; where it ends."""
        keys, offset = self._keys(offset)
        route = table
        for name, extent in keys:
            route = (*route, name)
            self.places.setdefault(route, (extent, extent))
        start = _end(_BLANK, self.text, offset + 1)
        end = self._value(route, start)
        self.places[route] = (keys[-1][1], (start, end))
        return end

    def _keys(self, offset: int) -> tuple[list[tuple[str, Extent]], int]:
        """The parts of a dotted key, and where what follows it begins."""
        keys: list[tuple[str, Extent]] = []
        while True:
            start = _end(_BLANK, self.text, offset)
            end = _end(_KEY, self.text, start)
            written = self.text[start:end]
            keys.append((_unquoted(written), (start, end)))
            offset = _end(_BLANK, self.text, end)
            if self.text[offset : offset + 1] != ".":
                return keys, offset
            offset += 1

    def _value(self, route: Route, offset: int) -> int:
        """Where the value ends that begins at `offset`."""
        match self.text[offset]:
            case "[":
                return self._list(route, offset)
            case "{":
                return self._inline_table(route, offset)
            case '"' | "'":
                return _end(_STRING, self.text, offset)
            case _:
                end = _end(_PLAIN, self.text, offset)
                return offset + len(self.text[offset:end].rstrip(" \t"))

    def _list(self, route: Route, offset: int) -> int:
        offset = _end(_GAP, self.text, offset + 1)
        index = 0
        while self.text[offset] != "]":
            end = self._value((*route, index), offset)
            self.places[*route, index] = (None, (offset, end))
            index += 1
            offset = self._behind_comma(end)
        return offset + 1

    def _inline_table(self, route: Route, offset: int) -> int:
        offset = _end(_GAP, self.text, offset + 1)
        while self.text[offset] != "}":
            offset = self._behind_comma(self._pair(route, offset))
        return offset + 1

    def _behind_comma(self, offset: int) -> int:
        offset = _end(_GAP, self.text, offset)
        return _end(_GAP, self.text, offset + 1) if self.text[offset] == "," else offset


def _end(pattern: re.Pattern[str], text: str, offset: int) -> int:
    found = pattern.match(text, offset)
    return found.end() if found else offset


def _unquoted(key: str) -> str:
    if key[:1] == "'":
        return key[1:-1]
    return next(iter(tomllib.loads(f"{key} = 0"))) if key[:1] == '"' else key
