"""Where in a file a character of a text value stands."""

from __future__ import annotations

from pipecheck.syntax.document import Document
from pipecheck.values.place import Route


def position(document: Document, route: Route, offset: int) -> tuple[int, int]:
    """Line and column (1-based) of the character at `offset` of the text at `route`, or of the end behind it.

    The characters of the value are found again in the source one after the other, white space aside, so that folding,
    quotes and escapes do not matter. Where that fails it is the beginning of the text.
    """
    value = _at(document.root, route)
    if isinstance(value, str):
        before = value[:offset]
        line = document.content_line(route, before.count("\n"))
        if line is not None:
            source = document.lines(line.line, line.end_line)
            start = before.rfind("\n") + 1
            found = _found_again(source, line.column - 1, value[start : offset + 1])
            if found is not None:
                behind = offset >= len(value.rstrip())
                return line.line + found[0], found[1] + 1 + behind
    span = document.span(route)
    return span.line, span.column


def _at(root: object, route: Route) -> object:
    found = root
    for step in route:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
    return found


def _found_again(source: list[str], column: int, wanted: str) -> tuple[int, int] | None:
    """Line index and column, both 0-based, of the last character of `wanted`."""
    line = 0
    found = (0, column)
    for character in wanted:
        if character.isspace():
            continue
        column = source[line].find(character, column)
        while column < 0:
            line += 1
            if line == len(source):
                return None
            column = source[line].find(character)
        found = (line, column)
        column += 1
    return found
