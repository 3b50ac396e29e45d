"""Which values decided an expression, so that a finding knows its place and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.values import Absent, Known, Place, Step, Truth, Unknown
from pipecheck.values.record import record

NOWHERE = Place("", ())
"""The place of what the rule itself states: literals and parameters."""

_ASSUMED = frozenset({"parameter-default", "parameter", "condition"})
_ASSUMED_OF_UNKNOWN = frozenset({"parameter-default", "condition"})


@record
class Evidence:
    """One value that was consulted.

    `cause` is the Unknown it is, None where it is known or absent. `via` is everything it came through.
    """

    place: Place
    cause: Unknown | None = None
    via: tuple[Step, ...] = ()


@record
class Decision:
    """What an expression says, and the values that decided it in the order of the expression."""

    truth: Truth
    deciding: tuple[Evidence, ...]

    @property
    def cause(self) -> Unknown | None:
        """The first Unknown that keeps it undecided; None where it is decided, or nothing has been named."""
        if self.truth is not Truth.UNKNOWN:
            return None
        return next((evidence.cause for evidence in self.deciding if evidence.cause is not None), None)

    @property
    def place(self) -> Place | None:
        """Of the first value that keeps it undecided, else of the first that decided; None where there is none."""
        undecided = (e.place for e in self.deciding if e.cause is not None and self.truth is Truth.UNKNOWN)
        return next(undecided, next((evidence.place for evidence in self.deciding), None))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything the deciding values came through, without repetition."""
        return tuple(dict.fromkeys(step for evidence in self.deciding for step in evidence.via))

    @property
    def assumptions(self) -> tuple[Step, ...]:
        """The defaults, given parameters and conditions that the deciding values rest on."""
        found = (
            step
            for evidence in self.deciding
            for step in evidence.via
            if step.kind in (_ASSUMED if evidence.cause is None else _ASSUMED_OF_UNKNOWN)
        )
        return tuple(dict.fromkeys(found))


def evidence_of(value: Known[object] | Absent | Unknown, through: tuple[Step, ...] = ()) -> tuple[Evidence, ...]:
    """The evidence that a value is; none for what the rule itself states."""
    if value.place == NOWHERE:
        return ()
    match value:
        case Known():
            return (Evidence(value.place, None, _steps(through, value.via)),)
        case Absent():
            return (Evidence(value.place, None, through),)
        case Unknown():
            return (Evidence(value.place, value, _steps(through, value.via)),)


def steps_of(evidence: Iterable[Evidence]) -> tuple[Step, ...]:
    """Everything the evidence came through."""
    return tuple(dict.fromkeys(step for entry in evidence for step in entry.via))


def settled(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of a part that is decided: what is unknown in it keeps nothing undecided."""
    return tuple(Evidence(entry.place, None, entry.via) for entry in evidence)


def _steps(first: tuple[Step, ...], then: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(dict.fromkeys((*first, *then))) if first else then
