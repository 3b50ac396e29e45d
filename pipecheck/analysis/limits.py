"""Whether texts and counts keep to the limits of the service."""

from __future__ import annotations

import re

from pipecheck.analysis.answer import NO, YES, Answer, told, undecided
from pipecheck.analysis.cases import InCases, in_every_case
from pipecheck.model.conditions import Assignment, Conditions
from pipecheck.values import Absent, Guard, Items, Known, Place, Reason, Truth, Unknown, Value, agreed, truth
from pipecheck.values.record import record
from pipecheck.values.text import renderings

_PLAIN = {"AWS::AccountId": 12, "AWS::Partition": 16, "AWS::Region": 30}
"""Pseudo parameters that hold nothing but letters, digits and hyphens, with the most characters that they have.

https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html has the length of a region.
"""


@record
class Limit:
    """What a text may hold: `characters` is a class of a regular expression, the lengths are in characters."""

    characters: str
    longest: int
    shortest: int = 1

    @property
    def plain(self) -> bool:
        """Whether letters, digits and hyphens are all allowed."""
        return re.fullmatch(f"[{self.characters}]*", "azAZ09-") is not None

    @property
    def demand(self) -> str:
        """The limit in words, for messages."""
        return f"{self.shortest} to {self.longest} of {self.characters}"


def fits(value: Value[str], limit: Limit) -> Answer:
    """Whether a text keeps to a limit; what is known of it may break it already. An absent one does not."""
    return told(_fits(value, limit), value)


def _fits(value: Value[str], limit: Limit) -> Truth:
    match value:
        case Known(text):
            return truth(limit.shortest <= len(text) <= limit.longest and _allowed(text, limit))
        case Absent():
            return Truth.FALSE
        case Unknown():
            return _may_fit(value, limit)


def _may_fit(value: Unknown, limit: Limit) -> Truth:
    if value.candidates:
        return agreed(_fits(candidate, limit) for candidate in value.candidates)
    rendered = renderings(value)
    if rendered:
        return agreed(_fits(Known(text, value.place), limit) for text in rendered)
    written = "".join(piece for piece in value.pieces if isinstance(piece, str))
    if len(written) > limit.longest or not _allowed(written, limit):
        return Truth.FALSE
    hidden = [_PLAIN.get(piece.spelling) for piece in value.pieces or (value,) if isinstance(piece, Unknown)]
    if None in hidden or not limit.plain:
        return Truth.UNKNOWN
    longest = len(written) + sum(length for length in hidden if length is not None)
    return Truth.TRUE if longest <= limit.longest and limit.shortest <= len(written) + len(hidden) else Truth.UNKNOWN


def _allowed(text: str, limit: Limit) -> bool:
    return re.fullmatch(f"[{limit.characters}]*", text) is not None


def count_fits(
    items: Items[object], least: int, most: int, conditions: Conditions, within: Guard, place: Place
) -> InCases | None:
    """Whether in every case that allows `within` there are `least` to `most` members; None where there is no case."""
    sure = sum(member.guard <= within for member in items.members)
    if items.open is None and least <= sure and len(items.members) <= most:
        return InCases(YES)

    def holds(case: Assignment) -> Answer:
        number = sum(case.allows(member.guard) for member in items.members)
        if number > most or (number < least and items.open is None):
            return NO
        return YES if items.open is None else undecided(items.open)

    return in_every_case(conditions, within, [member.guard for member in items.members], place, holds)


_GIVEN = frozenset(
    {
        Reason.DEFAULT_NOT_ASSUMED,
        Reason.DYNAMIC_REFERENCE,
        Reason.GENERATED_NAME,
        Reason.IMPORTED_VALUE,
        Reason.NOT_RETURNED,
        Reason.NOT_SCANNED,
        Reason.PARAMETER_WITHOUT_DEFAULT,
        Reason.PSEUDO_PARAMETER,
        Reason.RESOURCE_ATTRIBUTE,
        Reason.RUNTIME_VARIABLE,
    }
)


def is_given(value: Unknown) -> bool:
    """Whether an unknown is a name, an identifier or another short text that is given to a template or made by it."""
    return bool(value.pieces) or value.reason in _GIVEN


def least_length(value: Value[str]) -> int:
    """How many characters a text has at least, going by what is known of it."""
    match value:
        case Known(text):
            return len(text)
        case Absent():
            return 0
        case Unknown(candidates=candidates, pieces=pieces):
            if candidates:
                return min(least_length(candidate) for candidate in candidates)
            return sum(len(piece) for piece in pieces if isinstance(piece, str))
