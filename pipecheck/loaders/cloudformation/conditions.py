"""The Conditions section: from the tree to formulas over parameters.

The Rules section, which may forbid some values of parameters together, is not evaluated: a case that it forbids
counts as one that can occur.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TypeAlias

from pipecheck.loaders.cloudformation.functions import call
from pipecheck.loaders.cloudformation.ranges import names_read, ranges_by_mapping
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
    TextsEqual,
    ValueOf,
    WorkedOut,
)
from pipecheck.values import Known, Truth, Value, truth
from pipecheck.values.record import record

Resolve: TypeAlias = Callable[[object, Mapping[str, str]], Value[str]]
"""The text of an expression with the parameters given and the defaults, and some parameters at the values named."""

_MOST_TEXTS = 4096
"""That are worked out of the expressions of one template: for four with a thousand each."""


@dataclass(slots=True)
class _Readings:
    """What the conditions read: each parameter or expression with the literals it is compared with.

    `ranges` holds the values of the parameters whose values are a closed set.
    """

    resolve: Resolve
    ranges: Mapping[str, tuple[str, ...]]
    assumed: dict[str, str | None] = field(default_factory=dict)
    literals: dict[str, set[str]] = field(default_factory=dict)
    compared: list[tuple[str, str]] = field(default_factory=list)
    texts_left: int = _MOST_TEXTS

    def read(self, name: str, raw: object) -> str | None:
        """Notes that a parameter or expression is read, and returns its assumed value."""
        if name not in self.assumed:
            value = self.resolve(raw, {})
            self.assumed[name] = value.value if isinstance(value, Known) else None
            self.literals[name] = set()
        return self.assumed[name]

    def compare(self, name: str, literal: str) -> None:
        self.literals[name].add(literal)

    def values(self, name: str) -> set[str]:
        """The values of a parameter or expression that are told apart."""
        assumed = self.assumed[name]
        known = self.ranges[name] if name in self.ranges else self.literals[name]
        return {*known, *([] if assumed is None else [assumed])}

    def share(self) -> None:
        """Lets each of two that are compared with each other have the values of the other."""
        for _ in self.compared:  # values may have to go as many steps as there are pairs
            before = sum(map(len, self.literals.values()))
            for first, second in self.compared:
                self.literals[first] |= self.values(second)
                self.literals[second] |= self.values(first)
            if before == sum(map(len, self.literals.values())):
                return


def read_conditions(
    section: Mapping[str, object],
    mappings: Mapping[str, object],
    allowed: Mapping[str, tuple[str, ...]],
    given: Mapping[str, str],
    resolve: Resolve,
) -> Conditions:
    """The conditions of a template.

    `allowed` holds the AllowedValues of the parameters that state them, `given` the values that the user fixed.
    """
    texts = {name: resolve({"Ref": name}, {}) for name in given}
    fixed = {name: (text.value,) for name, text in texts.items() if isinstance(text, Known)}
    readings = _Readings(resolve, {**ranges_by_mapping(section, mappings, allowed), **fixed})
    formulas = {name: _formula(raw, readings) for name, raw in section.items()}
    readings.share()
    parameters = {
        name: Parameter(name, tuple(_domain(name, readings)), assumed, name in fixed)
        for name, assumed in readings.assumed.items()
    }
    return Conditions(parameters, formulas)


def _domain(name: str, readings: _Readings) -> Iterator[str]:
    if name in readings.ranges:
        yield from readings.ranges[name]
        return
    yield from sorted(readings.literals[name])
    yield OTHER


def _formula(raw: object, readings: _Readings) -> Formula:
    function = call(raw)
    if function is None:
        return Constant(Truth.UNKNOWN)
    operands = function.argument if isinstance(function.argument, list) else [function.argument]
    match function.name, operands:
        case "Condition", [str(name)]:
            return ConditionHolds(name)
        case "Not", [operand]:
            return Not(_formula(operand, readings))
        case "And", _:
            return And(tuple(_formula(operand, readings) for operand in operands))
        case "Or", _:
            return Or(tuple(_formula(operand, readings) for operand in operands))
        case "Equals", [left, right]:
            return _equality(_operand(left, readings), _operand(right, readings), readings)
        case _:
            return Constant(Truth.UNKNOWN)


@record
class _Variable:
    """A parameter, or an expression that varies on its own as far as we can tell."""

    name: str


_Operand: TypeAlias = _Variable | WorkedOut | str


def _operand(raw: object, readings: _Readings) -> _Operand:
    function = call(raw)
    if function is None and not isinstance(raw, dict | list):
        return _literal(raw)
    if function is not None and function.name == "Ref" and isinstance(function.argument, str):
        readings.read(function.argument, raw)
        return _Variable(function.argument)
    worked_out = _worked_out(raw, readings)
    if worked_out is not None:
        return worked_out
    name = json.dumps(raw, default=lambda tagged: {tagged.tag: tagged.value}, sort_keys=True)
    readings.read(name, raw)
    return _Variable(name)


def _worked_out(raw: object, readings: _Readings) -> WorkedOut | str | None:
    """The texts of an expression by the parameters it reads; None where one of these may have any value."""
    names = names_read(raw)
    if names is None or not readings.ranges.keys() >= names:
        return None
    ranges = []
    for name in sorted(names):
        assumed = readings.read(name, {"Ref": name})
        ranges.append(tuple(dict.fromkeys((*readings.ranges[name], *([] if assumed is None else [assumed])))))
    readings.texts_left -= prod(map(len, ranges))
    if readings.texts_left < 0:
        return None
    texts: dict[tuple[str, ...], str] = {}
    for values in product(*ranges):
        text = readings.resolve(raw, dict(zip(sorted(names), values, strict=True)))
        if isinstance(text, Known):
            texts[values] = text.value
    return WorkedOut(tuple(sorted(names)), texts)


def _literal(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw)


def _equality(left: _Operand, right: _Operand, readings: _Readings) -> Formula:
    match left, right:
        case (str(), str()):
            return Constant(truth(left == right))
        case (_Variable(name), str(text)) | (str(text), _Variable(name)):
            readings.compare(name, text)
            return ParameterIs(name, text)
        case (_Variable(first), _Variable(second)):
            readings.compared.append((first, second))
            return ParametersEqual(first, second)
        case (_Variable(name), WorkedOut() as other) | (WorkedOut() as other, _Variable(name)):
            for text in other.texts.values():  # so that any other value of the parameter is different from all
                readings.compare(name, text)
            return TextsEqual(ValueOf(name), other)
        case (WorkedOut() | str(), WorkedOut() | str()):
            return TextsEqual(left, right)
        case _:
            return Constant(Truth.UNKNOWN)
