"""The comments of a YAML text that hold a word, and what they stand beside."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.values.record import record


@record
class Comment:
    """A comment from its `#` to the end of the line. Line and column are 1-based.

    `covers` is the line that it speaks of: its own where something stands before it, else the next line that is
    neither blank nor a comment; None where there is none.
    """

    text: str
    line: int
    column: int
    covers: int | None


def comments(text: str, mark: str, embedded: frozenset[str] = frozenset()) -> Iterator[Comment]:
    """The comments of a text that hold `mark`. Texts inside quotes and block scalars are no comments.

    The block scalars of the keys in `embedded` are YAML themselves, and their comments are found too.
    """
    if mark not in text:
        return
    lines = text.split("\n")
    outside, inside = _scalars(text, embedded)
    position = 0
    for index, line in enumerate(lines):
        if mark in line:
            column = _comment_column(line, mark, position, outside)
            if column is not None:
                yield Comment(line[column:].rstrip(), index + 1, column + 1, _covered(lines, index, column))
        position += len(line) + 1
    for first, last in inside:
        block = lines[first:last]
        indent = min((len(line) - len(line.lstrip()) for line in block if line.strip()), default=0)
        for found in comments("\n".join(line[indent:] for line in block), mark):
            covers = None if found.covers is None else found.covers + first
            yield Comment(found.text, found.line + first, found.column + indent, covers)


def _comment_column(line: str, mark: str, position: int, scalars: list[tuple[int, int]]) -> int | None:
    """Where the comment that holds the mark begins; None where the mark stands in a text."""
    end = line.index(mark)
    column = line.find("#")
    while 0 <= column <= end:
        before = line[:column]
        if (not before or before[-1] in " \t") and not any(a <= position + column < b for a, b in scalars):
            return column
        column = line.find("#", column + 1)
    return None


def _covered(lines: list[str], index: int, column: int) -> int | None:
    if lines[index][:column].strip():
        return index + 1
    for number in range(index + 1, len(lines)):
        stripped = lines[number].strip()
        if stripped and not stripped.startswith("#"):
            return number + 1
    return None


def _scalars(text: str, embedded: frozenset[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The extents of all quoted and block scalars, and the lines of those that are YAML themselves."""
    import yaml  # noqa: PLC0415 - most texts hold no such comment

    scalars: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    key = ""
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if not isinstance(token, yaml.ScalarToken):
                continue
            if token.style is not None:
                start, end = token.start_mark, token.end_mark
                if token.style in "|>":
                    # The header line may end in a comment, which is one.
                    header = text.find("\n", start.index)
                    scalars.append((header if header >= 0 else end.index, end.index))
                    if key.lower() in embedded:
                        inside.append((start.line + 1, end.line + (1 if end.column else 0)))
                else:
                    scalars.append((start.index, end.index))
            key = token.value
    except yaml.YAMLError:
        return scalars, inside
    return scalars, inside
