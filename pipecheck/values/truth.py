"""Three-valued truth in strong Kleene logic: FALSE < UNKNOWN < TRUE; and = min, or = max, not = mirror."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """The answer to a question about a definition that we may see only in part."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> NoReturn:
        """UNKNOWN is neither true nor false, so `if truth:` would guess: compare with `is` instead."""
        raise TypeError("a Truth has three values; compare it with `is Truth.TRUE` or `is Truth.FALSE`")

    def __and__(self, other: Truth) -> Truth:
        return self if self._value_ <= other._value_ else other

    def __or__(self, other: Truth) -> Truth:
        return self if self._value_ >= other._value_ else other

    def __invert__(self) -> Truth:
        return self if self is Truth.UNKNOWN else Truth.FALSE if self is Truth.TRUE else Truth.TRUE


def truth(answer: bool) -> Truth:
    """The definite Truth of `answer`."""
    return Truth.TRUE if answer else Truth.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """The least of `truths`; TRUE where there is none."""
    return min(truths, key=_rank, default=Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """The greatest of `truths`; FALSE where there is none."""
    return max(truths, key=_rank, default=Truth.FALSE)


def agreed(truths: Iterable[Truth]) -> Truth:
    """The one answer all `truths` give, else UNKNOWN; UNKNOWN where there is none."""
    answers = set(truths)
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _rank(answer: Truth) -> int:
    rank: int = answer._value_
    return rank
