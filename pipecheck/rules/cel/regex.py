"""Regular expressions that mean the same in RE2, which CEL prescribes, and in Python.

https://github.com/google/re2/wiki/Syntax
"""

from __future__ import annotations

import re

from pipecheck.rules.cel.errors import ExpressionError

_PYTHON_ONLY = {
    "(?=": "look-ahead", "(?!": "look-ahead", "(?<=": "look-behind", "(?<!": "look-behind",
    "(?P=": "a back reference", "(?P>": "a subroutine", "(?(": "a condition", "(?#": "a comment",
    "(?>": "an atomic group",
}  # fmt: skip


def compile_pattern(pattern: str, offset: int) -> re.Pattern[str]:
    """The pattern as Python's `re` understands it, to be searched for anywhere in a text.

    Raises ExpressionError, pointing at `offset`, for what either of the two engines does not have.
    """
    translated = "".join(_translated(pattern, offset))
    try:
        return re.compile(translated, re.ASCII)
    except re.error as error:
        raise ExpressionError(f"{pattern!r} is no regular expression: {error.msg}", offset) from error


def _translated(pattern: str, offset: int) -> list[str]:
    parts: list[str] = []
    position = 0
    multiline = re.search(r"\(\?[a-z]*m", pattern) is not None
    while position < len(pattern):
        part = _part(pattern, position)
        _refuse(part, pattern, position, offset)
        position += len(part)
        if part == "$" and not multiline:
            part = r"\Z"  # Python's `$` also matches before a line feed at the end.
        parts.append(r"\Z" if part == r"\z" else part)
    return parts


def _part(pattern: str, position: int) -> str:
    """An escape sequence, a character class, the head of a group, or a few characters that belong together."""
    for form in (
        r"\\[\s\S]",
        r"\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]",
        r"\(\?(?:P?[<=>!][=!]?|[#(]|[A-Za-z-]*[:)])",
        r"[*+?}]\+",
        r"\{,",
    ):
        found = re.compile(form).match(pattern, position)
        if found is not None:
            return found.group()
    return pattern[position]


def _refuse(part: str, pattern: str, position: int, offset: int) -> None:
    foreign = next((name for head, name in _PYTHON_ONLY.items() if pattern.startswith(head, position)), None)
    if part[0] == "\\" and part[1].isdigit():
        foreign = "a back reference"
    elif part[0] == "\\" and part[1] in "ZuUN":
        foreign = part
    elif part[0] == "[" and _is_foreign_class(part):
        foreign = "this form of a character class"
    elif part.startswith("(?") and any(flag in part for flag in "aLux"):
        foreign = f"the flag {part}"
    elif part == "{,":
        foreign = "a repetition without a least number"
    elif len(part) == 2 and part[0] in "*+?}":
        foreign = "a possessive repetition"
    if foreign is not None:
        help = ("use what RE2 and Python share: no look-around, no back references",)
        raise ExpressionError(f"{foreign} is not part of the regular expressions of rules", offset, help)


def _is_foreign_class(part: str) -> bool:
    """Classes that Python may one day read as sets of sets, and those that RE2 reads by name."""
    plain = re.sub(r"\\[\s\S]", "", part[1:])
    return any(sign in plain for sign in ("[", "--", "&&", "~~", "||"))
