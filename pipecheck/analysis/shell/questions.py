"""What tests answer: `[ … ]`, `[[ … ]]`, `(( … ))` and `case` patterns, where their operands are known."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence

from pipecheck.analysis.shell.state import FAILURE_TEXT
from pipecheck.analysis.shell.words import Text
from pipecheck.values import Truth, truth

_NUMERIC = {"-eq", "-ne", "-gt", "-ge", "-lt", "-le"}
_ARITHMETIC = re.compile(r"(\S+)\s*(==|!=|>=|<=|>|<)\s*(\S+)\Z")
_WRITTEN = {"==": "-eq", "!=": "-ne", ">=": "-ge", "<=": "-le", ">": "-gt", "<": "-lt"}


def answer(words: Sequence[Text], *, patterns: bool) -> Truth:
    """What `[` (or `[[` with `patterns`) answers; UNKNOWN where it asks for files or for what is not known."""
    texts = [word.text for word in words]
    for joint, join in (("||", _either), ("-o", _either), ("&&", _both), ("-a", _both)):
        if joint in texts:
            at = texts.index(joint)
            return join(answer(words[:at], patterns=patterns), answer(words[at + 1 :], patterns=patterns))
    if texts[:1] == ["!"]:
        return ~answer(words[1:], patterns=patterns)
    match texts:
        case []:
            return Truth.FALSE
        case [one]:
            return _is_filled(one)
        case ["-z", one]:
            return ~_is_filled(one)
        case ["-n", one]:
            return _is_filled(one)
        case [one, operator, two] if operator in _NUMERIC:
            return compared(one, operator, two)
        case [one, "=" | "==", two]:
            return _is_same(one, two, patterns=patterns)
        case [one, "!=", two]:
            return ~_is_same(one, two, patterns=patterns)
        case _:
            return Truth.UNKNOWN


def _either(one: Truth, two: Truth) -> Truth:
    return one | two


def _both(one: Truth, two: Truth) -> Truth:
    return one & two


def _is_filled(text: str) -> Truth:
    if text == FAILURE_TEXT or text.replace("\0unseen", ""):
        return Truth.TRUE
    return Truth.FALSE if text == "" else Truth.UNKNOWN


def _is_same(one: str, two: str, *, patterns: bool) -> Truth:
    if FAILURE_TEXT in (one, two) and "0" in (one, two):
        return Truth.FALSE
    if "\0" in one + two or (patterns and any(character in two for character in "*?[")):
        return Truth.UNKNOWN
    return truth(one == two)


def compared(one: str, operator: str, two: str) -> Truth:
    """What a comparison of numbers answers."""
    if FAILURE_TEXT in (one, two) and "0" in (one, two):
        first_is_greater = one == FAILURE_TEXT
        return truth(operator == "-ne" or operator in ({"-gt", "-ge"} if first_is_greater else {"-lt", "-le"}))
    if not (re.fullmatch(r"-?\d+", one) and re.fullmatch(r"-?\d+", two)):
        return Truth.UNKNOWN
    left, right = int(one), int(two)
    return truth(
        {
            "-eq": left == right,
            "-ne": left != right,
            "-gt": left > right,
            "-ge": left >= right,
            "-lt": left < right,
            "-le": left <= right,
        }[operator]
    )


def split_comparison(text: str) -> tuple[str, str, str] | None:
    """The sides of an arithmetic comparison and its operator as `[` writes it."""
    found = _ARITHMETIC.match(text.strip())
    return None if found is None else (found[1], _WRITTEN[found[2]], found[3])


def fits(text: str, pattern: str) -> Truth:
    """Whether a word fits a pattern of `case`."""
    if pattern == "*":
        return Truth.TRUE
    if text == FAILURE_TEXT and pattern == "0":
        return Truth.FALSE
    if "\0" in text + pattern:
        return Truth.UNKNOWN
    return truth(fnmatch.fnmatchcase(text, pattern))
