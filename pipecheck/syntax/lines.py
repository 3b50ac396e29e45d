"""Offsets in a text as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Literal, TypeAlias

from pipecheck.values.place import Span

Extent: TypeAlias = tuple[int, int]
"""Start and end offset in a text, in code points; the end is exclusive."""

Format: TypeAlias = Literal["yaml", "json", "toml"]

_YAML_ONLY_BREAKS = ("\x85", "\u2028", "\u2029")


class LineTable:
    """The lines of a text, found on first use. Takes the text and its format.

    YAML 1.1 also breaks lines at NEL, LS and PS (https://yaml.org/spec/1.1/#id871136), JSON and TOML do not.
    """

    __slots__ = ("_breaks", "_starts", "format", "text")

    def __init__(self, text: str, format: Format) -> None:
        self.text = text
        self.format = format
        self._breaks = r"\r\n|[\n\r\x85\u2028\u2029]" if format == "yaml" else r"\r\n|[\n\r]"
        self._starts: list[int] | None = None

    def span(self, extent: Extent) -> Span:
        """The extent as 1-based lines and columns."""
        starts = self._line_starts()
        line = bisect_right(starts, extent[0])
        end_line = bisect_right(starts, extent[1])
        return Span(line, extent[0] - starts[line - 1] + 1, end_line, extent[1] - starts[end_line - 1] + 1)

    def lines(self, first: int, last: int) -> list[str]:
        """The lines numbered `first` to `last`, both included, without line ends; none beyond the text."""
        starts = self._line_starts()
        numbers = range(max(first, 1), min(last, len(starts)) + 1)
        return [self._line(starts, number) for number in numbers]

    def _line(self, starts: list[int], number: int) -> str:
        end = starts[number] if number < len(starts) else len(self.text)
        line = self.text[starts[number - 1] : end]
        return re.sub(f"(?:{self._breaks})\\Z", "", line) if number < len(starts) else line

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = self._find_starts()
        return self._starts

    def _find_starts(self) -> list[int]:
        text = self.text
        plain = "\r" not in text and (text.isascii() or not any(mark in text for mark in _YAML_ONLY_BREAKS))
        if plain:
            ends = accumulate(map(len, text.split("\n")[:-1]))
            return [0, *(end + breaks for breaks, end in enumerate(ends, 1))]
        return [0, *(found.end() for found in re.finditer(self._breaks, text))]
