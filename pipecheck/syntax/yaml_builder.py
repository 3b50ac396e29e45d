"""Builds a tree from the events of a YAML parser, without recursion."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Any, TypeAlias

from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document, Tagged
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.lines import LineTable
from pipecheck.syntax.refusal import refusal
from pipecheck.syntax.yaml_frames import (
    MERGE,
    Anchor,
    Frame,
    MappingFrame,
    NotMergeableError,
    Properties,
    SequenceFrame,
)
from pipecheck.syntax.yaml_locator import YamlLocator
from pipecheck.syntax.yaml_scalars import MisplacedTagError, container_tag, plain_scalar, scalar
from pipecheck.syntax.yaml_tree import Mark, MarkedMapping, extent
from pipecheck.values.place import Route

NextEvent: TypeAlias = Callable[[], Any]
"""Returns the next event. PyYAML's stubs call marks optional; Any saves a test per event."""

_STARTS = frozenset((MappingStartEvent, SequenceStartEvent))
_ENDS = frozenset((SequenceEndEvent, DocumentEndEvent))


class Builder:
    """Builds one document from its events, those after its start up to its end."""

    def __init__(self, lines: LineTable, uri: str, limits: Limits, next_event: NextEvent) -> None:
        self._lines = lines
        self._uri = uri
        self._limits = limits
        self._next_event = next_event
        self._holder = SequenceFrame(0, None)
        self._frames: list[Frame] = [self._holder]
        self._anchors: dict[str, Anchor] = {}
        self._values = 0
        self._most_values = limits.nodes
        self._expanded = 0
        self._aliased: dict[int, Mark] = {}
        self._repeating: list[tuple[Route, MarkedMapping]] = []

    def document(self) -> Document:
        """Read the document to its end."""
        frames = self._frames
        while frames:
            frame = frames[-1]
            if isinstance(frame, MappingFrame):
                self._mapping(frame)
            else:
                self._sequence(frame)
        root = self._holder.node
        if not root:
            self._holder.add(None, 0)
        locator = YamlLocator(self._lines.text, root, self._aliased, self._repeating)
        return Document(self._uri, self._lines, root[0], locator)

    def _mapping(self, frame: MappingFrame) -> None:
        """Read entries until one is a container, which becomes the innermost frame, or the mapping ends."""
        next_event = self._next_event
        while type(event := next_event()) is not MappingEndEvent:
            key_mark = event.start_mark.index << 32 | event.end_mark.index
            frame.key = self._key(event, key_mark)
            frame.key_mark = key_mark
            event = next_event()
            mark = event.start_mark.index << 32 | event.end_mark.index
            if type(event) in _STARTS:
                return self._open(event, mark)
            frame.add(self._value(event, mark), mark)
        return self._close(frame)

    def _sequence(self, frame: SequenceFrame) -> None:
        """Read items until one is a container, which becomes the innermost frame, or the list ends."""
        next_event = self._next_event
        while type(event := next_event()) not in _ENDS:
            mark = event.start_mark.index << 32 | event.end_mark.index
            if type(event) in _STARTS:
                return self._open(event, mark)
            frame.add(self._value(event, mark), mark)
        return self._close(frame)

    def _open(self, event: CollectionStartEvent, mark: Mark) -> None:
        if len(self._frames) > self._limits.depth:
            raise self._refusal(mark, f"nested more than {self._limits.depth} levels deep (limit: depth)")
        mapping = isinstance(event, MappingStartEvent)
        properties = None
        if event.tag is not None or event.anchor is not None:
            try:
                tag = container_tag(event.tag, mapping=mapping)
            except MisplacedTagError as error:
                raise self._refusal(mark, error.message) from None
            properties = Properties(tag, self._anchor(event.anchor, mark), self._values)
        self._count(1, mark)
        self._frames.append(MappingFrame(mark, properties) if mapping else SequenceFrame(mark, properties))

    def _close(self, frame: Frame) -> None:
        self._frames.pop()
        if not self._frames:
            return
        value: object = frame.node
        if isinstance(frame, MappingFrame):
            self._finish(frame)
        properties = frame.properties
        if properties is not None:
            if properties.tag is not None:
                value = Tagged(properties.tag, value)
            if properties.anchor is not None:
                properties.anchor.value = value
                properties.anchor.size = self._values - properties.values_before
        self._frames[-1].add(value, frame.mark)

    def _finish(self, frame: MappingFrame) -> None:
        if frame.repeats:
            self._repeating.append((self._route(), frame.node))
        if frame.merges:
            try:
                frame.merge()
            except NotMergeableError as error:
                message = "a merge key (<<) takes a mapping or a list of mappings"
                raise self._refusal(error.mark, message) from None

    def _route(self) -> Route:
        """The route to the node that is being added to the innermost frame; up to the first merge key."""
        steps = (frame.step() for frame in self._frames[1:])
        return tuple(takewhile(lambda step: step is not MERGE, steps))

    def _key(self, event: Any, mark: Mark) -> str:
        if type(event) is ScalarEvent:
            text: str = event.value
            with_properties = event.tag is not None or event.anchor is not None
            if with_properties and isinstance(self._scalar_with_properties(event, mark), Tagged):
                raise self._refusal(mark, f"the tag {event.tag} on a key; only values can have one")
            return MERGE if text == "<<" and event.implicit[0] else text
        if type(event) is AliasEvent:
            anchor = self._anchor_of(str(event.anchor), mark)
            if anchor.text is not None:
                return anchor.text
        raise self._refusal(mark, "a mapping or list as a key; only a single value can be one")

    def _value(self, event: Any, mark: Mark) -> object:
        """What a scalar or alias stands for."""
        if type(event) is AliasEvent:
            return self._alias(str(event.anchor), mark)
        self._values += 1
        if self._values > self._most_values:
            raise self._too_many_values(mark)
        if event.tag is not None or event.anchor is not None:
            return self._scalar_with_properties(event, mark)
        text: str = event.value
        return plain_scalar(text) if event.implicit[0] else text

    def _alias(self, name: str, mark: Mark) -> object:
        anchor = self._anchor_of(name, mark)
        self._count(anchor.size, mark)
        self._expanded += anchor.size
        if self._expanded > self._limits.expansion:
            most = self._limits.expansion
            raise self._refusal(mark, f"aliases add more than {most:,} values (limit: expansion)")
        if anchor.text is not None:
            self._aliased[extent(mark)[0]] = anchor.mark
        return anchor.value

    def _anchor_of(self, name: str, mark: Mark) -> Anchor:
        """The complete node that the alias at `mark` repeats."""
        anchor = self._anchors.get(name)
        if anchor is None:
            raise self._refusal(mark, f"the alias *{name} has no anchor &{name} before it")
        if anchor.size < 0:
            raise self._refusal(mark, f"the alias *{name} stands inside the node that it repeats")
        return anchor

    def _anchor(self, name: str | None, mark: Mark) -> Anchor | None:
        """A new meaning of the name, which the node at `mark` will fill in."""
        if name is None:
            return None
        anchor = self._anchors[name] = Anchor(mark)
        return anchor

    def _scalar_with_properties(self, event: ScalarEvent, mark: Mark) -> object:
        try:
            value = scalar(event.value, event.tag, plain=event.implicit[0])
        except MisplacedTagError as error:
            raise self._refusal(mark, error.message) from None
        anchor = self._anchor(event.anchor, mark)
        if anchor is not None:
            anchor.value, anchor.text, anchor.size = value, event.value, 1
        return value

    def _too_many_values(self, mark: Mark) -> InputError:
        return self._refusal(mark, f"more than {self._most_values:,} values (limit: nodes)")

    def _count(self, values: int, mark: Mark) -> None:
        self._values += values
        if self._values > self._most_values:
            raise self._too_many_values(mark)

    def _refusal(self, mark: Mark, message: str) -> InputError:
        return refusal(self._uri, self._lines.text, "yaml", extent(mark)[0], message)
