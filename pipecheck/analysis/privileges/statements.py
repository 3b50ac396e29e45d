"""The statements that apply to a role, and what it takes for each to apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from pipecheck.analysis.answer import Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.policy import Policy, Statement
from pipecheck.model.role import Role
from pipecheck.values import Items, Member, Place, Reason, Truth, Unknown, Value
from pipecheck.values.record import record
from pipecheck.values.text import equals

T = TypeVar("T")


@record
class Attached:
    """A statement of a role's policies. `there` says whether policy and statement are there at all."""

    statement: Statement
    there: Answer


def statements(role: Role) -> Iterator[Attached]:
    """Every statement in view."""
    for policy in role.policies.members:
        attached = _attached(policy)
        for statement in policy.value.statements.members:
            there = all_hold([attached, presence(statement, statement.value.place)])
            yield Attached(statement.value, there)


def _attached(policy: Member[Policy]) -> Answer:
    """Whether a policy is attached: it may name a role that nobody can see."""
    if policy.present is Truth.UNKNOWN and not policy.guard:
        place = policy.value.place
        detail = f"whether policy {quoted(policy.value.name, logical_id(place))} is attached to the role is not known"
        return undecided(Unknown(Reason.NOT_SCANNED, detail, place))
    return presence(policy, policy.value.place)


def trust_statements(role: Role) -> Iterator[Attached]:
    """Every statement in view that says who may take the role."""
    for statement in role.trust.members:
        yield Attached(statement.value, presence(statement, statement.value.place))


def hidden_statements(role: Role) -> Iterator[Unknown]:
    """Why there may be policies or statements that are not in view."""
    if role.policies.open is not None:
        yield role.policies.open
    yield from (
        policy.value.statements.open for policy in role.policies.members if policy.value.statements.open is not None
    )


def some_member(items: Items[T], holds: Callable[[T], Answer], place: Callable[[T], Place]) -> Answer:
    """Whether something holds of a member that is there; undecided where there may be more members."""
    unseen = [] if items.open is None else [undecided(items.open)]
    found = (all_hold([presence(one, place(one.value)), holds(one.value)]) for one in items.members)
    return any_holds([*found, *unseen])


def some_text(items: Items[Value[str]], holds: Callable[[Value[str]], Answer]) -> Answer:
    """Whether something holds of an action or a resource that is there."""
    return some_member(items, holds, lambda value: value.place)


def allows(attached: Attached) -> Answer:
    """Whether a statement is there and allows something."""
    return all_hold([attached.there, told(equals(attached.statement.effect, "Allow"), attached.statement.effect)])
