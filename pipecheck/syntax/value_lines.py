"""Where each line of a text value stands in the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipecheck.syntax.lines import Extent

_BREAK = re.compile(r"\r\n|[\n\r\x85]")
_SEPARATOR = re.compile("[\u2028\u2029]")
"""Line breaks that stay in the value; how lines fold around them is not followed here."""

_FOLD = r"(?:\r\n|[\n\r\x85])(?P<blank>(?:[ \t]*(?:\r\n|[\n\r\x85]))*)[ \t]*"
_FOLDS = re.compile(_FOLD)
_FOLDS_AND_ESCAPES = re.compile(rf"\\?{_FOLD}|\\(?:x(?P<x>..)|u(?P<u>....)|U(?P<U>........)|(?P<n>n)|.)", re.DOTALL)


def json_value_lines(text: str, token: Extent) -> tuple[Extent, ...]:
    """The extents of the lines of a JSON string."""
    return tuple(_flow_lines(text, (token[0] + 1, token[1] - 1), _FOLDS_AND_ESCAPES))


def yaml_value_lines(text: str, token: Extent, value: str) -> tuple[Extent, ...]:
    """The extents of the lines of a YAML scalar, from its content on; empty where they are not exact."""
    start, end = token
    style = text[start : start + 1]
    if style in {"|", ">"}:
        return _block_lines(text, token, value)
    if _SEPARATOR.search(text, start, end):
        return ()
    content = (start + 1, end - 1) if style in {"'", '"'} else token
    lines = tuple(_flow_lines(text, content, _FOLDS_AND_ESCAPES if style == '"' else _FOLDS))
    return lines if len(lines) == value.count("\n") + 1 else ()


def _flow_lines(text: str, content: Extent, pieces: re.Pattern[str]) -> Iterator[Extent]:
    """Cut a quoted or plain scalar where its value has line feeds.

    A line break of the text is a space in the value; with blank lines after it, it is one line feed for each of
    them. A backslash at the end of a line takes its break away and leaves those of the blank lines.
    """
    start, end = content
    escaped = start
    for found in pieces.finditer(text, start, end):
        folds = found["blank"] is not None
        if folds:
            feeds = len(_BREAK.findall(found["blank"]))
        else:
            escaped = found.end()
            code = found["x"] or found["u"] or found["U"]
            feeds = int(found["n"] is not None or (code is not None and int(code, 16) == ord("\n")))
        if feeds:
            line_end = found.start()
            if folds and text[line_end] != "\\":
                line_end = max(escaped, start + len(text[start:line_end].rstrip(" \t")))
            yield start, line_end
            start = found.end()
            yield from [(start, start)] * (feeds - 1)
    yield start, end


def _block_lines(text: str, token: Extent, value: str) -> tuple[Extent, ...]:
    """The extents of the lines of a literal or folded scalar; nothing after a final line feed is a line."""
    values = value.split("\n")
    if not values[-1]:
        values.pop()
    source = _source_lines(text, token)
    first = next((number for number, line in enumerate(values) if line), len(values))
    if first >= len(source) or first == len(values):
        return ()
    indent = _spaces(text[slice(*source[first])]) - _spaces(values[first])
    contents = [(min(start + indent, end), end) for start, end in source]
    groups = _folded(text, contents) if text[token[0]] == ">" else [[content] for content in contents]
    lines = groups[: len(values)]
    if [" ".join(text[start:end] for start, end in group) for group in lines] != values:
        return ()
    return tuple((group[0][0], group[-1][1]) for group in lines)


def _source_lines(text: str, token: Extent) -> list[Extent]:
    """The lines below the header."""
    breaks = list(_BREAK.finditer(text, *token))
    starts = [found.end() for found in breaks]
    ends = [found.start() for found in breaks[1:]] + [token[1]]
    return list(zip(starts, ends, strict=True)) if breaks else []


def _folded(text: str, contents: list[Extent]) -> list[list[Extent]]:
    """The source lines that make up each line of the value.

    Neighbours fold into one, unless one of them is indented further. Between two that would fold, n blank lines
    are n - 1 blank lines of the value.
    """
    groups: list[list[Extent]] = []
    blank: list[list[Extent]] = []
    foldable = False
    for content in contents:
        start, end = content
        if start == end:
            blank.append([content])
            continue
        was_foldable, foldable = foldable, text[start] not in " \t"
        if was_foldable and foldable:
            if not blank:
                groups[-1].append(content)
                continue
            blank.pop()
        groups += [*blank, [content]]
        blank = []
    return groups + blank


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
