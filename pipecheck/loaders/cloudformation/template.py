"""One CloudFormation template as a scope: its sections, what it assumes, and which conditions are decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property

from pipecheck.loaders.cloudformation.conditions import read_conditions
from pipecheck.loaders.cloudformation.effort import Effort
from pipecheck.loaders.cloudformation.functions import call
from pipecheck.loaders.cloudformation.intrinsics import evaluate
from pipecheck.loaders.cloudformation.references import allowed_values
from pipecheck.loaders.cloudformation.stacks import Stacks
from pipecheck.loaders.cloudformation.transforms import Transforms, macro_beside
from pipecheck.loaders.cloudformation.use import Use
from pipecheck.loaders.cloudformation.written import written_lines, written_structure
from pipecheck.loaders.node import Branch, Node, as_text, scalar_text
from pipecheck.loaders.texts import literal
from pipecheck.model.conditions import Conditions
from pipecheck.syntax.document import Document
from pipecheck.values import ALWAYS, Guard, Known, Place, Reason, Route, Unknown, Value
from pipecheck.values.record import record, replace

_MADE_OF_PARTS = frozenset({"Outputs", "Resources"})
_CHARACTERS_PER_STEP = 100
"""Of a text that a function makes, per step of its effort."""

_LENGTH_OF_PARTS = 3
"""Of the route to a part of a resource or output, such as its Properties or its Value."""


@record
class Assumptions:
    """What the user said of parameters; pseudo parameters (`AWS::Region`) may be given too.

    Without `assume_defaults` a parameter that is not given is unknown although it has a default.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    assume_defaults: bool = True


def parameter_names(document: Document) -> Iterable[str]:
    """The names of the parameters that a template declares; none of a document that is no template."""
    declared = document.root.get("Parameters") if isinstance(document.root, dict) else None
    return [name for name in declared if isinstance(name, str)] if isinstance(declared, dict) else []


class Template:
    """A template that works out what its functions mean.

    `stacks` are the templates scanned together. `effort` is what is left for the template, if it is not the first.
    """

    def __init__(
        self, document: Document, assumptions: Assumptions, stacks: Stacks, effort: Effort | None = None
    ) -> None:
        self.document = document
        self.source = document.uri
        self.assumptions = assumptions
        self.stacks = stacks
        self.effort = effort or Effort(document, stacks.depth)
        self.being_named: set[str] = set()
        """Resources whose name is being worked out, so that a name cannot depend on itself."""
        self.transforms = Transforms(document.root, document.uri)
        self._may_change = document.may_hold("Fn::Transform") or self.transforms.changing(()) is not None
        self._duplicated = frozenset(
            (source.uri, duplicate.route, duplicate.key)
            for source in document.sources
            for duplicate in source.duplicates
        )
        self._plain = not self._may_change and not self._duplicated

    def section(self, name: str) -> Mapping[str, object]:
        """A top-level section such as Resources; empty where there is none."""
        root = self.document.root
        section = root.get(name) if isinstance(root, dict) else None
        return section if isinstance(section, dict) else {}

    def resource(self, logical_id: str) -> Node | None:
        """The body of a resource in the case that it is created; None where the template has none of that name."""
        body = self.section("Resources").get(logical_id)
        if not isinstance(body, dict):
            return None
        condition = body.get("Condition")
        case = frozenset({(condition, True)}) if isinstance(condition, str) else ALWAYS
        return Node(body, Place(self.source, ("Resources", logical_id)), self, case)

    @cached_property
    def conditions(self) -> Conditions:
        """The conditions of the template as formulas over its parameters."""
        allowed = {
            name: tuple(known for value in values if (known := scalar_text(value)) is not None)
            for name, body in self.section("Parameters").items()
            if (values := allowed_values(body))
        }
        section, mappings = self.section("Conditions"), self.section("Mappings")
        return read_conditions(section, mappings, allowed, self.assumptions.parameters, self._text_with)

    def _text_with(self, raw: object, values: Mapping[str, str]) -> Value[str]:
        """The text of an expression where parameters have these values; of a list of texts, with commas."""
        template = self
        if values:
            parameters = {**self.assumptions.parameters, **values}
            template = Template(
                self.document, replace(self.assumptions, parameters=parameters), self.stacks, self.effort
            )
        place = Place(self.source, ("Conditions",))
        settled = template.settle(raw, place, ALWAYS)
        if isinstance(settled, Known) and isinstance(settled.value.raw, list):
            return as_text(template.settle({"Fn::Join": [",", raw]}, place, ALWAYS))
        return as_text(settled)

    @cached_property
    def _certain(self) -> Mapping[str, bool]:
        """The conditions that have one outcome in every case."""
        return self.conditions.certain()

    def outcome(self, condition: str, case: Guard) -> bool | None:
        """The outcome of a condition where it is certain: from `case`, or because it is the same in every case."""
        for name, outcome in case:
            if name == condition:
                return outcome
        return self._certain.get(condition)

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:
        """See `Scope.settle`."""
        if isinstance(raw, str) and self._plain and "{{" not in raw:
            return Known(Node(raw, place, self, case), place)
        if self._may_change and (macro := self._macro(raw, place.route)) is not None:
            return Unknown(Reason.TRANSFORM, f"the macro {macro} may change it", place)
        function = call(raw)
        if function is not None:
            return evaluate(self, function, Use(place, place.child(*function.steps), case))
        if self._duplicated and self._is_duplicated(place.route):
            return Unknown(
                Reason.DUPLICATE_KEY, f"{place.route[-1]} is, or stands in, a key that is written twice", place
            )
        if isinstance(raw, str):
            return self.text_node(literal(raw, place), case)
        return Known(Node(raw, place, self, case), place)

    def text_node(self, text: Value[str], case: Guard) -> Value[Node]:
        """The scalar node of a text that a function made."""
        if isinstance(text, Known):
            self.effort.spend(len(text.value) // _CHARACTERS_PER_STEP)
            return Known(Node(text.value, text.place, self, case, text.via), text.place, text.via)
        if isinstance(text, Unknown):
            self.effort.spend(len(text.candidates) + len(text.pieces))
            return replace(text, candidates=tuple(self.text_node(option, case) for option in text.candidates))
        return text

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:
        """See `Scope.branches`."""
        function = call(raw)
        if function is None or function.name != "If":
            return None
        match function.argument:
            case [str(name), positive, negative] if self.outcome(name, case) is None:
                assumed = self.conditions.assumed(name)
                argument = place.child(*function.steps)
                return (
                    Branch(positive, argument.child(1), (name, True), assumed),
                    Branch(negative, argument.child(2), (name, False), ~assumed),
                )
        return None

    def lines(self, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:
        """See `Scope.lines`."""
        return written_lines(self, raw, place, case)

    def structure(self, raw: object, place: Place, case: Guard) -> Node | None:
        """See `Scope.structure`."""
        return written_structure(self, raw, place, case)

    def _macro(self, raw: object, route: Route) -> str | None:
        """The macro that may change what stands at a place; asked where a resource or an output begins."""
        if len(route) == _LENGTH_OF_PARTS and route[0] in _MADE_OF_PARTS:
            changing = self.transforms.changing(route)
            if changing is not None:
                return changing
        return macro_beside(raw) if isinstance(raw, dict) and len(raw) > 1 else None

    def _is_duplicated(self, route: Route) -> bool:
        document, written = self.document.written(route)
        return any((document.uri, written[:end], written[end]) in self._duplicated for end in range(len(written)))
