"""Questions about texts of which only parts may be known, such as `arn:aws:s3:::${Bucket}/*`."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import TypeAlias

from pipecheck.values.truth import Truth, agreed, truth
from pipecheck.values.value import Absent, Known, Unknown, Value, ask

Pieces: TypeAlias = tuple[str | Unknown, ...]

_MOST_RENDERINGS = 256
_FOREIGN = re.compile(r"\$\{[^{}]*!")
_DELIMITERS = frozenset(":/ \t\r\n")


def equals(value: Value[str], text: str) -> Truth:
    """Whether the value is exactly `text`; an absent value is not."""
    return _ask(value, lambda known: known == text, lambda pieces: _possibly(_may_be(pieces, text)))


def starts_with(value: Value[str], prefix: str) -> Truth:
    """Whether the value begins with `prefix`; an absent value does not."""

    def undecided(pieces: Pieces) -> Truth:
        if isinstance(pieces[0], str) and pieces[0].startswith(prefix):
            return Truth.TRUE
        return _possibly(_may_be(pieces, prefix, more_after=True))

    return _ask(value, lambda known: known.startswith(prefix), undecided)


def ends_with(value: Value[str], suffix: str) -> Truth:
    """Whether the value ends with `suffix`; an absent value does not."""

    def undecided(pieces: Pieces) -> Truth:
        if isinstance(pieces[-1], str) and pieces[-1].endswith(suffix):
            return Truth.TRUE
        return _possibly(_may_be(pieces, suffix, more_before=True))

    return _ask(value, lambda known: known.endswith(suffix), undecided)


def contains(value: Value[str], part: str) -> Truth:
    """Whether `part` stands somewhere in the value; an absent value holds nothing."""

    def undecided(pieces: Pieces) -> Truth:
        if any(isinstance(piece, str) and part in piece for piece in pieces):
            return Truth.TRUE
        return _possibly(_may_be(pieces, part, more_before=True, more_after=True))

    return _ask(value, lambda known: part in known, undecided)


def matches(value: Value[str], pattern: str | re.Pattern[str]) -> Truth:
    """Whether the regular expression is found in the value (`re.search`); an absent value does not match."""
    search = re.compile(pattern).search
    return _ask(value, lambda known: search(known) is not None, lambda _: Truth.UNKNOWN)


def spelled(value: Value[str]) -> str | None:
    """The text with each unknown part by its name, such as `${AWS::StackName}-role`.

    Two values of one template with the same spelling are equal. None where a part has no name.
    """
    match value:
        case Known(known):
            return known
        case Absent():
            return None
        case Unknown(pieces=()):
            return f"${{{value.spelling}}}" if value.spelling else None
        case Unknown(pieces=pieces):
            parts = [piece if isinstance(piece, str) else spelled(piece) for piece in pieces]
            return None if None in parts else "".join(part for part in parts if part is not None)


def displayed(value: Value[str]) -> str | None:
    """The text as `spelled` has it, for people: names of another template's parts without that template's name."""
    text = spelled(value)
    return text if text is None else named_plainly(text)


def named_plainly(text: str) -> str:
    """A spelling in which `${stack.yaml!Bucket}` is `${Bucket}`."""
    return _FOREIGN.sub("${", text) if "!" in text else text


def _ask(value: Value[str], holds: Callable[[str], bool], undecided: Callable[[Pieces], Truth]) -> Truth:
    if not isinstance(value, Unknown):
        return ask(value, holds)
    if value.candidates:
        return agreed(_ask(candidate, holds, undecided) for candidate in value.candidates)
    rendered = renderings(value)
    if rendered:
        return agreed(truth(holds(text)) for text in rendered)
    return undecided(value.pieces or (value,))


def renderings(value: Value[str]) -> tuple[str, ...]:
    """Every text the value can be, each once, where that is a closed and small set; empty where it is not."""
    match value:
        case Known(known):
            return (known,)
        case Absent():
            return ()
        case Unknown(pieces=(), candidates=candidates):
            found: dict[str, None] = {}
            for candidate in candidates:
                option = renderings(candidate)
                if not option or len(found) > _MOST_RENDERINGS:
                    return ()
                found.update(dict.fromkeys(option))
            return tuple(found)
        case Unknown(pieces=pieces):
            parts = []
            count = 1
            for piece in pieces:
                part = (piece,) if isinstance(piece, str) else renderings(piece)
                count *= len(part)
                if not 0 < count <= _MOST_RENDERINGS:
                    return ()
                parts.append(part)
            return tuple(dict.fromkeys("".join(choice) for choice in product(*parts)))


def _possibly(possible: bool) -> Truth:
    return Truth.UNKNOWN if possible else Truth.FALSE


def _may_be(pieces: Pieces, text: str, *, more_before: bool = False, more_after: bool = False) -> bool:
    """Whether some value of the unknown pieces makes them `text`, with more before or after it where allowed.

    Walks the pieces with the set of lengths of `text` that can have been matched so far.
    """
    matched = {0}
    for piece in pieces:
        if more_after and len(text) in matched:
            return True
        if isinstance(piece, str):
            for character in piece:
                matched = {i + 1 for i in matched if i < len(text) and text[i] == character}
                if more_before:
                    matched.add(0)
                if more_after and len(text) in matched:
                    return True
        else:
            matched = {end for start in matched for end in _reach(text, start, token=piece.token)}
            if more_before:
                matched.add(0)
    return len(text) in matched


def _reach(text: str, start: int, *, token: bool) -> range:
    end = start
    while end < len(text) and not (token and text[end] in _DELIMITERS):
        end += 1
    return range(start, end + 1)
