"""Finds the nodes of a YAML tree in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipecheck.syntax.document import Node, Tagged
from pipecheck.syntax.lines import Extent
from pipecheck.syntax.value_lines import yaml_value_lines
from pipecheck.syntax.yaml_tree import Mark, MarkedMapping, MarkedSequence, extent
from pipecheck.values.place import Route

_ANCHOR = re.compile(r"&[-\w]*", re.ASCII)
_TAG = re.compile(r"!<[^>]*>|![^\s,\[\]{}]*")
_GAP = re.compile(r"(?:[ \t\r\n\x85\u2028\u2029]|#[^\r\n\x85\u2028\u2029]*)*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")


class YamlLocator:
    """Places from the marks that the tree carries. Marks that came through an alias are those of the original."""

    def __init__(
        self,
        text: str,
        holder: MarkedSequence,
        aliased: dict[int, Mark],
        repeating: list[tuple[Route, MarkedMapping]],
    ) -> None:
        self._text = text
        self._holder = holder
        self._aliased = aliased
        self._repeating = repeating
        self._places: dict[int, dict[str, tuple[Mark, Mark]]] = {}

    def root(self) -> Node:
        """The node of the whole tree."""
        return Node(self._holder[0], None, extent(self._holder.marks[0]))

    def child(self, node: Node, step: str | int) -> Node | None:
        """The node one step further; None where there is none."""
        container = node.value.value if isinstance(node.value, Tagged) else node.value
        if isinstance(container, MarkedMapping) and step in container:
            key_mark, mark = self._entries(container)[str(step)]
            return Node(container[str(step)], self._key_token(extent(key_mark)), extent(mark))
        if isinstance(container, MarkedSequence) and isinstance(step, int) and 0 <= step < len(container):
            return Node(container[step], None, extent(container.marks[step]))
        return None

    def first_child(self, node: Node) -> Node | None:
        """The first entry written inside a container; None for an empty one, an alias and a tagged one."""
        container = node.value
        if self._is_alias(node) or not isinstance(container, MarkedMapping | MarkedSequence) or not container:
            return None
        if isinstance(container, MarkedSequence):
            return self.child(node, 0)
        key, key_mark, mark = next(container.entries())
        written_elsewhere = extent(key_mark)[0] < node.extent[0]
        return None if written_elsewhere else Node(container[key], self._key_token(extent(key_mark)), extent(mark))

    def token(self, node: Node) -> Extent:
        """What a reader of the text sees of the node, without anchor and core tag; empty for an unwritten null."""
        if self._is_alias(node):
            return node.extent
        container = isinstance(node.value, dict | list)
        if isinstance(node.value, Tagged):
            container = isinstance(node.value.value, dict | list)
        return self._token(node, container=container)

    def _token(self, node: Node, *, container: bool) -> Extent:
        start, end = node.extent
        tag, content = self._properties(start, len(self._text) if container else end)
        if container:
            return tag or (content, min(content + 1, len(self._text)))
        begin = tag[0] if tag is not None and isinstance(node.value, Tagged) else content
        if begin < content == end:
            return tag or (begin, end)
        header = _BLOCK_HEADER.match(self._text, content, end)
        return begin, header.end() if header else end

    def value_lines(self, node: Node) -> tuple[Extent, ...]:
        """Where each line of a text value stands; empty where that is not exact."""
        mark = self._aliased.get(node.extent[0]) if self._is_alias(node) else None
        start, end = node.extent if mark is None else extent(mark)
        _, content = self._properties(start, end)
        value = node.value.value if isinstance(node.value, Tagged) else node.value
        return yaml_value_lines(self._text, (content, end), str(value))

    def duplicates(self) -> Iterator[tuple[Route, str, Extent, Extent]]:
        """The route of each mapping that holds a key twice, the key, and both keys' extents."""
        for route, mapping in self._repeating:
            seen: dict[str, Extent] = {}
            for key, key_mark, _ in mapping.entries():
                token = self._key_token(extent(key_mark))
                if key in seen:
                    yield route, key, seen[key], token
                seen.setdefault(key, token)

    def _entries(self, mapping: MarkedMapping) -> dict[str, tuple[Mark, Mark]]:
        """Key mark and value mark by key; of a repeated key the last."""
        places = self._places.get(id(mapping))
        if places is None:
            places = {key: (key_mark, mark) for key, key_mark, mark in mapping.entries()}
            self._places[id(mapping)] = places
        return places

    def _is_alias(self, node: Node) -> bool:
        start, end = node.extent
        return start < end and self._text.startswith("*", start)

    def _key_token(self, key: Extent) -> Extent:
        _, content = self._properties(*key)
        header = _BLOCK_HEADER.match(self._text, content, key[1])
        return content, header.end() if header else key[1]

    def _properties(self, start: int, end: int) -> tuple[Extent | None, int]:
        """The tag between `start` and `end`, if there is one, and where the content begins after tag and anchor."""
        text = self._text
        tag: Extent | None = None
        while found := _ANCHOR.match(text, start, end) or _TAG.match(text, start, end):
            if found.group().startswith("!"):
                tag = found.span()
            gap = _GAP.match(text, found.end(), end)
            start = gap.end() if gap else found.end()
        return tag, start
