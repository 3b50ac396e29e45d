"""The conditions of one definition, and the assignments of outcomes that can occur together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from math import prod
from typing import TypeAlias

from pipecheck.values import Guard, Truth, all_of, any_of, truth
from pipecheck.values.record import record

OTHER = "\N{HORIZONTAL ELLIPSIS}"
"""Stands for a parameter value that no condition names."""

_MOST_ASSIGNMENTS = 65_536


@record
class Parameter:
    """A parameter that conditions read. `domain` is what it ranges over, `assumed` its value or default, if any.

    `fixed` says that the value was given and does not range.
    """

    name: str
    domain: tuple[str, ...]
    assumed: str | None
    fixed: bool = False


@record
class ParameterIs:
    """A parameter equals a text."""

    parameter: str
    text: str


@record
class ParametersEqual:
    """Two parameters have the same value."""

    left: str
    right: str


@record
class WorkedOut:
    """A text worked out from parameters, such as what a mapping holds under one of them.

    `texts` holds it by the values of `parameters`, in their order; for values that it does not hold it is not known.
    """

    parameters: tuple[str, ...]
    texts: Mapping[tuple[str, ...], str]


@record
class ValueOf:
    """The value of one parameter."""

    parameter: str


@record
class TextsEqual:
    """Two texts are the same of which one at least is worked out from parameters."""

    left: WorkedOut | ValueOf | str
    right: WorkedOut | ValueOf | str


@record
class Not:
    """The opposite of a formula."""

    operand: Formula


@record
class And:
    """All of some formulas."""

    operands: tuple[Formula, ...]


@record
class Or:
    """Any of some formulas."""

    operands: tuple[Formula, ...]


@record
class ConditionHolds:
    """Another condition, by name."""

    name: str


@record
class Constant:
    """A formula whose outcome does not depend on parameters; UNKNOWN where we cannot evaluate it."""

    outcome: Truth


Formula: TypeAlias = ParameterIs | ParametersEqual | TextsEqual | Not | And | Or | ConditionHolds | Constant


@record
class Assignment:
    """One consistent case: what each condition of interest says, and the parameter values that make it so.

    `guessed` names the conditions that cannot be evaluated, whose outcomes may not be possible together.
    """

    outcomes: Mapping[str, bool]
    parameters: Mapping[str, str]
    guessed: frozenset[str] = frozenset()

    def allows(self, guard: Guard) -> bool:
        """Whether something guarded so is there in this case."""
        return all(self.outcomes.get(name, outcome) is outcome for name, outcome in guard)


@record
class Conditions:
    """The conditions of a definition. Empty for formats that have none."""

    parameters: Mapping[str, Parameter]
    formulas: Mapping[str, Formula]

    def assumed(self, name: str) -> Truth:
        """What the condition says with the values given and the defaults; UNKNOWN where they do not decide it."""
        values = {p.name: p.assumed for p in self.parameters.values() if p.assumed is not None}
        return self._evaluate(ConditionHolds(name), values, frozenset())

    def assignments(self, names: Iterable[str]) -> Iterator[Assignment]:
        """Every consistent assignment of outcomes to the named conditions, the assumed one first.

        A condition that cannot be evaluated takes both outcomes.
        """
        wanted = sorted(set(names))
        read = self._parameters_read(wanted)
        found: dict[tuple[bool, ...], Assignment] = {}
        for combination in islice(
            product(*(self._domain(self.parameters[name]) for name in read)), _MOST_ASSIGNMENTS
        ):
            values = dict(zip(read, combination, strict=True))
            outcomes = [self._evaluate(ConditionHolds(name), values, frozenset()) for name in wanted]
            guessed = frozenset(
                name for name, outcome in zip(wanted, outcomes, strict=True) if outcome is Truth.UNKNOWN
            )
            for case in product(*(_both(outcome) for outcome in outcomes)):
                if case not in found or (found[case].guessed and not guessed):
                    found[case] = Assignment(dict(zip(wanted, case, strict=True)), values, guessed)
        yield from found.values()

    def are_exhausted(self, names: Iterable[str]) -> bool:
        """Whether `assignments` tries every combination of the parameters; it stops where there are too many."""
        read = self._parameters_read(names)
        return prod(len(self._domain(self.parameters[name])) for name in read) <= _MOST_ASSIGNMENTS

    def _parameters_read(self, names: Iterable[str]) -> list[str]:
        read = {parameter for name in names for parameter in self._reads(ConditionHolds(name), frozenset())}
        return sorted(read & self.parameters.keys())

    @staticmethod
    def _domain(parameter: Parameter) -> tuple[str, ...]:
        if parameter.assumed is None:
            return parameter.domain
        if parameter.fixed:
            return (parameter.assumed,)
        return (parameter.assumed, *(value for value in parameter.domain if value != parameter.assumed))

    def _reads(self, formula: Formula, visited: frozenset[str]) -> Iterator[str]:
        match formula:
            case ParameterIs(parameter):
                yield parameter
            case ParametersEqual(left, right):
                yield from (left, right)
            case TextsEqual(left_text, right_text):
                yield from _parameters(left_text)
                yield from _parameters(right_text)
            case Not(operand):
                yield from self._reads(operand, visited)
            case And(operands) | Or(operands):
                for operand in operands:
                    yield from self._reads(operand, visited)
            case ConditionHolds(name):
                if name in self.formulas and name not in visited:
                    yield from self._reads(self.formulas[name], visited | {name})
            case Constant():
                pass

    def _evaluate(self, formula: Formula, values: Mapping[str, str], visited: frozenset[str]) -> Truth:
        match formula:
            case ParameterIs(parameter, text):
                return truth(values[parameter] == text) if parameter in values else Truth.UNKNOWN
            case ParametersEqual(left, right):
                if left not in values or right not in values or values[left] == values[right] == OTHER:
                    return Truth.UNKNOWN
                return truth(values[left] == values[right])
            case TextsEqual(left_text, right_text):
                first, second = _text(left_text, values), _text(right_text, values)
                return Truth.UNKNOWN if first is None or second is None else truth(first == second)
            case Not(operand):
                return ~self._evaluate(operand, values, visited)
            case And(operands):
                return all_of(self._evaluate(operand, values, visited) for operand in operands)
            case Or(operands):
                return any_of(self._evaluate(operand, values, visited) for operand in operands)
            case ConditionHolds(name):
                if name not in self.formulas or name in visited:
                    return Truth.UNKNOWN
                return self._evaluate(self.formulas[name], values, visited | {name})
            case Constant(outcome):
                return outcome


NO_CONDITIONS = Conditions({}, {})


def _parameters(text: WorkedOut | ValueOf | str) -> tuple[str, ...]:
    match text:
        case WorkedOut(parameters):
            return parameters
        case ValueOf(parameter):
            return (parameter,)
        case str():
            return ()


def _text(text: WorkedOut | ValueOf | str, values: Mapping[str, str]) -> str | None:
    """A text with the parameters at these values; None where it is not known."""
    match text:
        case WorkedOut(parameters, texts):
            at = tuple(values[name] for name in parameters if name in values)
            return texts.get(at) if len(at) == len(parameters) else None
        case ValueOf(parameter):
            return values.get(parameter)
        case str():
            return text


def _both(outcome: Truth) -> tuple[bool, ...]:
    return (False, True) if outcome is Truth.UNKNOWN else (outcome is Truth.TRUE,)
