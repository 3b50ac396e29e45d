"""The lines of one source as a report may show them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from sys import maxsize
from unicodedata import combining, east_asian_width

from pipecheck.findings.finding import Hidden
from pipecheck.report.redaction import MASK, Extent, Redaction, printable
from pipecheck.report.sources import Sources, SourceText

_TAB = "    "
_BLOCK_LINES = 1
"""How many lines below its header a one-word text in a block scalar can stand."""
_ZERO_WIDTH = frozenset("\u00ad\u200c\u200d\ufe0e\ufe0f")


class Listing:
    """Gives out the lines of a source with secrets masked, also those that are wrapped over several lines."""

    __slots__ = ("_here", "_hidden", "_redaction", "_source")

    def __init__(self, source: SourceText, redaction: Redaction, here: Iterable[Hidden] = ()) -> None:
        self._source = source
        self._redaction = redaction
        self._here = tuple(here)
        self._hidden: dict[int, list[Extent]] | None = None

    def length(self, line: int) -> int:
        """Code points in the line; 0 where there is no such line."""
        return len(self._raw(line))

    def has(self, line: int) -> bool:
        """Whether the source has that line."""
        return line >= 1 and bool(self._source.lines(line, line))

    def text(self, line: int) -> str:
        """The whole line, safe to show; "" where there is no such line."""
        return "".join(self._pieces(line, 0, self.length(line)))

    def part(self, line: int, start: int, end: int) -> str:
        """The line from offset `start` to `end`, safe to show."""
        return "".join(self._pieces(line, start, end))

    def cells(self, line: int, start: int, end: int) -> list[str]:
        """What a terminal shows for each code point from offset `start` to `end`; "" where another stands for it."""
        return [_TAB if piece == "\t" else piece for piece in self._pieces(line, start, end)]

    def hides(self, first: int, last: int) -> bool:
        """Whether any of the lines `first` to `last` holds a secret or a part of one."""
        hidden = self._hidden_by_line()
        return any(line in hidden for line in range(first, last + 1)) if hidden else False

    def _raw(self, line: int) -> str:
        return next(iter(self._source.lines(line, line)), "")

    def _pieces(self, line: int, start: int, end: int) -> list[str]:
        raw = self._raw(line)[start:end]
        pieces = list(raw) if printable(raw) == raw else [printable(character) for character in raw]
        for hidden_start, hidden_end in self._hidden_by_line().get(line, ()):
            first = max(hidden_start - start, 0)
            last = min(hidden_end - start, len(pieces))
            if first < last:
                pieces[first:last] = [MASK] + [""] * (last - first - 1)
        return pieces

    def _hidden_by_line(self) -> dict[int, list[Extent]]:
        if self._hidden is None:
            self._hidden = self._find_hidden() if self._redaction.masks else {}
            for hidden in self._here:
                self._hide(hidden, self._hidden)
        return self._hidden

    def _hide(self, hidden: Hidden, by_line: dict[int, list[Extent]]) -> None:
        """Adds where the text stands in the stretch. The span of a block scalar is its header; its text follows."""
        span = hidden.span
        is_block = self._raw(span.line)[span.column - 1 :].lstrip().startswith(("|", ">"))
        last = span.end_line + _BLOCK_LINES if is_block else span.end_line
        for line in range(span.line, last + 1):
            start = span.column - 1 if line == span.line else 0
            end = span.end_column - 1 if line == last and not is_block else self.length(line)
            for found in Redaction([hidden.text]).hidden(self._raw(line)[start:end]):
                extent = (found[0] + start, found[1] + start)
                there = by_line.setdefault(line, [])
                if not any(first < extent[1] and extent[0] < after for first, after in there):
                    there.append(extent)

    def _find_hidden(self) -> dict[int, list[Extent]]:
        lines = self._source.lines(1, maxsize)
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        found: dict[int, list[Extent]] = {}
        for start, end in self._redaction.hidden("\n".join(lines)):
            for line in range(bisect_right(starts, start), bisect_right(starts, end - 1) + 1):
                text, first = lines[line - 1], starts[line - 1]
                indent = len(text) - len(text.lstrip()) if first > start else 0
                extent = (max(start - first, indent), min(end - first, len(text)))
                if extent[0] < extent[1]:
                    found.setdefault(line, []).append(extent)
        return found


class Listings:
    """The listings of a report's sources, each made once."""

    __slots__ = ("_hidden", "_listings", "_redaction", "_sources")

    def __init__(self, sources: Sources, redaction: Redaction, hidden: Iterable[Hidden] = ()) -> None:
        self._sources = sources
        self._hidden = tuple(hidden)
        self._redaction = redaction
        self._listings: dict[str, Listing] = {}

    def of(self, uri: str) -> Listing | None:
        """The listing of the source; None where its text is not at hand."""
        if uri not in self._listings:
            source = self._sources.get(uri)
            if source is None:
                return None
            self._listings[uri] = Listing(source, self._redaction, [one for one in self._hidden if one.uri == uri])
        return self._listings[uri]


def width(cell: str) -> int:
    """Columns that a terminal gives to the text (https://www.unicode.org/reports/tr11/)."""
    if cell.isascii():
        return len(cell)
    return sum(_character_width(character) for character in cell)


def _character_width(character: str) -> int:
    if combining(character) or character in _ZERO_WIDTH:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
