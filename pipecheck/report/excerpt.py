"""Source lines with carets under a stretch of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.report.listing import Listing, width
from pipecheck.values import Span
from pipecheck.values.record import record

ELLIPSIS = "…"

_MOST_LINES = 6
_LINES_KEPT = 2


@record
class Row:
    """One line of an excerpt.

    `number` is None where lines were left out. `marks` are the carets that go below `text`, "" for a line of context.
    """

    number: int | None
    text: str
    marks: str = ""


def excerpt(listing: Listing, span: Span, columns: int, *, before: int = 1, after: int = 1) -> list[Row]:
    """The lines of the span and of its surroundings, each cut to `columns` around where the span begins.

    Empty where the source has no such line. Blank lines of context at either end are left out.
    """
    last = _last_line(span)
    if not listing.has(span.line):
        return []
    left = _left_edge(listing, span, last, columns)
    leading = [_row(listing, line, left, columns) for line in range(max(1, span.line - before), span.line)]
    marked = [
        Row(None, ELLIPSIS) if line is None else _marked(listing, line, span, left, columns)
        for line in _shown(span, last)
    ]
    lines = range(last + 1, last + after + 1)
    following = [_row(listing, line, left, columns) for line in lines if listing.has(line)]
    return [*leading[_blank(leading) :], *marked, *following[: len(following) - _blank(reversed(following))]]


def _last_line(span: Span) -> int:
    """The last line of which the span holds at least a character."""
    if span.end_line > span.line and span.end_column <= 1:
        return span.end_line - 1
    return max(span.line, span.end_line)


def _shown(span: Span, last: int) -> Iterator[int | None]:
    """The numbers of the span's lines; None stands for those left out."""
    if last - span.line < _MOST_LINES:
        yield from range(span.line, last + 1)
    else:
        yield from range(span.line, span.line + _LINES_KEPT)
        yield None
        yield from range(last - _LINES_KEPT + 1, last + 1)


def _blank(rows: Iterable[Row]) -> int:
    """How many rows are blank before the first that is not."""
    count = 0
    for row in rows:
        if row.text.strip():
            break
        count += 1
    return count


def _left_edge(listing: Listing, span: Span, last: int, columns: int) -> int:
    """The offset from which lines are shown: 0 where the span is in view then, else a bit before the span."""
    start = span.column - 1
    end = span.end_column - 1 if last == span.line == span.end_line else start + 1
    if end <= columns and _width(listing.cells(span.line, 0, end)) < columns:
        return 0
    room = max(columns // 4, (columns - _width(listing.cells(span.line, start, min(end, start + columns)))) // 2)
    for cell in reversed(listing.cells(span.line, max(0, start - columns), start)):
        room -= width(cell)
        if room < 0:
            break
        start -= 1
    return start


def _row(listing: Listing, line: int, left: int, columns: int) -> Row:
    return Row(line, "".join(_view(listing, line, left, columns)).rstrip())


def _view(listing: Listing, line: int, left: int, columns: int) -> list[str]:
    """The cells of a line that are in view, an ellipsis for what is cut off at either side."""
    length = listing.length(line)
    if left >= length:
        return []
    cells = listing.cells(line, left, min(length, left + columns * 2))
    cut = left + len(cells) < length
    plain = "".join(cells)
    if not left and not cut and plain.isascii() and len(plain) <= columns:
        return cells
    room = columns
    if left:
        cells[0] = ELLIPSIS
    for index, cell in enumerate(cells):
        room -= width(cell)
        if room < 0 or (room == 0 and (cut or any(cells[index + 1 :]))):
            return [*cells[:index], ELLIPSIS]
    return cells


def _marked(listing: Listing, line: int, span: Span, left: int, columns: int) -> Row:
    cells = _view(listing, line, left, columns)
    text = "".join(cells)
    start = span.column - 1 - left if line == span.line else _indent(cells)
    end = span.end_column - 1 - left if line == span.end_line else len(cells)
    marks = " " * _width(cells[: max(start, 0)]) + "^" * _width(cells[max(start, 0) : end])
    return Row(line, text.rstrip(), marks if marks.strip() else f"{marks}^")


def _indent(cells: list[str]) -> int:
    return next((index for index, cell in enumerate(cells) if cell.strip()), 0)


def _width(cells: Iterable[str]) -> int:
    return sum(map(width, cells))
