"""Declarative rules: from their expressions to a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pipecheck.errors import RuleFileError
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.cel import (
    Condition,
    Decision,
    ExpressionError,
    Path,
    Scope,
    Template,
    compile_condition,
    compile_path,
    compile_template,
    object_type,
)
from pipecheck.rules.cel.types import ListType, ParametersType, Scalar, Slot, Type
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.functions import named_functions
from pipecheck.rules.rule import Check, Params, Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.subjects import KINDS
from pipecheck.values import Place, Step, Truth
from pipecheck.values.place import Route
from pipecheck.values.record import record

_PARAMETER_TYPES: Mapping[str, Type] = {
    "string": Scalar.TEXT,
    "integer": Scalar.INTEGER,
    "boolean": Scalar.BOOLEAN,
    "list": ListType(Slot(Scalar.TEXT, wrapped=True)),
}
_DEFINITIONS = {"mapping": "the mapping {} holds the value", "import": "the value is exported as {}"}


def expression_check(rule: Rule) -> Check:
    """The check of a rule with `require`. It compiles the expressions when it is first called.

    It yields one clause: whether `when` applies and `require` holds. A call raises RuleFileError where an expression
    is wrong.
    """
    return _ExpressionCheck(rule)


def scope_of(rule: Rule) -> Scope:
    """What the expressions of a rule may use."""
    (kind,) = rule.subjects
    variables: dict[str, Type] = {name: object_type(cls) for name, cls in KINDS[kind].items()}
    variables["params"] = ParametersType({p.name: _PARAMETER_TYPES[p.type] for p in rule.params})
    return Scope(variables, named_functions())


def expressions(rule: Rule) -> Iterator[tuple[Route, str, Callable[[str, Scope], object]]]:
    """Every expression of a rule: its route in the rule's file, its text, and what compiles it."""
    if rule.require is None:
        return
    if rule.when is not None:
        yield ("when",), rule.when, compile_condition
    yield ("require",), rule.require, compile_condition
    for index, path in enumerate(rule.at):
        yield ("at", index), path, compile_path
    yield ("message",), rule.message, compile_template
    for index, (condition, _) in enumerate(rule.severity_when):
        yield ("severity_when", index, "if"), condition, compile_condition


@record
class _Compiled:
    """The expressions of a rule, compiled."""

    when: Condition | None
    require: Condition
    at: tuple[Path, ...]
    message: Template
    severity_when: tuple[tuple[Condition, Severity], ...]


def _compile(rule: Rule) -> _Compiled:
    scope = scope_of(rule)
    try:
        return _Compiled(
            when=None if rule.when is None else compile_condition(rule.when, scope),
            require=compile_condition(rule.require or "", scope),
            at=tuple(compile_path(path, scope) for path in rule.at),
            message=compile_template(rule.message, scope),
            severity_when=tuple((compile_condition(text, scope), severity) for text, severity in rule.severity_when),
        )
    except ExpressionError as error:
        raise RuleFileError(f"{rule.id}: {error.message}", source=rule.source, help=error.help) from error


class _ExpressionCheck:
    __slots__ = ("compiled", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.compiled: _Compiled | None = None

    def __call__(self, subject: Subject, _: Inventory, params: Params) -> Iterable[Clause]:
        if self.compiled is None:
            self.compiled = _compile(self.rule)
        return (_clause(self.compiled, subject, {**subject.bindings, "params": params}),)


def _clause(compiled: _Compiled, subject: Subject, bindings: Mapping[str, object]) -> Clause:
    holds = compiled.require.decide(bindings)
    applies = Truth.TRUE if compiled.when is None else compiled.when.decide(bindings)
    if holds is Truth.TRUE or applies is Truth.FALSE:
        return Clause(applies, holds, subject.place, "")
    required = compiled.require.explain(bindings)
    wanted = Decision(applies, ()) if compiled.when is None else compiled.when.explain(bindings)
    primary = _undecided_applicability(required, wanted) or _primary(compiled.at, bindings)
    primary = primary or required.place or wanted.place or subject.place
    return Clause(
        applies=applies,
        holds=holds,
        primary=primary,
        say=compiled.message.fill(bindings),
        related=tuple(_definitions(required.steps, primary)),
        cause=required.cause or wanted.cause,
        assumptions=tuple(dict.fromkeys((*required.assumptions, *wanted.assumptions))),
        severity=next(
            (s for condition, s in compiled.severity_when if condition.decide(bindings) is Truth.TRUE), None
        ),
    )


def _undecided_applicability(required: Decision, wanted: Decision) -> Place | None:
    """Where the value stands that keeps the verdict open, if that is `when` alone; `at` is about `require`."""
    return wanted.place if required.truth is Truth.FALSE and wanted.truth is Truth.UNKNOWN else None


def _primary(paths: tuple[Path, ...], bindings: Mapping[str, object]) -> Place | None:
    """The first path that is not absent; where all are, the deepest place where one of them would stand."""
    found = [path.find(bindings) for path in paths]
    present = (place for written, place in found if written is not Truth.FALSE)
    return next(present, max((place for _, place in found), key=lambda place: len(place.route), default=None))


def _definitions(steps: Iterable[Step], primary: Place) -> Iterator[Related]:
    """The places outside of the place of use where the deciding values were defined."""
    for step in steps:
        if step.kind in _DEFINITIONS and step.place is not None and step.place != primary:
            yield Related(step.place, _DEFINITIONS[step.kind].format(step.name))
