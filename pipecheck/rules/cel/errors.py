"""A mistake in an expression."""

from __future__ import annotations


class ExpressionError(Exception):
    """A mistake in the text of an expression, at `offset` (0-based, in code points).

    `message` says what was found and what was expected, `help` what to do next.
    """

    def __init__(self, message: str, offset: int, help: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.help = help

    @property
    def column(self) -> int:
        """The 1-based column in the text of the expression."""
        return self.offset + 1
