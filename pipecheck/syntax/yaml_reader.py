"""YAML text to trees, from the events of libyaml and without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document, Tagged
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.refusal import refusal
from pipecheck.syntax.yaml_errors import explained
from pipecheck.syntax.yaml_frames import MERGE, Anchor, MappingFrame, NotMergeableError, SequenceFrame
from pipecheck.syntax.yaml_locator import YamlLocator
from pipecheck.syntax.yaml_scalars import CORE, NUMBER_STARTS, WORDS, core_scalar, number
from pipecheck.syntax.yaml_tree import Mark, MarkedMapping, extent
from pipecheck.values.place import Route

_Frame: TypeAlias = MappingFrame | SequenceFrame
_NextEvent: TypeAlias = Callable[[], Any]
"""Returns the next event, or None. PyYAML's stubs call marks optional, so Any saves a test per event."""

_MOST_DIRECTIVES = 100
"""libyaml compares every `%TAG` with every other: 100,000 of them take ten seconds."""

_CONTAINER_NAMES = {"map": "mapping", "set": "mapping", "seq": "list", "omap": "list", "pairs": "list"}
_CONTAINER_KINDS = frozenset(_CONTAINER_NAMES)
_SCALAR_KINDS = frozenset(("str", "int", "float", "bool", "null", "binary", "timestamp", "merge", "value"))


def yaml_documents(text: str, uri: str, limits: Limits) -> Iterator[Document]:
    """The documents of `text` one by one, at least one: a text without any is null. Raises InputError."""
    try:
        _refuse_many_directives(text, uri)
        next_event = _events(text)
        found = False
        while (event := next_event()) is not None and type(event) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                found = True
                yield _Builder(text, uri, limits, next_event).document()
        if not found:
            yield _Builder(text, uri, limits, DocumentEndEvent).document()
    except yaml.YAMLError as error:
        raise explained(error, text, uri) from None


def _events(text: str) -> _NextEvent:
    """A function that returns the next event of the text at each call."""
    try:
        from yaml._yaml import CParser  # noqa: PLC0415  (missing where PyYAML was built without libyaml)
    except ImportError:
        return iter(yaml.parse(text)).__next__
    return CParser(text).get_event


def _refuse_many_directives(text: str, uri: str) -> None:
    if text.count("%TAG") > _MOST_DIRECTIVES:
        directives = list(re.finditer(r"^%TAG", text, re.MULTILINE))
        if len(directives) > _MOST_DIRECTIVES:
            offset = directives[_MOST_DIRECTIVES].start()
            raise refusal(uri, text, "yaml", offset, f"more than {_MOST_DIRECTIVES} %TAG directives")


