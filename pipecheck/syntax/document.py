"""A text that has been read: its tree, and where in the text each node of the tree stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Protocol, TypeAlias

from pipecheck.syntax.lines import Extent, Format, LineTable
from pipecheck.values.place import Place, Route, Span
from pipecheck.values.record import record

_ESCAPE = re.compile(r"\\[xuU\r\n]")
"""Begins an escape that may stand for any character, or goes on in the next line."""

_MOST_DUPLICATES = 1000


@record
class Tagged:
    """A YAML node with an explicit tag outside the core set, such as `!Ref Bucket`.

    `tag` is written as in the text (`!Ref`, `!!python/name:x`) or, where a directive or `!<…>` gave it, in full.
    `value` is the node below it, resolved as if the tag were not there, except that a scalar stays text.
    Routes into a tagged container have no step for the tag.
    """

    tag: str
    value: object


@record
class Duplicate:
    """A key that stands twice in one mapping; the tree holds the value of the last one."""

    route: Route
    """The mapping."""

    key: str
    first: Span
    second: Span


@record
class Node:
    """One node on the way along a route: its value in the tree and where it stands in the text."""

    value: object
    key: Extent | None
    """The key that holds it; None for list items and the root."""

    extent: Extent
    """A scalar: from its anchor or tag to its end. An alias: itself. A container: from there to its first mark."""


class Locator(Protocol):
    """Finds the nodes of one tree in its text."""

    def root(self) -> Node:
        """The node of the whole tree."""

    def child(self, node: Node, step: str | int) -> Node | None:
        """The node one step further; None where there is none."""

    def first_child(self, node: Node) -> Node | None:
        """The first entry written inside a container; None for an empty one, an alias and a tagged one."""

    def token(self, node: Node) -> Extent:
        """What a reader of the text sees of the node, without anchor and core tag; empty for an unwritten null.

        An alias or a tagged container: the alias or the tag. Another container: its first character.
        """

    def value_lines(self, node: Node) -> tuple[Extent, ...]:
        """Where each line of a text value stands; empty where that is not exact."""

    def duplicates(self) -> Iterable[tuple[Route, str, Extent, Extent]]:
        """The route of each mapping that holds a key twice, the key, and both keys' extents."""


