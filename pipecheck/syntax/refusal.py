"""Errors about a text, at their line and column."""

from __future__ import annotations

import re

from pipecheck.errors import InputError
from pipecheck.syntax.lines import Format, LineTable

_MARKUP = re.compile(r"\{%|\{\{(?!resolve:)")
"""Of Jinja and its like; `{{resolve:…}}` is CloudFormation's own."""


def refusal(uri: str, text: str, format: Format, offset: int, message: str, help: tuple[str, ...] = ()) -> InputError:
    """The error that says `message` about the character at `offset` of `text`."""
    offset = min(max(offset, 0), len(text))
    table = LineTable(text, format)
    span = table.span((offset, offset))
    if _MARKUP.search(table.lines(span.line, span.line)[0]):
        help = (*help, "this line has the markup of a template engine: read what the engine makes of it instead")
    return InputError(message, source=uri, line=span.line, column=span.column, help=help)


def character_name(character: str) -> str:
    """A character as a message shows it; empty means the end of the text."""
    names = {"": "the end of the text", "\n": "a line break", "\r": "a line break", "\t": "a tab", " ": "a space"}
    if character in names:
        return names[character]
    return f"'{character}'" if character.isprintable() else f"the character U+{ord(character):04X}"
