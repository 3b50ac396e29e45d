"""Where a function is used, and the small questions all functions ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipecheck.loaders.node import Node, as_text
from pipecheck.values import Absent, Guard, Known, Place, Reason, Unknown, Value
from pipecheck.values.record import record
from pipecheck.values.text import renderings

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


def lost(unknown: Unknown, use: Use, candidates: tuple[Value[Node], ...] = ()) -> Unknown:
    """What a function makes of an unknown argument: unknown for the same reason, through the same steps."""
    steps = tuple(step for step in unknown.via if step.reference is None)
    return Unknown(unknown.reason, unknown.detail, use.place, candidates, via=steps)


def each_text(value: Value[str], use: Use, make: Callable[[Known[str]], Value[Node]], function: str) -> Value[Node]:
    """What a function makes of a text, or of each text that it can be."""
    match value:
        case Known():
            return make(value)
        case Unknown():
            options = (Known(text, use.place, value.via) for text in renderings(value))
            return lost(value, use, tuple(make(option) for option in options))
        case Absent():
            return invalid(f"{function} expects a text", use)


def each_node(value: Value[Node], use: Use, make: Callable[[Node], Value[Node]], expected: str) -> Value[Node]:
    """What a function makes of a node, or of each node that it can be."""
    match value:
        case Known(node):
            return make(node)
        case Unknown():
            return lost(value, use, tuple(each_node(one, use, make, expected) for one in value.candidates))
        case Absent():
            return invalid(expected, use)


def elements_of(template: Template, node: Node) -> tuple[Value[Node], ...]:
    """The elements of a list without those that are no value; one that may be none has that among its candidates."""
    template.effort.spend(len(node.raw) if isinstance(node.raw, list) else 0)
    settled = (
        template.settle(raw, node.place.child(index), node.case)
        for index, raw in enumerate(node.raw if isinstance(node.raw, list) else ())
    )
    return tuple(value for value in settled if not isinstance(value, Absent))


def may_be_absent(value: Value[Node]) -> bool:
    """Whether an element of a list may be no value, so that those after it may stand elsewhere."""
    return isinstance(value, Absent) or (
        isinstance(value, Unknown) and any(may_be_absent(option) for option in value.candidates)
    )
