"""What plain YAML 1.1 scalars and the core tags mean, as PyYAML's SafeLoader decides it; dates stay text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yaml.resolver import Resolver

if TYPE_CHECKING:
    import re

CORE = "tag:yaml.org,2002:"
"""What `!!` stands for."""

LONGEST_NUMBER = 4300
"""Python's own limit on the digits of an int; beyond it conversion takes time quadratic in the length."""

_BOOLEANS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}

WORDS: dict[str, object] = {
    spelling: value for word, value in _BOOLEANS.items() for spelling in (word, word.capitalize(), word.upper())
} | dict.fromkeys(("", "~", "null", "Null", "NULL"))
"""The plain scalars that are a boolean or null."""

NUMBER_STARTS = frozenset("+-.0123456789")
"""The characters that a plain number can begin with."""


def number(text: str) -> int | float | str:
    """The plain scalar `text`, which begins with one of NUMBER_STARTS: a number if it is one, else the text.

    What looks like a number and is none (`0b_`), or has more than LONGEST_NUMBER characters, stays text.
    """
    for kind, pattern in _number_patterns():
        if pattern.match(text):
            try:
                return _float(text) if kind == "float" else _int(text)
            except ValueError:
                return text
    return text


def core_scalar(kind: str, text: str) -> object:
    """The scalar `text` under the explicit tag `!!kind`; ValueError where the two do not fit.

    Kinds that are neither text, number, boolean nor null (`!!binary`, `!!timestamp`) stay text.
    """
    match kind:
        case "int":
            return _int(text)
        case "float":
            return _float(text)
        case "bool":
            if text.lower() not in _BOOLEANS:
                raise ValueError(text)
            return _BOOLEANS[text.lower()]
        case "null":
            return None
        case _:
            return text


@cache
def _number_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    resolvers = Resolver.yaml_implicit_resolvers["0"]
    return tuple((tag.removeprefix(CORE), pattern) for tag, pattern in resolvers if "timestamp" not in tag)


def _int(text: str) -> int:
    sign, digits = _sign_and_digits(text)
    if digits.startswith(("0b", "0x")):
        return sign * int(digits, 0)
    if digits.startswith("0"):
        return sign * int(digits, 8)
    total = 0
    for part in digits.split(":"):
        total = total * 60 + int(part)
    return sign * total


def _float(text: str) -> float:
    sign, digits = _sign_and_digits(text.lower())
    if digits in {".inf", ".nan"}:
        return sign * float(digits[1:])
    total = 0.0
    scale = 1
    try:
        for part in reversed(digits.split(":")):
            total += float(part) * scale
            scale *= 60
    except OverflowError as error:
        raise ValueError(text) from error
    return sign * total


def _sign_and_digits(text: str) -> tuple[int, str]:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(text)
    digits = text.replace("_", "")
    return (-1 if digits.startswith("-") else 1), digits[digits.startswith(("+", "-")) :]
