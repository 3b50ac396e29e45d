"""How a definition comes by a secret that has to be in it, such as the token of a source action."""

from __future__ import annotations

from enum import Enum

from pipecheck.analysis.answer import NO, YES, Answer, told
from pipecheck.values import Absent, Known, Reason, Step, Truth, Unknown, Value
from pipecheck.values.record import record


class Fault(Enum):
    """What is wrong with how a secret is given."""

    LITERAL = "is written in the definition"
    DEFAULT = "is the default of parameter"
    PARAMETER = "comes from a parameter that is not NoEcho:"


@record
class Kept:
    """Whether a secret is kept out of the definition. `step` is the parameter it comes from, if any."""

    answer: Answer
    fault: Fault = Fault.LITERAL
    step: Step | None = None


def kept(value: Value[str]) -> Kept:
    """Whether a secret is a dynamic reference or a NoEcho parameter without a default, or nothing at all.

    What AWS shows as `****` is kept. A default that is empty is none.
    """
    match value:
        case Absent():
            return Kept(YES)
        case Known(text):
            return _known(value, text)
        case Unknown(candidates=candidates) if candidates:
            options = [kept(candidate) for candidate in candidates]
            truths = {option.answer.truth for option in options}
            truth = truths.pop() if len(truths) == 1 else Truth.UNKNOWN
            return Kept(told(truth, value), options[0].fault, options[0].step)
        case Unknown():
            return _unknown(value)


def _known(value: Known[str], text: str) -> Kept:
    """A parameter may hold a dynamic reference, which is resolved where it is used."""
    if text.startswith("{{resolve:"):
        return Kept(YES)
    parameter = _step(value, "parameter-default", "parameter")
    given = parameter is not None and (parameter.kind == "parameter" or not text)
    if parameter is not None and given:
        return Kept(YES) if _is_no_echo(value) else Kept(told(Truth.FALSE, value), Fault.PARAMETER, parameter)
    if not text:
        return Kept(YES)
    fault = Fault.LITERAL if parameter is None else Fault.DEFAULT
    return Kept(told(Truth.FALSE, value), fault, parameter)


def _unknown(value: Unknown) -> Kept:
    """A dynamic reference is written at no place of its own; one with a place is a parameter from Parameter Store."""
    dynamic = _step(value, "dynamic-reference")
    if value.reason is Reason.NOT_RETURNED or (dynamic is not None and dynamic.place is None):
        return Kept(YES)
    parameter = _step(value, "parameter") or dynamic
    if parameter is None or value.reason is Reason.DEFAULT_NOT_ASSUMED:
        return Kept(told(Truth.UNKNOWN, value))
    return Kept(YES) if _is_no_echo(value) else Kept(NO, Fault.PARAMETER, parameter)


def _is_no_echo(value: Known[str] | Unknown) -> bool:
    return _step(value, "no-echo") is not None


def _step(value: Known[str] | Unknown, *kinds: str) -> Step | None:
    return next((step for step in value.via if step.kind in kinds), None)
