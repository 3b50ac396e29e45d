"""Building texts from parts of which some are unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipecheck.values import Absent, Known, Place, Reason, Step, Unknown, Value

_BEGINNING = "{{resolve:"
_MARK = "\ue000"
"""Stands around the number of an unknown part while a text is parsed; a private character."""

_MOST_CHARACTERS = 1_000_000
"""A whole template may have no more.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

_CHARACTERS_OF_A_PART = 100
"""What an unknown part of a text counts as."""

_DYNAMIC_REFERENCE = re.compile(r"\{\{resolve:[^{}]+\}\}")


def literal(text: str, place: Place, via: tuple[Step, ...] = ()) -> Value[str]:
    """A text as written, in which dynamic references are unknown.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
    """
    if _DYNAMIC_REFERENCE.search(text) is None:
        return Known(text, place, via)
    parts: list[Value[str]] = []
    start = 0
    for match in _DYNAMIC_REFERENCE.finditer(text):
        parts.append(Known(text[start : match.start()], place))
        parts.append(_dynamic(match.group(), place, via))
        start = match.end()
    parts.append(Known(text[start:], place))
    return joined(parts, place)


def _dynamic(reference: str, place: Place, via: tuple[Step, ...]) -> Unknown:
    name = reference.removeprefix("{{").removesuffix("}}")
    detail = f"{name} is read at deployment"
    step = Step("dynamic-reference", name)
    return Unknown(Reason.DYNAMIC_REFERENCE, detail, place, spelling=name, via=(step, *via))


def joined(parts: Iterable[Value[str]], place: Place) -> Value[str]:
    """The parts one after the other, at `place`. An absent part is a mistake of the template."""
    parts = tuple(parts)
    if sum(map(_size, parts)) > _MOST_CHARACTERS:
        return Unknown(Reason.TOO_COMPLEX, f"a text of more than {_MOST_CHARACTERS:,} characters is made", place)
    return _joined(parts, place)


def _joined(parts: tuple[Value[str], ...], place: Place) -> Value[str]:
    pieces: list[str | Unknown] = []
    via: list[Step] = []
    for part in parts:
        match part:
            case Known(text):
                via += part.via
                _append(pieces, text)
            case Unknown():
                via += part.via
                for piece in part.pieces or (part,):
                    _append(pieces, piece)
            case Absent():
                _append(pieces, Unknown(Reason.INVALID_VALUE, "nothing stands where a text is expected", place))
    steps = tuple(dict.fromkeys(via))
    if sum(not isinstance(part, Known) or part.value != "" for part in parts) > 1:
        steps = _without_references(steps)
    match pieces:
        case []:
            return Known("", place, steps)
        case [str(text)] if _BEGINNING in text:
            return literal(text, place, steps)
        case [str(text)]:
            return Known(text, place, steps)
        case [Unknown() as single]:
            return single
        case _:
            pass
    started = next((piece for piece in pieces if isinstance(piece, str) and _BEGINNING in piece), None)
    if started is not None:
        return _dynamic(f"{started[started.index(_BEGINNING) :]}…", place, steps)
    first = min((piece for piece in pieces if isinstance(piece, Unknown)), key=_is_pseudo)
    return Unknown(first.reason, first.detail, place, pieces=tuple(pieces), via=steps)


def _size(part: Value[str]) -> int:
    """How many characters and unknown parts a part has."""
    match part:
        case Known(text):
            return len(text)
        case Unknown(pieces=pieces):
            return sum(len(piece) if isinstance(piece, str) else _CHARACTERS_OF_A_PART for piece in pieces)
        case Absent():
            return 0


def _is_pseudo(piece: Unknown) -> bool:
    """Whether it is a region, account …: the least telling reason why a text is not known."""
    return piece.reason is Reason.PSEUDO_PARAMETER


def _append(pieces: list[str | Unknown], piece: str | Unknown) -> None:
    if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
        pieces[-1] += piece
    elif piece != "":
        pieces.append(piece)


def _without_references(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """A text that only holds a resource's name does not refer to the resource as a whole."""
    return tuple(step for step in steps if step.reference is None)


def marked_parts(text: Known[str] | Unknown) -> tuple[str, tuple[Unknown, ...]]:
    """The text with a numbered mark for each unknown part, so that it can be parsed, and those parts.

    A mark that the text itself holds is replaced.
    """
    pieces = (text.value,) if isinstance(text, Known) else text.pieces
    holes = tuple(piece for piece in pieces if isinstance(piece, Unknown))
    numbers = iter(range(len(holes)))
    marked = (
        piece.replace(_MARK, "\ufffd") if isinstance(piece, str) else f"{_MARK}{next(numbers)}{_MARK}"
        for piece in pieces
    )
    return "".join(marked), holes


def restored(text: str, holes: tuple[Unknown, ...], place: Place) -> Value[str]:
    """A part of a marked text with the unknown parts in their places again."""
    if _MARK not in text:
        return Known(text, place)
    parts: list[Value[str]] = [
        Known(part, place) if index % 2 == 0 else holes[int(part)] for index, part in enumerate(text.split(_MARK))
    ]
    return joined(parts, place)
