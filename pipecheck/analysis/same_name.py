"""Whether two names, of which only parts may be known, are the same."""

from __future__ import annotations

from pipecheck.analysis.answer import Answer, told
from pipecheck.values import Absent, Known, Truth, Unknown, Value, truth
from pipecheck.values.text import equals, spelled


def same_name(one: Value[str], other: Value[str]) -> Answer:
    """Whether they are equal; a resource without a name gets one that is nobody else's."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return told(Truth.FALSE)
    if one.place.source == other.place.source and (text := spelled(one)) is not None and text == spelled(other):
        return told(Truth.TRUE, one, other)
    if isinstance(other, Known):
        return told(equals(one, other.value), one, other)
    if isinstance(one, Known):
        return told(equals(other, one.value), other, one)
    return told(truth(False) if _begin_differently(one, other) else Truth.UNKNOWN, one, other)


def _begin_differently(one: Unknown, other: Unknown) -> bool:
    first, second = _beginning(one), _beginning(other)
    return not first.startswith(second) and not second.startswith(first)


def _beginning(text: Unknown) -> str:
    return text.pieces[0] if text.pieces and isinstance(text.pieces[0], str) else ""
