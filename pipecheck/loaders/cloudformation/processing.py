"""Templates as CloudFormation takes them after `Fn::ForEach` is written out and `AWS::Include` put in.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html

What cannot be worked out, such as a loop over a list that is not known, stays as it is written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from pipecheck.errors import InputError
from pipecheck.loaders.cloudformation.functions import FOR_EACH, call
from pipecheck.loaders.cloudformation.stacks import Stacks
from pipecheck.loaders.cloudformation.template import Assumptions, Template
from pipecheck.loaders.defect import defect
from pipecheck.loaders.detect import kind_of
from pipecheck.loaders.node import as_text
from pipecheck.loaders.source_tree import SourceTree
from pipecheck.syntax.document import Document, Home, Tagged
from pipecheck.syntax.read import read
from pipecheck.values import ALWAYS, Known, Place, Route
from pipecheck.values.record import record

_SIGNS = (FOR_EACH, "AWS::Include")
_MOST_NODES = 50_000
"""Loops in loops multiply: a template in which they make more is left as it is written."""

_UNDECIDED = {"Fn::Transform": {"Name": "AWS::Include"}}
"""Stands for what is written in two places, of which CloudFormation refuses or prefers one."""

_NOT_WORD = re.compile("[^0-9A-Za-z]+")


@record
class Processed:
    """Documents after processing, and those that they include, by name: these are no inputs of their own."""

    documents: tuple[Document, ...]
    included: Mapping[str, Document]
    errors: tuple[InputError, ...] = ()


def process(documents: Sequence[Document], assumptions: Assumptions, tree: SourceTree) -> Processed:
    """The documents, templates with their loops written out and the files of the tree put in that they include."""
    included: dict[str, Document] = {}
    concerned = {
        document.uri
        for document in documents
        if any(map(document.may_hold, _SIGNS)) and kind_of(document.root) == "cloudformation"
    }
    if not concerned:
        return Processed(tuple(documents), included)
    stacks = Stacks()
    stacks.templates += [
        Template(document, assumptions, stacks)
        for document in documents
        if kind_of(document.root) == "cloudformation"
    ]
    made: dict[str, Document] = {}
    errors: list[InputError] = []
    for template in stacks.templates:
        if template.source in concerned:
            try:
                made[template.source] = _Processing(template, tree, included).document()
            except Exception as error:  # noqa: BLE001 - the other inputs go on
                errors.append(defect(template.source, error))
    kept = (made.get(document.uri, document) for document in documents if document.uri not in included)
    return Processed(tuple(kept), included, tuple(errors))


class _TooMuch(Exception):  # noqa: N818 - a signal, caught where the processing starts
    """The template grows beyond measure."""


@record
class _Position:
    """A node of the processed tree: its route there, and where it is written. `names` are the loops' identifiers."""

    route: Route
    home: Home
    names: Mapping[str, str] = field(default_factory=dict)

    def child(self, *steps: str | int) -> _Position:
        document, route = self.home
        return _Position(self.route + steps, (document, route + steps), self.names)

    def at(self, step: str | int, home: Home) -> _Position:
        """A child that is written elsewhere than its route says."""
        return _Position((*self.route, step), home, self.names)


_Entry: TypeAlias = tuple[str, object, _Position]
"""A key of the processed tree, what is written under it, and where."""


