"""The templates that are scanned together: exports and imports, nested stacks and their parameters."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pipecheck.loaders.cloudformation.effort import Depth
from pipecheck.loaders.node import Node
from pipecheck.values import Absent, Guard, Known, Place, Reason, Step, Unknown, Value, bind
from pipecheck.values.record import record, replace
from pipecheck.values.text import spelled

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template

T = TypeVar("T")

_SAME_EVERYWHERE = frozenset({"AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"})
"""Pseudo parameters that have one value in a stack and in the stacks nested in it."""


@record
class _Export:
    """An output that a template exports."""

    output: Node

    @property
    def name(self) -> str | None:
        """Its name, with unknown parts by their spelling."""
        return spelled(bind(self.output.get("Export"), lambda export: export.text("Name")))


@record
class _Nesting:
    """A stack resource of `parent` that deploys a template of the input; `properties` are the resource's.

    `assumed` says that the template is taken for that of the stack because of its file name.
    """

    parent: Template
    logical_id: str
    properties: Node
    assumed: tuple[Step, ...]


class Stacks:
    """All templates of one inventory. A value that goes from one template to another is looked up here."""

    def __init__(self) -> None:
        self.templates: list[Template] = []
        self.depth = Depth()
        self._under_way: set[tuple[str, ...]] = set()

    def exported(self, name: str) -> Value[str] | None:
        """The value that some template exports under `name`; None where none does."""
        with self._once("exports") as first:
            exports = self._exports.get(name, ()) if first else ()
        with self._once("export", name) as first:
            if not exports or not first:
                return None
            export = exports[0]
            if len(exports) > 1:
                return Unknown(Reason.AMBIGUOUS_NAME, f"{len(exports)} templates export {name}", export.output.place)
            return foreign(export.output.text("Value"), export.output.place.source)

    def parameter(self, child: Template, name: str, place: Place, case: Guard) -> Value[Node] | None:
        """What the stacks that deploy `child` give to its parameter `name`; None where they give nothing."""
        with self._once("parameter", child.source, name) as first:
            if not first:
                return Unknown(Reason.INVALID_VALUE, f"parameter {name} depends on itself", place)
            given = [self._given(nesting, name, place) for nesting in self._nestings.get(child.source, ())]
        values = [_at(value, child, place, case) for value in given if value is not None]
        if len(values) < 2:
            return values[0] if values else None
        return Unknown(
            Reason.CONDITION_UNDECIDED, f"{len(values)} stacks give parameter {name} a value", place, tuple(values)
        )

    def output(self, template: Template, logical_id: str, name: str, place: Place) -> Value[str] | None:
        """The output `name` of the stack that a resource of `template` nests; None where its template is not here."""
        nested, nesting = self._nested.get((template.source, logical_id), (None, None))
        with self._once("output", nested or "", name) as first:
            if nested is None or nesting is None or not first:
                return None
            child = self._by_source[nested]
            body = child.section("Outputs").get(name)
            if not isinstance(body, dict):
                return Unknown(Reason.INVALID_VALUE, f"{logical_id} has no output {name}", place)
            value = foreign(Node(body, Place(nested, ("Outputs", name)), child).text("Value"), nested)
        step = Step("output", f"{logical_id}.{name}", Place(nested, ("Outputs", name)))
        return _moved(value, place, step, *nesting.assumed)

    @cached_property
    def _exports(self) -> Mapping[str, list[_Export]]:
        found: dict[str, list[_Export]] = {}
        for template in self.templates:
            for output, body in template.section("Outputs").items():
                if isinstance(body, dict) and isinstance(body.get("Export"), dict):
                    export = _Export(Node(body, Place(template.source, ("Outputs", output)), template))
                    if export.name is not None:
                        found.setdefault(export.name, []).append(export)
        return found

    @cached_property
    def _by_source(self) -> Mapping[str, Template]:
        return {template.source: template for template in self.templates}

    @cached_property
    def _nested(self) -> Mapping[tuple[str, str], tuple[str, _Nesting]]:
        """The source of the template that a stack resource deploys, by the resource's template and logical id."""
        return {
            (nesting.parent.source, nesting.logical_id): (source, nesting)
            for source, nestings in self._nestings.items()
            for nesting in nestings
        }

    @cached_property
    def _nestings(self) -> Mapping[str, list[_Nesting]]:
        """Which stack resources deploy which template, by the template's source."""
        sources = {posixpath.normpath(template.source): template.source for template in self.templates}
        found: dict[str, list[_Nesting]] = {}
        for template in self.templates:
            for logical_id, body in template.section("Resources").items():
                if not isinstance(body, dict) or body.get("Type") != "AWS::CloudFormation::Stack":
                    continue
                resource = template.resource(logical_id)
                properties = None if resource is None else resource.get("Properties")
                if not isinstance(properties, Known):
                    continue
                child = sources.get(_local_path(template, properties.value))
                assumed: tuple[Step, ...] = ()
                if child is None and (child := self._called_like(properties.value)) is not None:
                    assumed = (Step("stack-file", f"{logical_id} deploys {child}", properties.value.place),)
                if child is not None:
                    nesting = _Nesting(template, logical_id, properties.value, assumed)
                    found.setdefault(child, []).append(nesting)
        return found

    def _called_like(self, properties: Node) -> str | None:
        """The one template of the input that has the file name of TemplateURL and every parameter it is given."""
        url = properties.text("TemplateURL")
        text = url.value if isinstance(url, Known) else ""
        if isinstance(url, Unknown) and url.pieces and isinstance(url.pieces[-1], str):
            text = url.pieces[-1]
        name = text.rsplit("/", 1)[-1] if "/" in text else ""
        given = properties.get("Parameters")
        names = given.value.keys if isinstance(given, Known) else ()
        named = [template for template in self.templates if posixpath.basename(template.source) == name]
        if len(named) != 1 or not set(names) <= set(named[0].section("Parameters")):
            return None
        return named[0].source

    def _given(self, nesting: _Nesting, name: str, place: Place) -> Value[Node] | None:
        parameters = nesting.properties.get("Parameters")
        value = bind(parameters, lambda mapping: mapping.get(name))
        if isinstance(value, Absent):
            return None
        step = Step("stack-parameter", f"{nesting.logical_id}.{name}", value.place)
        return _moved(foreign(value, nesting.parent.source), place, step, *nesting.assumed)

    @contextmanager
    def _once(self, *key: str) -> Iterator[bool]:
        """False inside a look-up of the same thing: two templates may depend on each other."""
        first = key not in self._under_way
        self._under_way.add(key)
        try:
            yield first
        finally:
            if first:
                self._under_way.discard(key)


