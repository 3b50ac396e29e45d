"""The Conditions section: from the tree to formulas over parameters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TypeAlias

from pipecheck.loaders.cloudformation.functions import call
from pipecheck.model.conditions import (
    OTHER,
    And,
    ConditionHolds,
    Conditions,
    Constant,
    Formula,
    Not,
    Or,
    Parameter,
    ParameterIs,
    ParametersEqual,
)
from pipecheck.values import Known, Truth, Value, truth
from pipecheck.values.record import record

Resolve: TypeAlias = Callable[[object], Value[str]]
"""The text of an expression with the parameters given and the defaults."""


@record
class _Readings:
    """What the conditions read: each parameter or expression with the literals it is compared with."""

    assumed: dict[str, str | None] = field(default_factory=dict)
    literals: dict[str, set[str]] = field(default_factory=dict)

    def read(self, name: str, assumed: str | None) -> None:
        self.assumed[name] = assumed
        self.literals.setdefault(name, set())

    def compare(self, name: str, literal: str) -> None:
        self.literals[name].add(literal)


def read_conditions(
    section: Mapping[str, object],
    allowed: Mapping[str, tuple[str, ...]],
    given: Mapping[str, str],
    resolve: Resolve,
) -> Conditions:
    """The conditions of a template.

    `allowed` holds the AllowedValues of the parameters that state them, `given` the values that the user fixed.
    """
    readings = _Readings()
    formulas = {name: _formula(raw, readings, resolve) for name, raw in section.items()}
    parameters = {
        name: Parameter(name, tuple(_domain(name, readings, allowed)), assumed, name in given and assumed is not None)
        for name, assumed in readings.assumed.items()
    }
    return Conditions(parameters, formulas)


def _domain(name: str, readings: _Readings, allowed: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if name in allowed:
        yield from allowed[name]
        return
    yield from sorted(readings.literals[name])
    yield OTHER


def _formula(raw: object, readings: _Readings, resolve: Resolve) -> Formula:
    function = call(raw)
    if function is None:
        return Constant(Truth.UNKNOWN)
    operands = function.argument if isinstance(function.argument, list) else [function.argument]
    match function.name, operands:
        case "Condition", [str(name)]:
            return ConditionHolds(name)
        case "Not", [operand]:
            return Not(_formula(operand, readings, resolve))
        case "And", _:
            return And(tuple(_formula(operand, readings, resolve) for operand in operands))
        case "Or", _:
            return Or(tuple(_formula(operand, readings, resolve) for operand in operands))
        case "Equals", [left, right]:
            return _equality(_operand(left, readings, resolve), _operand(right, readings, resolve), readings)
        case _:
            return Constant(Truth.UNKNOWN)


@record
class _Variable:
    name: str


def _operand(raw: object, readings: _Readings, resolve: Resolve) -> _Variable | str:
    function = call(raw)
    if function is None and not isinstance(raw, dict | list):
        return _literal(raw)
    if function is not None and function.name == "Ref" and isinstance(function.argument, str):
        name = function.argument
    else:
        name = json.dumps(raw, default=lambda tagged: {tagged.tag: tagged.value}, sort_keys=True)
    value = resolve(raw)
    readings.read(name, value.value if isinstance(value, Known) else None)
    return _Variable(name)


def _literal(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw)


def _equality(left: _Variable | str, right: _Variable | str, readings: _Readings) -> Formula:
    if isinstance(left, _Variable) and isinstance(right, _Variable):
        return ParametersEqual(left.name, right.name)
    if isinstance(left, _Variable) and isinstance(right, str):
        readings.compare(left.name, right)
        return ParameterIs(left.name, right)
    if isinstance(right, _Variable) and isinstance(left, str):
        readings.compare(right.name, left)
        return ParameterIs(right.name, left)
    return Constant(truth(left == right))
