"""A cursor into a tree: the only way a decoder reads an input, whatever its format.

A node asks its scope what stands at a place after the format's own functions (`Ref`, `Fn::If` …) are worked out, so
that decoders see plain mappings, lists and scalars, or the reason why they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from pipecheck.values import (
    ALWAYS,
    Absent,
    Guard,
    Items,
    Known,
    Member,
    Place,
    Reason,
    Step,
    Truth,
    Unknown,
    Value,
    bind,
    reference,
)
from pipecheck.values.record import record, replace

T = TypeVar("T")

_TRUE_TEXTS = frozenset({"true", "True"})
_FALSE_TEXTS = frozenset({"false", "False"})
_MOST_DIGITS = 20


class Scope(Protocol):
    """Works out the functions of one format."""

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:
        """The plain node that stands for `raw` at `place`, given the outcomes of conditions in `case`."""
        ...

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:
        """The alternatives of a conditional, each with what it needs; None where `raw` is no conditional."""
        ...

    def lines(self, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:
        """Where each line of the text that `raw` stands for is written, as far as the format can tell."""
        ...

    def structure(self, raw: object, place: Place, case: Guard) -> Node | None:
        """The mapping or list that the format makes the text of; None for texts that are written as such."""
        ...


@record
class Branch:
    """One alternative of a conditional. `literal` is the condition's name and the outcome it needs."""

    raw: object
    place: Place
    literal: tuple[str, bool]
    present: Truth


