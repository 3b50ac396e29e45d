"""What Python's json module says about a broken text, in words that help to mend it."""

from __future__ import annotations

import re
from json import JSONDecodeError

from pipecheck.errors import InputError
from pipecheck.syntax.refusal import character_name, refusal

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_BRACKETS = re.compile(rf"{_STRING}|[\[\]{{}}]", re.DOTALL)
_BLANK = " \t\r\n"


def explained(error: JSONDecodeError, text: str, uri: str) -> InputError:
    """The error of the JSON parser as ours.

    Its kind is told by the first words of its message and by the text around it, because the words and the
    position differ between versions of Python.
    """
    problem = error.msg
    offset = error.pos
    if problem.startswith("Unterminated string"):
        return refusal(uri, text, "json", offset, 'a text that is never closed with "')
    if problem.startswith("Invalid control character"):
        message = f"{character_name(text[offset])} inside a text, which JSON writes on one line"
        return refusal(uri, text, "json", offset, message, ("write \\n for a line break and \\t for a tab",))
    if problem.startswith("Invalid \\"):
        return refusal(uri, text, "json", offset, "an escape that JSON does not know", ("a backslash is \\\\",))
    while offset < len(text) and text[offset] in _BLANK:
        offset += 1
    comma = len(text[:offset].rstrip(_BLANK)) - 1
    if problem.startswith("Illegal trailing comma") or (
        text[offset : offset + 1] in {"]", "}"} and text.startswith(",", max(comma, 0))
    ):
        at = offset if text.startswith(",", offset) else comma
        return refusal(uri, text, "json", at, "a comma before a closing bracket, which JSON does not allow")
    expected = _expected(problem)
    if offset < len(text):
        return refusal(uri, text, "json", offset, f"found {character_name(text[offset])}, expected {expected}")
    return refusal(uri, text, "json", offset, f"the text ends where {expected} is expected", _unclosed(text))


def bracket_at_depth(text: str, depth: int) -> int:
    """The offset of the first bracket that opens a level beyond `depth`; 0 where there is none."""
    opened = 0
    for found in _BRACKETS.finditer(text):
        if found.group() in {"[", "{"}:
            opened += 1
            if opened > depth:
                return found.start()
        elif found.group() in {"]", "}"}:
            opened -= 1
    return 0


def first_outside_strings(text: str, pattern: str) -> int:
    """The offset of the first match of `pattern` outside all strings of a JSON text; 0 where there is none."""
    for found in re.finditer(rf"{_STRING}|{pattern}", text, re.DOTALL):
        if not found.group().startswith('"'):
            return found.start()
    return 0


def lone_surrogate(text: str) -> int | None:
    """The offset of the first escape in a JSON text that is half of a surrogate pair; None where there is none."""
    if re.search(r"\\u[dD][89a-fA-F]", text) is None:
        return None
    pair = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    half = r"(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    for found in re.finditer(rf"{pair}|{half}|\\.", text, re.DOTALL):
        if found["half"] is not None:
            return found.start()
    return None


def _expected(problem: str) -> str:
    if problem.startswith("Expecting property name"):
        return "a key in double quotes or '}'"
    if problem.startswith("Expecting ':'"):
        return "':' after the key"
    if problem.startswith("Expecting ','"):
        return "',' or a closing bracket"
    if problem.startswith("Extra data"):
        return "the end of the text"
    return "a value"


def _unclosed(text: str) -> tuple[str, ...]:
    """A help line that names the innermost bracket that is never closed."""
    opened: list[int] = []
    for found in _BRACKETS.finditer(text):
        if found.group() in {"[", "{"}:
            opened.append(found.start())
        elif found.group() in {"]", "}"} and opened:
            opened.pop()
    if not opened:
        return ()
    line = text.count("\n", 0, opened[-1]) + 1
    return (f"the '{text[opened[-1]]}' in line {line} is not closed",)
