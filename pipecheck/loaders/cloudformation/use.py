"""Where a function is used, and the small questions all functions ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipecheck.loaders.node import as_text
from pipecheck.values import Guard, Place, Reason, Unknown, Value
from pipecheck.values.record import record

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


@record
class Use:
    """Where a function is used: the place of the call, the place of its argument, and the case it is in."""

    place: Place
    argument: Place
    case: Guard


def text_of(template: Template, raw: object, place: Place, case: Guard) -> Value[str]:
    """The text that `raw` stands for at `place`."""
    return as_text(template.settle(raw, place, case))


def invalid(detail: str, use: Use) -> Unknown:
    """The unknown of a call that CloudFormation would refuse."""
    return Unknown(Reason.INVALID_VALUE, detail, use.place)


def lost(unknown: Unknown, use: Use) -> Unknown:
    """What a function makes of an unknown argument: unknown for the same reason, through the same steps."""
    steps = tuple(step for step in unknown.via if step.reference is None)
    return Unknown(unknown.reason, unknown.detail, use.place, via=steps)
