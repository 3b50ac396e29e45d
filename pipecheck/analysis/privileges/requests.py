"""Whether the conditions of a statement hold for a request of which some keys are known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.model.policy import PolicyCondition, Statement
from pipecheck.values import Known, Reason, Truth, Unknown, Value, ask

Request: TypeAlias = Mapping[str, str | None]
"""The keys of a request in lower case, each with its value; None where the request does not have it."""

_POSITIVE: Mapping[str, Callable[[str, str], bool]] = {
    "Bool": lambda value, written: value.lower() == written.lower(),
    "StringEquals": lambda value, written: value == written,
    "StringEqualsIgnoreCase": lambda value, written: value.lower() == written.lower(),
    "StringLike": lambda value, written: wildcard(written).fullmatch(value) is not None,
}
_NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
}
_NEGATIONS = ("StringNot", "NumericNot", "DateNot", "ArnNot", "NotIp")
_IF_EXISTS = "IfExists"
_FOR_ANY, _FOR_ALL = "ForAnyValue:", "ForAllValues:"


def wildcard(pattern: str) -> re.Pattern[str]:
    """The regular expression of a text in which `*` stands for any characters and `?` for one."""
    parts = (
        ".*" if part == "*" else "." if part == "?" else re.escape(part) for part in re.split(r"([*?])", pattern)
    )
    return re.compile("".join(parts), re.DOTALL)


def conditions_hold(statement: Statement, request: Request) -> Answer:
    """Whether all conditions of a statement hold; undecided where one asks for a key that `request` does not tell."""
    conditions = statement.conditions
    return all_hold(
        [
            *(
                any_holds([~presence(test, test.value.place), _test_holds(test.value, request)])
                for test in conditions.members
            ),
            *([] if conditions.open is None else [undecided(conditions.open)]),
        ]
    )


def _test_holds(test: PolicyCondition, request: Request) -> Answer:
    match test.operator, test.key:
        case Known(operator), Known(key) if key.lower() in request:
            return _compared(test, operator, request[key.lower()])
        case Unknown() as unknown, _:
            return undecided(unknown)
        case _, Unknown() as unknown:
            return undecided(unknown)
        case _, Known(key):
            return _not_evaluated(test, key)
        case _:
            return _not_evaluated(test, "an unnamed key")


def _compared(test: PolicyCondition, operator: str, value: str | None) -> Answer:
    plain = operator.removeprefix(_FOR_ANY).removeprefix(_FOR_ALL).removesuffix(_IF_EXISTS)
    if plain == "Null":
        wanted = "true" if value is None else "false"
        return _any_value(test, lambda written: written.lower() == wanted)
    if value is None:
        return _without_the_key(operator, plain)
    if plain in _NEGATED:
        return ~_any_value(test, lambda written: _POSITIVE[_NEGATED[plain]](value, written))
    if plain in _POSITIVE:
        return _any_value(test, lambda written: _POSITIVE[plain](value, written))
    return _not_evaluated(test, plain)


def _without_the_key(operator: str, plain: str) -> Answer:
    """A request that lacks the key meets what is negated, asks only if the key exists, or asks of all values."""
    if operator.startswith(_FOR_ANY):
        return NO
    meets = operator.startswith(_FOR_ALL) or operator.endswith(_IF_EXISTS) or plain.startswith(_NEGATIONS)
    return YES if meets else NO


def _any_value(test: PolicyCondition, holds: Callable[[str], bool]) -> Answer:
    return any_holds(
        [
            *(
                all_hold([presence(member, test.place), _value_holds(member.value, holds)])
                for member in test.values.members
            ),
            *([] if test.values.open is None else [undecided(test.values.open)]),
        ]
    )


def _value_holds(value: Value[str], holds: Callable[[str], bool]) -> Answer:
    return told(ask(value, holds, absent=Truth.FALSE), value)


def _not_evaluated(test: PolicyCondition, what: str) -> Answer:
    detail = f"the condition on {what} is not evaluated"
    return undecided(Unknown(Reason.CONDITION_NOT_EVALUATED, detail, test.place))