class _Processing:
    """Writes out one template. `homes` collects the nodes that are written under another route than they have."""

    def __init__(self, template: Template, tree: SourceTree, included: dict[str, Document]) -> None:
        self._template = template
        self._tree = tree
        self._included = included
        self._homes: dict[Route, Home] = {}
        self._left = _MOST_NODES

    def document(self) -> Document:
        original = self._template.document
        if not isinstance(original.root, dict):
            return original
        position = _Position((), (original, ()))
        try:
            root = self._with_top_level_includes(self._mapping(original.root, position), position)
        except _TooMuch:
            return original
        return original.rewritten(root, self._homes)

    def _node(self, raw: object, position: _Position) -> object:
        self._left -= bool(position.names)
        if self._left < 0:
            raise _TooMuch
        match raw:
            case str():
                return _filled(raw, position.names)
            case list():
                return [self._node(element, position.child(index)) for index, element in enumerate(raw)]
            case dict() | Tagged():
                return self._structure(raw, position)
            case _:
                return raw

    def _structure(self, raw: dict[str, object] | Tagged, position: _Position) -> object:
        function = call(raw)
        if function is not None and function.name == "Ref" and isinstance(function.argument, str):
            item = position.names.get(function.argument)
            if item is not None:
                self._place(position.child(*function.steps), position.route)
                return item
        if function is not None and function.name == "Transform":
            found = self._include(function.argument, position)
            if found is not None:
                home = _Position(position.route, (found, ()))
                self._place(home, position.route)
                return self._node(found.root, home)
        if isinstance(raw, Tagged):
            return Tagged(raw.tag, self._node(raw.value, position))
        return self._mapping(raw, position)

    def _mapping(self, raw: Mapping[str, object], position: _Position) -> dict[str, object]:
        made: dict[str, object] = {}
        for key, value, child in self._entries(raw, position):
            if key in made:  # CloudFormation refuses two of one name; nobody can tell which one is meant
                made[key] = _UNDECIDED
                continue
            if child.home != position.child(key).home:
                self._place(child, child.route)
            made[key] = self._node(value, child)
        return made

    def _entries(self, raw: Mapping[str, object], position: _Position) -> Iterator[_Entry]:
        """The entries of a mapping with their positions, after loops and includes."""
        document, route = position.home
        for key, value in raw.items():
            made: Iterator[_Entry] | None = None
            if key.startswith(FOR_EACH):
                made = self._loop(key, value, position)
            elif key == "Fn::Transform":
                found = self._include(value, position)
                if found is not None and isinstance(found.root, dict):
                    made = self._entries(found.root, _Position(position.route, (found, ()), position.names))
            if made is not None:
                yield from made
                continue
            name = _filled(key, position.names)
            yield name, value, position.at(name, (document, (*route, key)))

    def _loop(self, key: str, raw: object, position: _Position) -> Iterator[_Entry] | None:
        """The entries that a loop makes; None where its list is not known."""
        loop = position.child(key)
        match raw:
            case [str(identifier), collection, dict(body)]:
                items = self._items(collection, loop.child(1))
            case _:
                return None
        if items is None:
            return None
        turns = (
            _Position(position.route, loop.child(2).home, {**position.names, identifier: item})
            for item in dict.fromkeys(items)
        )
        return (entry for turn in turns for entry in self._entries(body, turn))

    def _items(self, collection: object, position: _Position) -> tuple[str, ...] | None:
        """The texts of a loop's list, where all are known."""
        place = Place(self._template.source, position.route)
        settled = self._template.settle(self._node(collection, position), place, ALWAYS)
        if not isinstance(settled, Known) or not isinstance(settled.value.raw, list):
            return None
        texts = [as_text(self._template.settle(element, place, ALWAYS)) for element in settled.value.raw]
        items = tuple(text.value for text in texts if isinstance(text, Known))
        return items if len(items) == len(texts) else None

    def _include(self, transform: object, position: _Position) -> Document | None:
        """The file that a transform includes; None for other transforms and files that are not here."""
        match transform:
            case {"Name": "AWS::Include", "Parameters": {"Location": location}}:
                pass
            case _:
                return None
        if position.home[0] is not self._template.document:  # a file that is included cannot include another
            return None
        text = as_text(self._template.settle(location, Place(self._template.source, position.route), ALWAYS))
        if not isinstance(text, Known) or "://" in text.value:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._template.source), text.value))
        if path in self._included:
            return self._included[path]
        data = self._tree.read(path)
        if data is None or path == self._template.source:
            return None
        try:
            self._included[path] = read(data, path)
        except InputError:
            return None
        return self._included[path]

    def _with_top_level_includes(self, root: dict[str, object], position: _Position) -> dict[str, object]:
        """The template with what its own `Transform` includes; transforms that are not worked out stay."""
        named = root.get("Transform")
        transforms = named if isinstance(named, list) else [named]
        kept: list[object] = []
        for transform in transforms:
            found = self._include(transform, position)
            if found is None or not isinstance(found.root, dict):
                kept.append(transform)
                continue
            for section, body in found.root.items():
                self._add_section(root, section, body, found)
        return {**{key: value for key, value in root.items() if key != "Transform"}, "Transform": kept}

    def _add_section(self, root: dict[str, object], section: str, body: object, found: Document) -> None:
        inside = _Position((section,), (found, (section,)))
        own = root.get(section)
        if own is None:
            self._place(inside, inside.route)
            root[section] = self._node(body, inside)
        elif isinstance(own, dict) and isinstance(body, dict):
            for key, value, child in self._entries(body, inside):
                self._place(child, child.route)
                own[key] = _UNDECIDED if key in own else self._node(value, child)
        else:
            root[section] = _UNDECIDED

    def _place(self, position: _Position, route: Route) -> None:
        self._homes[route] = position.home


def _filled(text: str, names: Mapping[str, str]) -> str:
    """A text with the identifiers of loops filled in: `${Name}`, or `&{Name}` for its letters and digits alone."""
    if names and "{" in text:
        for name, value in names.items():
            text = text.replace(f"${{{name}}}", value).replace(f"&{{{name}}}", _NOT_WORD.sub("", value))
    return text
