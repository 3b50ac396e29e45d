"""The conditions of one definition, and the assignments of outcomes that can occur together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import product
from math import prod
from typing import TypeAlias

from pipecheck.values import Guard, Truth, all_of, any_of, truth
from pipecheck.values.record import record

OTHER = "\N{HORIZONTAL ELLIPSIS}"
"""Stands for a parameter value that no condition names."""

_MOST_ASSIGNMENTS = 4_096
"""Cases that are told apart: twelve parameters with two values each."""

_MOST_STEPS = 400_000
"""Conditions that are evaluated for one question: less than a second."""

_MOST_STEPS_OF_ALL = 500_000
"""Shared by as many questions as there are conditions, for one may be asked about each."""

_FEW = 64
"""Cases that are looked at where not all can be."""


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
class _Cases:
    """Assignments, and whether they are all there are."""

    assignments: tuple[Assignment, ...]
    complete: bool


@record
class Conditions:
    """The conditions of a definition. Empty for formats that have none."""

    parameters: Mapping[str, Parameter]
    formulas: Mapping[str, Formula]
    _assumed: dict[str, Truth] = field(default_factory=dict, init=False)
    _cases: dict[tuple[str, ...], _Cases] = field(default_factory=dict, init=False)

    def assumed(self, name: str) -> Truth:
        """What the condition says with the values given and the defaults; UNKNOWN where they do not decide it."""
        if not self._assumed:
            values = {p.name: p.assumed for p in self.parameters.values() if p.assumed is not None}
            self._assumed.update(self._evaluated(self._needed(self.formulas), values))
        return self._assumed.get(name, Truth.UNKNOWN)

    def certain(self) -> Mapping[str, bool]:
        """The conditions with the same outcome in every case; where there are too many cases, none is said to be."""
        found: dict[str, bool] = {}
        steps = _MOST_STEPS
        for read, names in self._by_parameters().items():
            needed = self._needed(names)
            steps -= prod(len(self._domain(name)) for name in read) * len(needed)
            if steps < 0:
                return found
            outcomes = [self._evaluated(needed, values) for values in self._combinations(read)]
            for name in names:
                seen = {one[name] for one in outcomes}
                if len(seen) == 1 and Truth.UNKNOWN not in seen:
                    found[name] = Truth.TRUE in seen
        return found

    def assignments(self, names: Iterable[str]) -> Sequence[Assignment]:
        """Every consistent assignment of outcomes to the named conditions, the assumed one first.

        A condition that cannot be evaluated takes both outcomes. `are_exhausted` says whether these are all.
        """
        return self._cases_of(names).assignments

    def are_exhausted(self, names: Iterable[str]) -> bool:
        """Whether `assignments` holds every case; it stops where there are too many."""
        return self._cases_of(names).complete

    def _cases_of(self, names: Iterable[str]) -> _Cases:
        wanted = tuple(sorted(set(names)))
        if wanted not in self._cases:
            self._cases[wanted] = self._enumerated(wanted)
        return self._cases[wanted]

    def _enumerated(self, wanted: Sequence[str]) -> _Cases:
        needed = self._needed(wanted)
        read = sorted({name for condition in needed for name in _parameters_in(self.formulas[condition])})
        ranging = [name for name in read if name in self.parameters]
        steps = min(_MOST_STEPS, _MOST_STEPS_OF_ALL // max(len(self.formulas), 1))
        left = min(_MOST_ASSIGNMENTS, max(steps // max(len(needed), 1), 1))
        if prod(len(self._domain(name)) for name in ranging) > left:
            left = min(left, _FEW)
        found: dict[tuple[bool, ...], Assignment] = {}
        for values in self._combinations(ranging):
            settled = self._evaluated(needed, values)
            outcomes = [settled.get(name, Truth.UNKNOWN) for name in wanted]
            guessed = frozenset(
                name for name, outcome in zip(wanted, outcomes, strict=True) if outcome is Truth.UNKNOWN
            )
            for case in product(*map(_both, outcomes)):
                left -= 1
                if left < 0:
                    return _Cases(tuple(found.values()), complete=False)
                if case not in found or (found[case].guessed and not guessed):
                    found[case] = Assignment(dict(zip(wanted, case, strict=True)), values, guessed)
        return _Cases(tuple(found.values()), complete=True)

    def _combinations(self, parameters: Sequence[str]) -> Iterator[Mapping[str, str]]:
        for combination in product(*map(self._domain, parameters)):
            yield dict(zip(parameters, combination, strict=True))

    def _domain(self, name: str) -> tuple[str, ...]:
        parameter = self.parameters[name]
        if parameter.assumed is None:
            return parameter.domain
        if parameter.fixed:
            return (parameter.assumed,)
        return (parameter.assumed, *(value for value in parameter.domain if value != parameter.assumed))

    def _by_parameters(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        """The conditions by the parameters that they read, without those that read too many to try all values."""
        read: dict[str, frozenset[str] | None] = {}
        found: dict[tuple[str, ...], list[str]] = {}
        for name in self._needed(self.formulas):
            formula = self.formulas[name]
            parts = [read.get(other, frozenset()) for other in _conditions_in(formula)]
            own = frozenset(_parameters_in(formula)) & self.parameters.keys()
            together = None if None in parts else own.union(*(part for part in parts if part is not None))
            if together is not None and prod(len(self._domain(one)) for one in together) > _MOST_ASSIGNMENTS:
                together = None
            read[name] = together
            if together is not None:
                found.setdefault(tuple(sorted(together)), []).append(name)
        return found

    def _needed(self, names: Iterable[str]) -> Sequence[str]:
        """The conditions of that name and those that they read, each behind what it reads.

        Of conditions that read each other, which CloudFormation refuses, one stands before what it reads.
        """
        found: dict[str, None] = {}
        begun: set[str] = set()
        ahead = [name for name in reversed(list(names)) if name in self.formulas]
        while ahead:
            name = ahead[-1]
            if name in begun:
                ahead.pop()
                found[name] = None
            else:
                begun.add(name)
                read = _conditions_in(self.formulas[name])
                ahead += [other for other in read if other in self.formulas and other not in begun]
        return tuple(found)

    def _evaluated(self, needed: Iterable[str], values: Mapping[str, str]) -> Mapping[str, Truth]:
        """The outcomes of conditions that stand behind what they read."""
        settled: dict[str, Truth] = {}
        for name in needed:
            settled[name] = _outcome(self.formulas[name], values, settled)
        return settled


NO_CONDITIONS = Conditions({}, {})


def _conditions_in(formula: Formula) -> Iterator[str]:
    """The names of the conditions that a formula reads itself."""
    match formula:
        case ConditionHolds(name):
            yield name
        case Not(operand):
            yield from _conditions_in(operand)
        case And(operands) | Or(operands):
            for operand in operands:
                yield from _conditions_in(operand)
        case _:
            pass


def _parameters_in(formula: Formula) -> Iterator[str]:
    """The names of the parameters that a formula reads itself."""
    match formula:
        case ParameterIs(parameter):
            yield parameter
        case ParametersEqual(left, right):
            yield from (left, right)
        case TextsEqual(left_text, right_text):
            yield from _parameters(left_text)
            yield from _parameters(right_text)
        case Not(operand):
            yield from _parameters_in(operand)
        case And(operands) | Or(operands):
            for operand in operands:
                yield from _parameters_in(operand)
        case ConditionHolds() | Constant():
            pass


def _outcome(formula: Formula, values: Mapping[str, str], settled: Mapping[str, Truth]) -> Truth:
    """What a formula says with the values of parameters and the outcomes of the conditions that it reads."""
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
            return ~_outcome(operand, values, settled)
        case And(operands):
            return all_of(_outcome(operand, values, settled) for operand in operands)
        case Or(operands):
            return any_of(_outcome(operand, values, settled) for operand in operands)
        case ConditionHolds(name):
            return settled.get(name, Truth.UNKNOWN)
        case Constant(outcome):
            return outcome


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
