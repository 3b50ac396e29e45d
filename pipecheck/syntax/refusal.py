"""The error for a text that cannot be read, placed at its line and column."""

from __future__ import annotations

from pipecheck.errors import InputError
from pipecheck.syntax.lines import Format, LineTable


def refusal(uri: str, text: str, format: Format, offset: int, message: str, help: tuple[str, ...] = ()) -> InputError:
    """The error that says `message` about the character at `offset` of `text`."""
    offset = min(max(offset, 0), len(text))
    span = LineTable(text, format).span((offset, offset))
    return InputError(message, source=uri, line=span.line, column=span.column, help=help)
