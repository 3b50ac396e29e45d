"""What plain YAML 1.1 scalars and the core tags mean, as PyYAML's SafeLoader decides it; dates stay text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yaml.resolver import Resolver

from pipecheck.syntax.document import Tagged

if TYPE_CHECKING:
    import re

_CORE = "tag:yaml.org,2002:"
"""What `!!` stands for."""

_LONGEST_NUMBER = 4300
"""Python's own limit on the digits of an int; beyond it conversion takes time quadratic in the length."""

_BOOLEANS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}

_WORDS: dict[str, object] = {
    spelling: value for word, value in _BOOLEANS.items() for spelling in (word, word.capitalize(), word.upper())
} | dict.fromkeys(("", "~", "null", "Null", "NULL"))
"""The plain scalars that are a boolean or null."""

_NUMBER_STARTS = frozenset("+-.0123456789")
"""The characters that a plain number can begin with."""

_CONTAINERS = {"map": "mapping", "set": "mapping", "seq": "list", "omap": "list", "pairs": "list"}
_SCALARS = frozenset(("binary", "bool", "float", "int", "merge", "null", "str", "timestamp", "value"))


class MisplacedTagError(Exception):
    """A core tag on a node that it does not fit; `message` says which."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def plain_scalar(text: str) -> object:
    """What a plain scalar without a tag means."""
    return _number(text) if text[:1] in _NUMBER_STARTS else _WORDS.get(text, text)


def scalar(text: str, tag: str | None, *, plain: bool) -> object:
    """What a scalar under an explicit tag means; `Tagged` where the tag is none of the core set.

    Dates and binary data stay text. Raises MisplacedTagError.
    """
    if tag is None or tag == "!":
        return plain_scalar(text) if plain else text
    kind = tag.removeprefix(_CORE)
    if kind == tag:
        return Tagged(tag, text)
    if kind in _CONTAINERS:
        raise MisplacedTagError(f"the tag !!{kind} on a single value")
    if kind not in _SCALARS:
        return Tagged(f"!!{kind}", text)
    try:
        return _core_scalar(text, kind)
    except ValueError:
        raise MisplacedTagError(f"the tag !!{kind} on a value that is none") from None


def container_tag(tag: str | None, *, mapping: bool) -> str | None:
    """The tag that a container keeps; None for none and for those of the core set. Raises MisplacedTagError."""
    if tag is None or tag == "!":
        return None
    kind = tag.removeprefix(_CORE)
    if kind == tag:
        return tag
    name = "mapping" if mapping else "list"
    if kind in _SCALARS or _CONTAINERS.get(kind, name) != name:
        raise MisplacedTagError(f"the tag !!{kind} on a {name}")
    return None if kind in _CONTAINERS else f"!!{kind}"


def _core_scalar(text: str, kind: str) -> object:
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


def _number(text: str) -> int | float | str:
    """The plain scalar `text`, which begins with one of _NUMBER_STARTS: a number if it is one, else the text.

    What looks like a number and is none (`0b_`), or has more than _LONGEST_NUMBER characters, stays text.
    """
    for kind, pattern in _number_patterns():
        if pattern.match(text):
            try:
                return _float(text) if kind == "float" else _int(text)
            except ValueError:
                return text
    return text


@cache
def _number_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    resolvers = Resolver.yaml_implicit_resolvers["0"]
    return tuple((tag.removeprefix(_CORE), pattern) for tag, pattern in resolvers if "timestamp" not in tag)


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
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(text)
    digits = text.replace("_", "")
    return (-1 if digits.startswith("-") else 1), digits[digits.startswith(("+", "-")) :]
