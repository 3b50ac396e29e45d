"""An answer in three values that remembers what kept it undecided and which defaults it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.values import Absent, Member, Place, Reason, Step, Truth, Unknown, Value
from pipecheck.values.record import record, replace

_ASSUMED = frozenset({"parameter", "parameter-default", "condition", "buildspec-file"})


@record
class Answer:
    """A truth. `cause` is the unknown that keeps it undecided, None where it is decided or none is at hand."""

    truth: Truth
    cause: Unknown | None = None
    assumptions: tuple[Step, ...] = ()

    def __invert__(self) -> Answer:
        return Answer(~self.truth, self.cause, self.assumptions)

    def about(self, question: str) -> Answer:
        """The same answer, with a cause that says which question it leaves open.

        A cause that something is not in the input stays as it is: whatever it leaves open, it is one thing to add.
        """
        if self.cause is None or self.cause.reason is Reason.NOT_SCANNED:
            return self
        return replace(self, cause=replace(self.cause, detail=f"{question}: {self.cause.detail}"))


YES = Answer(Truth.TRUE)
NO = Answer(Truth.FALSE)


def told(truth: Truth, *consulted: Value[object]) -> Answer:
    """The answer that the consulted values gave; the first unknown among them is the cause where it is undecided."""
    cause = None
    if truth is Truth.UNKNOWN:
        cause = next((value for value in consulted if isinstance(value, Unknown)), None)
    return Answer(truth, cause, assumed(*consulted))


def presence(member: Member[object], place: Place) -> Answer:
    """Whether a member of a collection is there with the parameters that are given or assumed."""
    names = sorted(name for name, _ in member.guard)
    if member.present is Truth.UNKNOWN:
        return undecided(Unknown(Reason.CONDITION_UNDECIDED, f"it depends on condition {', '.join(names)}", place))
    met = "" if member.present is Truth.TRUE else "not "
    steps = (Step("condition", f"{name} is {met}as it needs"),) if (name := " and ".join(names)) else ()
    return Answer(member.present, None, steps)


def undecided(cause: Unknown) -> Answer:
    """The answer of something that cannot be seen."""
    return Answer(Truth.UNKNOWN, cause, assumed(cause))


def all_hold(answers: Iterable[Answer]) -> Answer:
    """TRUE where all are; else the first of those that say least."""
    return _decided(answers, Truth.FALSE, Truth.TRUE)


def any_holds(answers: Iterable[Answer]) -> Answer:
    """FALSE where none is TRUE or undecided; else the first of those that say most."""
    return _decided(answers, Truth.TRUE, Truth.FALSE)


def _decided(answers: Iterable[Answer], deciding: Truth, otherwise: Truth) -> Answer:
    """The first answer that decides, else the first undecided one, with a cause if any has; else `otherwise`."""
    given = tuple(answers)
    chosen: Answer | None = None
    for answer in given:
        if answer.truth is otherwise or (chosen is not None and not _says_more(answer, chosen, deciding)):
            continue
        chosen = answer
    if chosen is not None:
        return chosen
    return Answer(otherwise, None, tuple(dict.fromkeys([step for answer in given for step in answer.assumptions])))


def _says_more(answer: Answer, chosen: Answer, deciding: Truth) -> bool:
    if answer.truth is chosen.truth:
        return chosen.cause is None and answer.cause is not None
    return answer.truth is deciding


def assumed(*values: Value[object]) -> tuple[Step, ...]:
    """The parameters, defaults and conditions that the values rest on, each once."""
    steps = [step for value in values if not isinstance(value, Absent) for step in value.via if step.kind in _ASSUMED]
    return tuple(dict.fromkeys(steps))
