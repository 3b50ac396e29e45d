"""Whom a statement of a resource's policy lets in: everybody, or named accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipecheck.analysis.accounts import split_arn
from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.data.policy_conditions import ACCOUNT_KEYS, ARN_KEYS, PINNING, SAYING_NOTHING
from pipecheck.model.policy import PolicyCondition, Principal, Statement
from pipecheck.values import Absent, Known, Place, Reason, Truth, Unknown, Value, known
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import equals, spelled

_FIXED_ONLY = frozenset({"StringEquals", "StringEqualsIgnoreCase"})
_PATTERNS = frozenset({"StringLike", "ArnEquals", "ArnLike"})
_ACCOUNT_PART = 4
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")


@record
class Named:
    """A principal that a statement names. `there` says whether it is there at all."""

    principal: Principal
    there: Answer


def named(statement: Statement) -> Iterator[Named]:
    """Every principal of a statement in view."""
    for member in statement.principals.members:
        yield Named(member.value, presence(member, member.value.place))


def everybody(principal: Principal) -> Answer:
    """Whether a principal is `*`; services, identity providers and canonical users never are."""
    kind = told(equals(principal.type, "AWS") | equals(principal.type, "*"), principal.type)
    return all_hold([kind, told(equals(principal.id, "*"), principal.id)])


def is_for_everybody(statement: Statement) -> Answer:
    """Whether a statement names everybody, by `*`."""
    principals = statement.principals
    return any_holds(
        [
            *(all_hold([who.there, everybody(who.principal)]) for who in named(statement)),
            *([] if principals.open is None else [undecided(principals.open)]),
        ]
    )


def is_for_all_but_some(statement: Statement) -> Answer:
    """Whether a statement is for everybody who is not excepted, by NotPrincipal."""
    excepted = statement.not_principals
    return any_holds(
        [
            *(presence(member, member.value.place) for member in excepted.members),
            *([] if excepted.open is None else [undecided(excepted.open)]),
        ]
    )


def opened_at(statement: Statement) -> Place:
    """The `*` that lets everybody in, else a principal that may be one, else what is excepted."""
    for who in named(statement):
        if everybody(who.principal).truth is not Truth.FALSE:
            return who.principal.place
    excepted = next((member.value.place for member in statement.not_principals.members), None)
    unseen = statement.principals.open or statement.not_principals.open
    return excepted or (statement.place if unseen is None else unseen.place)


def is_pinned(statement: Statement) -> Answer:
    """Whether the conditions of a statement let in only an account, an organisation or a network of one."""
    conditions = statement.conditions
    return any_holds(
        [
            *(all_hold([presence(member, member.value.place), _pins(member.value)]) for member in conditions.members),
            *([] if conditions.open is None else [undecided(conditions.open)]),
        ]
    )


def accounts_pinned(statement: Statement) -> Iterator[Value[str]]:
    """The accounts, or ARNs with one, that the pinning conditions of a statement name."""
    for member in statement.conditions.members:
        key, operator = (known(member.value.key) or "").lower(), known(member.value.operator) or ""
        if key in ACCOUNT_KEYS and _pins_by(member.value, operator, key).truth is Truth.TRUE:
            yield from values(member.value.values)


def _pins(test: PolicyCondition) -> Answer:
    match test.operator, test.key:
        case Unknown() as unknown, _:
            return undecided(unknown)
        case _, Unknown() as unknown:
            return undecided(unknown)
        case Known(operator), Known(key) if key.lower() in PINNING:
            return _pins_by(test, operator, key.lower())
        case _, Known(key) if key.lower() in SAYING_NOTHING:
            return NO
        case _, Known(key):
            return _not_evaluated(key, test.place)
        case _:
            return NO


def _pins_by(test: PolicyCondition, operator: str, key: str) -> Answer:
    """Only a comparison that a request without the key does not meet pins, and only with values that are fixed."""
    plain = operator.removeprefix("ForAnyValue:")
    if plain not in _FIXED_ONLY | _PATTERNS:
        return NO
    fixed = (
        any_holds([~presence(member, test.place), _is_fixed(member.value, plain, key)])
        for member in test.values.members
    )
    return all_hold([*fixed, *([] if test.values.open is None else [_open_is_fixed(test.values.open, plain)])])


def _open_is_fixed(unseen: Unknown, operator: str) -> Answer:
    """Values that are not in view, a list parameter's, are fixed where wildcards are not read as such."""
    return YES if operator in _FIXED_ONLY and unseen.spelling else undecided(unseen)


def _is_fixed(value: Value[str], operator: str, key: str) -> Answer:
    """Whether a value names something: wildcards in the account of an ARN, or alone, name everything."""
    if isinstance(value, Absent):
        return NO
    if operator in _FIXED_ONLY:
        return YES
    if isinstance(value, Unknown) and not value.pieces:
        return undecided(value)
    written = spelled(value)
    if written is None:
        return undecided(value) if isinstance(value, Unknown) else NO
    text = _PLACEHOLDER.sub("x", written)
    part = _telling_part(text) if key in ARN_KEYS else text
    return told(Truth.FALSE if not part.strip("*?") else Truth.TRUE, value)


def _telling_part(arn: str) -> str:
    """The account of an ARN; of one without an account, such as a bucket's, its resource."""
    parts = split_arn(arn)
    if len(parts) <= _ACCOUNT_PART + 1:
        return arn
    return parts[_ACCOUNT_PART] or parts[-1]


def _not_evaluated(key: str, place: Place) -> Answer:
    return undecided(Unknown(Reason.CONDITION_NOT_EVALUATED, f"the condition on {key} is not evaluated", place))
