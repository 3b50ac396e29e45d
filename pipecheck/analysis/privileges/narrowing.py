"""Whether the conditions of a statement narrow it to some resources although its `Resource` does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipecheck.analysis.answer import NO, Answer, all_hold, told, undecided
from pipecheck.analysis.privileges.statements import some_member
from pipecheck.data.iam_actions import NOT_NARROWING
from pipecheck.model.policy import PolicyCondition, Statement
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, ask, every, known
from pipecheck.values.text import equals

_DEMANDS = re.compile(
    r"(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like))", re.IGNORECASE
)
"""Operators that demand that a key is there and fits. Those with IfExists and ForAllValues do without it."""

_RESOURCE_ACCOUNT = "aws:resourceaccount"


def narrows(statement: Statement, accepted: Iterable[str]) -> Answer:
    """Whether a condition pins the resources: a positive test of a key of `accepted`, such as `aws:ResourceTag`.

    A key covers what follows it after a `/`. What a key that is neither accepted nor known to leave the resources
    open does is not known.
    """
    keys = tuple(key.lower() for key in accepted)
    return _some_condition(statement, lambda test: _pins(test, keys))


def demands(statement: Statement, key: str) -> Answer:
    """Whether a positive test of `key` has to hold, whatever its values."""
    return _some_condition(statement, lambda test: _demands(test, (key.lower(),)))


def _some_condition(statement: Statement, holds: Callable[[PolicyCondition], Answer]) -> Answer:
    return some_member(statement.conditions, holds, lambda test: test.place)


def pins_account(statement: Statement) -> bool:
    """Whether a condition surely limits the resources to an account."""
    return demands(statement, _RESOURCE_ACCOUNT).truth is Truth.TRUE


def _pins(test: PolicyCondition, accepted: tuple[str, ...]) -> Answer:
    pins = all_hold([_demands(test, accepted), _names_something(test)])
    if pins.truth is not Truth.FALSE:
        return pins
    match test.key:
        case Known(key) if key.lower() in NOT_NARROWING or _is_one_of(key, accepted):
            return NO
        case Absent():
            return NO
        case Unknown() as unknown:
            return undecided(unknown)
        case _:
            detail = f"the condition on {known(test.key)} is not evaluated"
            return undecided(Unknown(Reason.CONDITION_NOT_EVALUATED, detail, test.place))


def _demands(test: PolicyCondition, keys: tuple[str, ...]) -> Answer:
    return all_hold(
        [
            told(ask(test.key, lambda key: _is_one_of(key, keys)), test.key),
            told(ask(test.operator, lambda operator: _DEMANDS.fullmatch(operator) is not None), test.operator),
        ]
    )


def _is_one_of(key: str, keys: tuple[str, ...]) -> bool:
    return any(key.lower() == one or key.lower().startswith(f"{one}/") for one in keys)


def _names_something(test: PolicyCondition) -> Answer:
    """Whether no value is `*`, which fits everything."""
    values = [member.value for member in test.values.members]
    unseen = [] if test.values.open is None else [test.values.open]
    return told(every(test.values, lambda value: ~equals(value, "*")), *values, *unseen)