def _local_path(template: Template, properties: Node) -> str:
    """The file that TemplateURL names beside the template, as `aws cloudformation package` takes it; else ""."""
    url = properties.text("TemplateURL")
    if not isinstance(url, Known) or "://" in url.value:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(template.source), url.value))


def foreign(value: Value[T], source: str) -> Value[T]:
    """A value for use in another template: names of unknown parts say which template they are names of."""
    if not isinstance(value, Unknown):
        return value
    spelling = value.spelling
    if spelling and spelling not in _SAME_EVERYWHERE:
        spelling = f"{source}!{spelling}"
    pieces = tuple(piece if isinstance(piece, str) else _foreign_piece(piece, source) for piece in value.pieces)
    candidates = tuple(foreign(candidate, source) for candidate in value.candidates)
    return replace(value, spelling=spelling, pieces=pieces, candidates=candidates)


def _foreign_piece(piece: Unknown, source: str) -> Unknown:
    moved: Value[object] = foreign(piece, source)
    return moved if isinstance(moved, Unknown) else piece


def _moved(value: Value[T], place: Place, *steps: Step) -> Value[T]:
    """The value at its place of use, with the steps it came through."""
    if isinstance(value, Absent):
        return value
    return replace(value, place=place, via=(*value.via, *steps))


def _at(value: Value[Node], template: Template, place: Place, case: Guard) -> Value[Node]:
    """A parent's node as a parameter of the child: scalars stand at their place of use."""
    match value:
        case Known(node, _, via):
            home = node.place if isinstance(node.raw, dict | list) else place
            return Known(Node(node.raw, home, node.scope, case, via), place, via)
        case Unknown(candidates=candidates):
            return replace(value, candidates=tuple(_at(option, template, place, case) for option in candidates))
        case Absent():
            return value
