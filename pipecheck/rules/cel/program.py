"""Compiled expressions, ready to be asked about subjects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipecheck.rules.cel import navigate, tree
from pipecheck.rules.cel.compiler import Compiler
from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.evidence import Decision
from pipecheck.rules.cel.parser import parse
from pipecheck.rules.cel.term import Frame, Logic, Operand
from pipecheck.rules.cel.types import Function, Scalar, Type
from pipecheck.values import Place, Truth
from pipecheck.values.record import record


@record
class Scope:
    """What an expression may use: its variables with their types, and named functions."""

    variables: Mapping[str, Type]
    functions: Mapping[str, Function]

    def compiler(self) -> Compiler:
        """A compiler for expressions of this scope."""
        return Compiler(self.variables, self.functions)

    def frame(self, bindings: Mapping[str, object], size: int) -> Frame:
        """The variables' values in the order of the scope, and room for those of macros."""
        frame: Frame = [bindings[name] for name in self.variables]
        frame += [None] * (size - len(frame))
        return frame


@record
class Condition:
    """An expression that is true, false or unknown of the values bound to its variables."""

    scope: Scope
    logic: Logic
    size: int

    def decide(self, bindings: Mapping[str, object]) -> Truth:
        """What it says."""
        return self.logic.decide(self.scope.frame(bindings, self.size))

    def explain(self, bindings: Mapping[str, object]) -> Decision:
        """What it says, and the values that decided it."""
        frame = self.scope.frame(bindings, self.size)
        return Decision(self.logic.decide(frame), self.logic.explain(frame))


@record
class Path:
    """A path such as `store.encryption_key.id`: whether something is written there, and where."""

    scope: Scope
    written: Callable[[Frame], Truth]
    operand: Operand
    size: int

    def find(self, bindings: Mapping[str, object]) -> tuple[Truth, Place]:
        """Whether it leads to something, and the place of that, else the place where it would stand."""
        frame = self.scope.frame(bindings, self.size)
        found: Any = self.operand.read(frame)
        return self.written(frame), found.place


def compile_condition(text: str, scope: Scope) -> Condition:
    """An expression that must be true or false. Raises ExpressionError."""
    compiler = scope.compiler()
    logic = _guarded(lambda: compiler.logic(parse(text)))
    return Condition(scope, logic, compiler.size)


def compile_path(text: str, scope: Scope) -> Path:
    """A path to a place: names, fields, keys and elements. Raises ExpressionError."""
    compiler = scope.compiler()
    node = parse(text)
    operand = _guarded(lambda: compiler.operand(node))
    if isinstance(operand.type, Scalar) and not operand.wrapped:
        raise ExpressionError("this has no place of its own", node.offset)
    root = node
    while isinstance(root, tree.Select | tree.Index):
        root = root.operand
    if not isinstance(root, tree.Name) or root.name == "params":
        raise ExpressionError("a place is a path that begins with the subject or what surrounds it", node.offset)
    return Path(scope, navigate.presence(operand), operand, compiler.size)


def _guarded(made: Callable[[], Any]) -> Any:
    try:
        return made()
    except RecursionError as error:
        raise ExpressionError("the expression is nested too deeply", 0) from error