@record
class Node:
    """A plain value of the tree: a mapping, a list or a scalar; an Unknown where a list's element cannot be seen.

    `place` is where it stands or is used, `via` what it came through, `case` the outcomes of conditions that hold
    wherever it is there at all. `owner` is where its absent members are reported, if not at itself. `others` is what
    stands here where conditions have other outcomes than those that are assumed.
    """

    raw: object
    place: Place
    scope: Scope
    case: Guard = ALWAYS
    via: tuple[Step, ...] = ()
    owner: Place | None = None
    others: tuple[Value[Node], ...] = ()

    @property
    def head(self) -> Place:
        """Where the thing that this node describes is reported: a resource at its name, not at its properties."""
        return self.owner or self.place

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a mapping; none for anything else."""
        return tuple(str(key) for key in self.raw) if isinstance(self.raw, dict) else ()

    def names(self) -> Items[str]:
        """The keys of a mapping, each of which `name` turns into its text."""
        if not isinstance(self.raw, dict):
            return Items((), self.place, _invalid("a mapping", self))
        return Items(tuple(Member(key) for key in self.keys), self.place)

    def name(self, key: str) -> Value[str]:
        """The text of a key; where the mapping is itself written in a text, parts of it may be unknown."""
        return as_text(self.scope.settle(key, self.place.child(key), self.case))

    def get(self, key: str) -> Value[Node]:
        """What stands under `key`; absent where nothing or null does."""
        if not isinstance(self.raw, dict):
            return _invalid("a mapping", self)
        if self.raw.get(key) is None:
            return self._unseen_keys() or Absent(self.head)
        others = tuple(bind(other, lambda node: node.get(key)) for other in self.others)
        return self._within(self.scope.settle(self.raw[key], self.place.child(key), self.case), others)

    def _unseen_keys(self) -> Unknown | None:
        """Why the mapping may have keys that are not written: a transform or a loop makes them."""
        if not isinstance(self.raw, dict):
            return None
        functions = (key for key in self.raw if key.startswith("Fn::"))
        makes = next((key for key in functions if key == "Fn::Transform" or key.startswith("Fn::ForEach::")), None)
        if makes is None:
            return None
        return Unknown(Reason.TRANSFORM, f"{makes} may make it", self.head, written=False)

    def _within(self, value: Value[Node], others: tuple[Value[Node], ...] = ()) -> Value[Node]:
        """A value inside this node: it rests on the same assumed outcomes of conditions.

        It does not where `others`, what stands there with other outcomes, are the same.
        """
        assumed = tuple(step for step in self.via if step.kind == "condition")
        if (
            not assumed
            or isinstance(value, Absent)
            or (others and all(same_scalar(value, other) for other in others))
        ):
            return value
        via = tuple(dict.fromkeys((*value.via, *assumed)))
        if isinstance(value, Known):
            node = replace(value.value, via=via, others=(*value.value.others, *others))
            return replace(value, value=node, via=via)
        return replace(value, via=via)

    def text(self, key: str) -> Value[str]:
        """The text under `key`; numbers and booleans as CloudFormation writes them."""
        return as_text(self.get(key))

    def lines(self, key: str, case: Guard | None = None) -> tuple[Place, ...]:
        """Where each line of the text under `key` is written; of any other number than the text's: not known.

        `case` is the case that the text is of, if not this node's.
        """
        raw = self.raw.get(key) if isinstance(self.raw, dict) else None
        return self.scope.lines(raw, self.place.child(key), self.case if case is None else case)

    def structure(self, key: str) -> Node | None:
        """The mapping or list that the text under `key` is made of; None where it is written as a text."""
        raw = self.raw.get(key) if isinstance(self.raw, dict) else None
        return self.scope.structure(raw, self.place.child(key), self.case)

    def integer(self, key: str) -> Value[int]:
        """The whole number under `key`, also where it is written as a text."""
        return _scalar(self.get(key), _integer, "a whole number")

    def flag(self, key: str) -> Value[bool]:
        """The boolean under `key`, also where it is written as a text."""
        return _scalar(self.get(key), _flag, "true or false")

    def child(self, key: str, decode: Callable[[Node], T]) -> Value[T]:
        """What `decode` makes of the mapping under `key`."""
        return decoded(self.get(key), decode)

    def items(self, key: str, *, single: bool = False) -> Items[Node]:
        """The elements of the list under `key`; none where it is absent.

        `single` lets one element stand for a list of one, as policies allow.
        """
        if not isinstance(self.raw, dict):
            return Items((), self.place, _invalid("a mapping", self))
        if self.raw.get(key) is None:
            return Items((), self.head, self._unseen_keys())
        return self._elements(self.raw[key], self.place.child(key), self.case, single)

    def _elements(self, raw: object, place: Place, case: Guard, single: bool) -> Items[Node]:
        branches = self.scope.branches(raw, place, case)
        if branches is not None:
            return _merged([self._branch(branch, case, single) for branch in branches], place)
        match self._within(self.scope.settle(raw, place, case)):
            case Absent():
                return Items((), place)
            case Unknown() as unknown:
                if single and (unknown.single or unknown.pieces or reference(unknown) is not None):
                    return Items((Member(Node(unknown, place, self.scope, case)),), place)
                return Items((), place, unknown)
            case Known(node):
                return node.elements(single=single)

    def _branch(self, branch: Branch, case: Guard, single: bool) -> Items[Node]:
        items = self._elements(branch.raw, branch.place, case | {branch.literal}, single)
        members = tuple(
            replace(member, guard=member.guard | {branch.literal}, present=member.present & branch.present)
            for member in items.members
        )
        still_open = items.open if branch.present is not Truth.FALSE else None
        return Items(members, items.place, still_open)

    def elements(self, *, single: bool = False) -> Items[Node]:
        """The elements of this node, where it is a list."""
        if not isinstance(self.raw, list):
            if single:
                return Items((Member(self),), self.head)
            return Items((), self.head, _invalid("a list", self))
        members = (
            member
            for index, raw in enumerate(self.raw)
            for member in self._members(raw, self.place.child(index), self.case)
        )
        return Items(tuple(members), self.head)

    def _members(self, raw: object, place: Place, case: Guard) -> Iterator[Member[Node]]:
        branches = self.scope.branches(raw, place, case)
        if branches is None:
            match self._within(self.scope.settle(raw, place, case)):
                case Known(node):
                    yield Member(node)
                case Unknown() as unknown:
                    yield Member(Node(unknown, place, self.scope, case))
                case Absent():
                    return
            return
        for branch in branches:
            for member in self._members(branch.raw, branch.place, case | {branch.literal}):
                guard = member.guard | {branch.literal}
                yield Member(member.value, guard, member.present & branch.present)


def same_scalar(value: Value[Node], other: Value[Node]) -> bool:
    """Whether both are the same scalar, the other one whatever parameters and conditions are."""
    match value, other:
        case Known(node), Known(another, via=()):
            written = scalar_text(node.raw)
            return written is not None and written == scalar_text(another.raw)
        case Known(), Unknown(candidates=candidates, via=()):
            return bool(candidates) and all(same_scalar(value, candidate) for candidate in candidates)
        case _:
            return False


def as_text(value: Value[Node]) -> Value[str]:
    """A scalar node as a text."""
    return _scalar(value, scalar_text, "a text")


def element_text(node: Node) -> Value[str]:
    """The text of one element of a list; an element that is unknown stays so."""
    return as_text(node.raw if isinstance(node.raw, Unknown) else Known(node, node.place, node.via))


def decoded(value: Value[Node], decode: Callable[[Node], T]) -> Value[T]:
    """What `decode` makes of a node that may be absent or unknown."""
    return bind(value, lambda node: Known(decode(node), node.place, node.via))


def _scalar(value: Value[Node], convert: Callable[[object], T | None], expected: str) -> Value[T]:
    match value:
        case Known(node):
            if node.raw is None:
                return Absent(node.place)
            converted = convert(node.raw)
            return _invalid(expected, node) if converted is None else Known(converted, node.place, node.via)
        case Absent():
            return value
        case Unknown(candidates=candidates):
            read = tuple(_scalar(candidate, convert, expected) for candidate in candidates)
            return replace(value, candidates=read)


def scalar_text(raw: object) -> str | None:
    """A scalar as CloudFormation writes it in a text; None for anything else."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw) if isinstance(raw, str | int | float) else None


def _integer(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    return whole_number(raw) if isinstance(raw, str) else None


def whole_number(text: str) -> int | None:
    """The number that a text is; None for other texts and for more digits than anything of AWS has."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None


def _flag(raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw in _TRUE_TEXTS | _FALSE_TEXTS:
        return raw in _TRUE_TEXTS
    return None


def _invalid(expected: str, node: Node) -> Unknown:
    if isinstance(node.raw, Unknown):
        return node.raw
    names = ((dict, "a mapping"), (list, "a list"), (str, "a text"))
    found = next((name for kind, name in names if isinstance(node.raw, kind)), type(node.raw).__name__)
    return Unknown(Reason.INVALID_VALUE, f"expected {expected}, found {found}", node.head)


def _merged(parts: list[Items[Node]], place: Place) -> Items[Node]:
    members = tuple(member for part in parts for member in part.members)
    return Items(members, place, next((part.open for part in parts if part.open is not None), None))