class _Builder:
    """Builds one document from its events, those from after its start to its end."""

    def __init__(self, text: str, uri: str, limits: Limits, next_event: _NextEvent) -> None:
        self._text = text
        self._uri = uri
        self._limits = limits
        self._next_event = next_event
        self._holder = SequenceFrame(0, None, None, 0)
        self._frames: list[_Frame] = [self._holder]
        self._anchors: dict[str, Anchor] = {}
        self._values = 0
        self._expanded = 0
        self._aliased: dict[int, Mark] = {}
        self._repeating: list[tuple[Route, MarkedMapping]] = []

    def document(self) -> Document:
        """Read the document to its end."""
        next_event = self._next_event
        most_values = self._limits.nodes
        frame: _Frame = self._holder
        while (event := next_event()) is not None:
            kind = type(event)
            place: Mark = event.start_mark.index << 32 | event.end_mark.index
            if kind is ScalarEvent:
                if isinstance(frame, MappingFrame) and frame.awaits_key:
                    frame.take_key(self._key(event, place), place)
                    continue
                self._values += 1
                if self._values > most_values:
                    raise self._refusal(place, f"more than {most_values:,} values (limit: nodes)")
                if event.tag is not None or event.anchor is not None:
                    frame.add(self._scalar_with_properties(event, place), place)
                else:
                    frame.add(_plain(event.value) if event.implicit[0] else event.value, place)
            elif kind is AliasEvent:
                self._alias(event.anchor, place, frame)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                frame = self._open(event, place, frame)
            elif kind is DocumentEndEvent:
                break
            else:
                frame = self._close()
        return self._finished()

    def _finished(self) -> Document:
        if not self._holder.node:
            self._holder.add(None, 0)
        locator = YamlLocator(self._text, self._holder.node, self._aliased, self._repeating)
        return Document(self._uri, self._text, "yaml", self._holder.node[0], locator)

    def _open(self, event: CollectionStartEvent, place: Mark, parent: _Frame) -> _Frame:
        if isinstance(parent, MappingFrame) and parent.awaits_key:
            kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
            raise self._refusal(place, f"a {kind} as a key; only a single value can be one")
        if len(self._frames) > self._limits.depth:
            raise self._refusal(place, f"nested more than {self._limits.depth} levels deep (limit: depth)")
        anchor = self._anchor(event, place)
        before = self._values
        self._values += 1
        if isinstance(event, MappingStartEvent):
            tag = self._container_tag(event.tag, place, "map", "set")
            frame: _Frame = MappingFrame(place, tag, anchor, before)
        else:
            tag = self._container_tag(event.tag, place, "seq", "omap", "pairs")
            frame = SequenceFrame(place, tag, anchor, before)
        self._frames.append(frame)
        return frame

    def _close(self) -> _Frame:
        frame = self._frames.pop()
        parent = self._frames[-1]
        try:
            value = frame.finish()
        except NotMergeableError as error:
            raise self._refusal(error.mark, "a merge key (<<) takes a mapping or a list of mappings") from None
        if isinstance(frame, MappingFrame) and frame.repeats:
            self._repeating.append((self._route(), frame.node))
        if frame.anchor is not None:
            frame.anchor.value = value
            frame.anchor.size = self._values - frame.values_before
        parent.add(value, frame.mark)
        return parent

    def _route(self) -> Route:
        """The route to the node whose value the innermost frame awaits; up to the first merge key."""
        route: list[str | int] = []
        for frame in self._frames[1:]:
            if isinstance(frame, SequenceFrame):
                route.append(len(frame.node))
            elif frame.key is MERGE:
                break
            else:
                route.append(frame.key)
        return tuple(route)

    def _alias(self, name: str, place: Mark, frame: _Frame) -> None:
        anchor = self._anchors.get(name)
        if anchor is None:
            raise self._refusal(place, f"the alias *{name} has no anchor &{name} before it")
        if anchor.size is None:
            raise self._refusal(place, f"the alias *{name} stands inside the node that it repeats")
        if isinstance(frame, MappingFrame) and frame.awaits_key:
            if anchor.text is None:
                raise self._refusal(place, "an alias of a mapping or list as a key; only a single value can be one")
            frame.take_key(anchor.text, place)
            return
        self._values += anchor.size
        self._expanded += anchor.size
        if self._expanded > self._limits.expansion:
            most = self._limits.expansion
            raise self._refusal(place, f"aliases add more than {most:,} values (limit: expansion)")
        if self._values > self._limits.nodes:
            raise self._refusal(place, f"more than {self._limits.nodes:,} values (limit: nodes)")
        if anchor.text is not None:
            self._aliased[extent(place)[0]] = anchor.mark
        frame.add(anchor.value, place)

    def _anchor(self, event: NodeEvent, place: Mark) -> Anchor | None:
        """The anchor on the node, from here on the meaning of its name."""
        if event.anchor is None:
            return None
        anchor = self._anchors[event.anchor] = Anchor(place)
        return anchor

    def _key(self, event: ScalarEvent, place: Mark) -> str:
        text: str = event.value
        tag = event.tag
        if tag is None and event.anchor is None:
            return MERGE if text == "<<" and event.implicit[0] else text
        if tag is not None and not tag.startswith(CORE) and tag != "!":
            raise self._refusal(place, f"the tag {tag} on a key; only values can have one")
        anchor = self._anchor(event, place)
        if anchor is not None:
            anchor.text, anchor.size = text, 1
            anchor.value = self._scalar(event, place)
        return text

    def _scalar_with_properties(self, event: ScalarEvent, place: Mark) -> object:
        value = self._scalar(event, place)
        anchor = self._anchor(event, place)
        if anchor is not None:
            anchor.value, anchor.text, anchor.size = value, event.value, 1
        return value

    def _scalar(self, event: ScalarEvent, place: Mark) -> object:
        text: str = event.value
        tag = event.tag
        if tag is None or tag == "!":
            return _plain(text) if event.implicit[0] else text
        kind = tag.removeprefix(CORE)
        if kind == tag:
            return Tagged(tag, text)
        if kind in _CONTAINER_KINDS:
            raise self._refusal(place, f"the tag !!{kind} on a single value")
        if kind not in _SCALAR_KINDS:
            return Tagged(f"!!{kind}", text)
        try:
            return core_scalar(kind, text)
        except ValueError:
            raise self._refusal(place, f"the tag !!{kind} on a value that is none") from None

    def _container_tag(self, tag: str | None, place: Mark, *fitting: str) -> str | None:
        """The tag to keep on a container; None where it has none or one of the core set that fits."""
        if tag is None or tag == "!":
            return None
        kind = tag.removeprefix(CORE)
        if kind == tag:
            return tag
        if kind in fitting:
            return None
        if kind in _CONTAINER_KINDS or kind in _SCALAR_KINDS:
            raise self._refusal(place, f"the tag !!{kind} on a {_CONTAINER_NAMES[fitting[0]]}")
        return f"!!{kind}"

    def _refusal(self, place: Mark, message: str) -> InputError:
        return refusal(self._uri, self._text, "yaml", extent(place)[0], message)


def _plain(text: str) -> object:
    """What an untagged plain scalar means."""
    return number(text) if text[:1] in NUMBER_STARTS else WORDS.get(text, text)
