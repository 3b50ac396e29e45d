"""Calls of named functions, which are plain Python."""

from __future__ import annotations

from collections.abc import Mapping

from pipecheck.rules.cel import tree
from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.evidence import Decision, Evidence
from pipecheck.rules.cel.questions import TEXT_METHODS
from pipecheck.rules.cel.term import Frame, Logic, Operand, Read, Term, as_values
from pipecheck.rules.cel.types import Function, Slot, compatible, described
from pipecheck.rules.nearest import did_you_mean
from pipecheck.values import Truth

_MACROS = frozenset({"all", "exists", "exists_one", "filter", "map"})


def called(name: str, function: Function, operands: tuple[Operand, ...], node: tree.Call) -> Term:
    """`name(operands)`. What a Truth of it rests on is what its arguments are, unless it answers with a Decision."""
    if len(operands) != len(function.parameters):
        message = f"{name} takes {len(function.parameters)} arguments, found {len(operands)}"
        raise ExpressionError(message, node.offset)
    pairs = zip(operands, function.parameters, node.arguments, strict=True)
    reads = tuple(_argument(name, operand, slot, argument.offset) for operand, slot, argument in pairs)
    call = function.call

    def explain_arguments(frame: Frame) -> tuple[Evidence, ...]:
        return tuple(entry for operand in operands for entry in operand.explain(frame))

    if function.returns is not None:
        returns = function.returns
        return Operand(
            returns.type, returns.wrapped, lambda frame: call(*[read(frame) for read in reads]), explain_arguments
        )

    def decide(frame: Frame) -> Truth:
        answer: Truth | Decision = call(*[read(frame) for read in reads])
        return answer.truth if isinstance(answer, Decision) else answer

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        answer: Truth | Decision = call(*[read(frame) for read in reads])
        return answer.deciding if isinstance(answer, Decision) else explain_arguments(frame)

    return Logic(decide, explain)


def _argument(name: str, operand: Operand, slot: Slot, offset: int) -> Read:
    if not compatible(operand.type, slot.type):
        message = f"{name} takes {described(slot.type)} here, found {described(operand.type)}"
        raise ExpressionError(message, offset)
    if slot.wrapped:
        return as_values(operand)
    if operand.wrapped:
        raise ExpressionError(f"{name} takes {described(slot.type)} that is certainly there", offset)
    return operand.read


def unknown_function(node: tree.Call, functions: Mapping[str, Function]) -> ExpressionError:
    """The error about a call of something that does not exist, or not in this form."""
    name = node.function
    if name in _MACROS:
        help: tuple[str, ...] = (f"write list.{name}(x, …)",)
    elif name in TEXT_METHODS:
        help = (f"write text.{name}(…)",)
    elif name in functions:
        help = (f"write {name}(…) without anything before it",)
    else:
        help = did_you_mean(name, {*_MACROS, *TEXT_METHODS, "size", "matches", "has", *functions})
    return ExpressionError(f"there is no function {name} of this form", node.offset, help)
