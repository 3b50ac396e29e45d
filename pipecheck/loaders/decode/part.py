"""A mapping inside a resource that may be absent or unknown, and its members with it."""

from __future__ import annotations

from typing import TypeVar

from pipecheck.loaders.node import Node, element_text
from pipecheck.values import Absent, Default, Items, Known, Unknown, Value, bind
from pipecheck.values.record import record

T = TypeVar("T")


@record
class Part:
    """The mapping. Members of an absent one are absent, those of an unknown one unknown."""

    node: Value[Node]

    def part(self, key: str) -> Part:
        """The mapping under `key`."""
        return Part(bind(self.node, lambda node: node.get(key)))

    def text(self, key: str, default: Default | None = None) -> Value[str]:
        """The text under `key`; `default` is what the service takes where it is absent."""
        return with_default(bind(self.node, lambda node: node.text(key)), default)

    def integer(self, key: str) -> Value[int]:
        """The whole number under `key`."""
        return bind(self.node, lambda node: node.integer(key))

    def flag(self, key: str, default: Default | None = None) -> Value[bool]:
        """The boolean under `key`."""
        return with_default(bind(self.node, lambda node: node.flag(key)), default)

    def items(self, key: str) -> Items[Node]:
        """The elements of the list under `key`."""
        match self.node:
            case Known(node):
                return node.items(key)
            case Absent(place):
                return Items((), place)
            case Unknown(place=place):
                return Items((), place, self.node)

    def texts(self, key: str) -> Items[Value[str]]:
        """The texts of the list under `key`."""
        return self.items(key).each(element_text)


def with_default(value: Value[T], default: Default | None) -> Value[T]:
    """The value; an absent one with its default."""
    return Absent(value.place, default) if isinstance(value, Absent) else value
