"""Mappings and lists of a YAML tree that remember where their entries stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from pipecheck.syntax.lines import Extent

Mark: TypeAlias = int
"""An extent in one number, `start << 32 | end`: a third of the memory of a tuple."""


def extent(packed: Mark) -> Extent:
    """The extent in a mark."""
    return packed >> 32, packed & 0xFFFF_FFFF


class MarkedMapping(dict[str, object]):
    """A mapping with the marks of its entries.

    `marks` holds key, key mark and value mark of each entry in the order of the text, a repeated key repeatedly,
    followed by the entries that came through merge keys.
    """

    __slots__ = ("marks",)

    def __init__(self) -> None:
        self.marks: list[Any] = []

    def entries(self) -> Iterator[tuple[str, Mark, Mark]]:
        """Each key with its own mark and the mark of its value."""
        marks = iter(self.marks)
        return zip(marks, marks, marks, strict=True)


class MarkedSequence(list[object]):
    """A list with the mark of each item."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        self.marks: list[Mark] = []