class Document:
    """One document of one text.

    `uri` is the name it was read under. `text` is the whole text without a byte order mark. `root` is a tree of
    dict, list, str, int, float, bool, None and `Tagged`. Keys are always text, as written: `1: x` has the key "1"
    and `yes: x` the key "yes". A node that an alias repeats is the same object in both places; a merge key (`<<`)
    has been applied. No tree contains itself.
    """

    __slots__ = (
        "_duplicates", "_homes", "_lines", "_locator", "_spans", "_value_lines", "_walked", "format", "root", "text",
        "uri",
    )  # fmt: skip

    def __init__(
        self, uri: str, lines: LineTable, root: object, locator: Locator, homes: Mapping[Route, Home] | None = None
    ) -> None:
        self.uri = uri
        self.text = lines.text
        self.format: Format = lines.format
        self.root = root
        self._lines = lines
        self._locator = locator
        self._homes = homes or {}
        self._duplicates: tuple[Duplicate, ...] | None = None
        self._value_lines: dict[Extent, tuple[Extent, ...]] = {}
        self._spans: dict[Route, Span] = {}
        self._walked: dict[Route, tuple[Node, bool]] = {}

    def rewritten(self, root: object, homes: Mapping[Route, Home]) -> Document:
        """A document of another tree for the same text, such as one in which loops are written out.

        `homes` leads from routes of that tree to the document and the route where the node is written, and all below
        it; a node for which it says nothing stands in this text under the same route.
        """
        return Document(self.uri, self._lines, root, self._locator, homes)

    def may_hold(self, part: str) -> bool:
        """Whether `part` can stand in a key or a text of the tree: it stands in the text, or may be escaped there."""
        return part in self.text or _ESCAPE.search(self.text) is not None

    @property
    def sources(self) -> frozenset[Document]:
        """The documents in whose texts the nodes of the tree are written: itself, and those that it was made of."""
        return frozenset({self, *(document for document, _ in self._homes.values())})

    def written(self, route: Route) -> Home:
        """The document in whose text the node at `route` is written, and its route there."""
        if self._homes:
            for end in range(len(route), 0, -1):
                home = self._homes.get(route[:end])
                if home is not None:
                    return home[0], home[1] + route[end:]
        return self, route

    @property
    def duplicates(self) -> tuple[Duplicate, ...]:
        """The keys that stand twice in one mapping, at most 1,000, in the order of the second one."""
        if self._duplicates is None:
            span = self._lines.span
            most = islice(self._locator.duplicates(), _MOST_DUPLICATES)
            found = sorted(most, key=lambda duplicate: duplicate[3])
            self._duplicates = tuple(
                Duplicate(route, key, span(first), span(second)) for route, key, first, second in found
            )
        return self._duplicates

    def span(self, route: Route) -> Span:
        """Where a finding about the node should point.

        A scalar: its own token, quotes and tag included; of a block scalar the header (`|-`), of an alias the alias.
        A container, an unwritten null, or the nearest node on the way to a route that does not exist: the key
        that holds it. A list item: its tag or alias, else the first key or item inside it, else its first
        character. The root: its first key, else the first character of the text.
        """
        found = self._spans.get(route)
        if found is None:
            document, home = self.written(route)
            found = self._spans[route] = self._span(home) if document is self else document.span(home)
        return found

    def _span(self, route: Route) -> Span:
        node, complete = self._walk(route)
        if complete and not isinstance(_untagged(node.value), dict | list):
            token = self._locator.token(node)
            if token[0] < token[1]:
                return self._lines.span(token)
        return self._head(node)

    def key_span(self, route: Route) -> Span:
        """The key that holds the node at `route`, quotes included; what stands for a list item or the root."""
        document, home = self.written(route)
        if document is not self:
            return document.key_span(home)
        return self._head(self._walk(route)[0])

    def content_line(self, route: Route, line_index: int) -> Span | None:
        """Where the line `line_index` of the text value at `route` stands, counted from 0 at its line feeds.

        A line of a folded or multi-line scalar reaches from its first to its last source line. None where there
        is no such line or its place is not exact.
        """
        document, home = self.written(route)
        if document is not self:
            return document.content_line(home, line_index)
        node, complete = self._walk(route)
        if not complete or not isinstance(_untagged(node.value), str):
            return None
        lines = self._value_lines.get(node.extent)
        if lines is None:
            lines = self._value_lines[node.extent] = self._locator.value_lines(node)
        return self._lines.span(lines[line_index]) if 0 <= line_index < len(lines) else None

    def part(self, span: Span, words: str, nth: int) -> Span:
        """Where words stand in the first line of a span; the span itself where they do not stand there."""
        [line] = self._lines.lines(span.line, span.line)
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        found = span.column - 2
        for _ in range(nth + 1):
            found = line.find(words, found + 1, end)
            if found < 0:
                return span
        return Span(span.line, found + 1, span.line, found + 1 + len(words))

    def lines(self, first: int, last: int) -> list[str]:
        """The source lines `first` to `last` (1-based, both included) without line ends."""
        return self._lines.lines(first, last)

    def _walk(self, route: Route) -> tuple[Node, bool]:
        """The deepest node on the route, and whether that is its end."""
        found = self._walked.get(route)
        if found is None:
            found = self._walked[route] = self._step(route) if route else (self._locator.root(), True)
        return found

    def _step(self, route: Route) -> tuple[Node, bool]:
        node, complete = self._walk(route[:-1])
        child = self._locator.child(node, route[-1]) if complete else None
        return (node, False) if child is None else (child, True)

    def _head(self, node: Node) -> Span:
        locator = self._locator
        if node.value is None and node == locator.root():
            return self._lines.span(self._visible((0, 0)))
        while node.key is None:
            first = locator.first_child(node)
            if first is None:
                return self._lines.span(self._visible(locator.token(node)))
            node = first
        return self._lines.span(self._visible(node.key))

    def _visible(self, extent: Extent) -> Extent:
        """The extent, or for an empty one the character before it, such as the dash of an empty item."""
        start, end = extent
        if start < end:
            return extent
        before = len(self.text[:start].rstrip(" \t"))
        if before and not self.text[before - 1].isspace():
            return before - 1, before
        return start, start + (start < len(self.text) and not self.text[start].isspace())


Home: TypeAlias = tuple[Document, Route]
"""Where a node is written: the document in whose text it stands, and its route there."""


def _untagged(value: object) -> object:
    return value.value if isinstance(value, Tagged) else value


def resolved(place: Place, documents: Mapping[str, Document]) -> tuple[str, Span]:
    """The source and the span of a place; the first character of a source that is not among the documents."""
    document = documents.get(place.source)
    if document is None:
        return place.source, Span(1, 1, 1, 1)
    document, route = document.written(place.route)
    line = None if place.line is None else document.content_line(route, place.line)
    span = line or document.span(route)
    return document.uri, document.part(span, place.part, place.nth) if place.part else span
