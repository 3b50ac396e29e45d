"""The smallest things: where something is, and how much of it is known."""

from pipecheck.values.items import ALWAYS, Guard, Items, Member, every, some
from pipecheck.values.place import Place, Route, Span
from pipecheck.values.reason import Reason
from pipecheck.values.truth import Truth, agreed, all_of, any_of, truth
from pipecheck.values.value import (
    Absent,
    Default,
    Known,
    Reference,
    Step,
    Unknown,
    Value,
    ask,
    bind,
    exists,
    known,
    reference,
)

__all__ = [
    "ALWAYS",
    "Absent",
    "Default",
    "Guard",
    "Items",
    "Known",
    "Member",
    "Place",
    "Reason",
    "Reference",
    "Route",
    "Span",
    "Step",
    "Truth",
    "Unknown",
    "Value",
    "agreed",
    "all_of",
    "any_of",
    "ask",
    "bind",
    "every",
    "exists",
    "known",
    "reference",
    "some",
    "truth",
]
