"""Where something is: a source and a route into it; line and column are found late, when a finding needs them."""

from __future__ import annotations

from typing import TypeAlias

from pipecheck.values.record import record

Route: TypeAlias = tuple[str | int, ...]
"""Mapping keys and list indices from the root of a document to a node."""


@record
class Span:
    """A stretch of text. Lines and columns are 1-based and count code points; `end_column` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@record
class Place:
    """A node of a source.

    `source` is the name the input was read under. A scalar's place is its own text; a container's place is the key
    that holds it, which is also the place of whatever is absent from it. `line` narrows the place of a text to one
    of its lines, counted from 0; None: the whole of it. `part` narrows it further, to those words of the line, where
    they stand in it as they are: at their first place, or the one after `nth` others.
    """

    source: str
    route: Route
    line: int | None = None
    part: str = ""
    nth: int = 0

    def child(self, *steps: str | int) -> Place:
        """The place reached from here by `steps`."""
        return Place(self.source, self.route + steps)

    def below(self, lines: int) -> Place:
        """The place so many lines further down in the same text; itself where it is not the place of a line."""
        return self if self.line is None else Place(self.source, self.route, self.line + lines)

    def at(self, part: str, nth: int = 0) -> Place:
        """The place of words in the same line."""
        return Place(self.source, self.route, self.line, part, nth)

    def __str__(self) -> str:
        """`source#Resources.Pipeline.Stages[2]`, for messages to rule authors; `:3` for the third line of a text."""
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.route)
        line = "" if self.line is None else f":{self.line + 1}"
        return f"{self.source}#{path.lstrip('.')}{line}"
