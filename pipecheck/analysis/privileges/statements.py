"""The statements that apply to a role, and what it takes for each to apply."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.answer import Answer, all_hold, presence
from pipecheck.model.policy import Statement
from pipecheck.model.role import Role
from pipecheck.values import Unknown
from pipecheck.values.record import record


@record
class Attached:
    """A statement of a role's policies. `there` says whether policy and statement are there at all."""

    statement: Statement
    there: Answer


def statements(role: Role) -> Iterator[Attached]:
    """Every statement in view."""
    for policy in role.policies.members:
        for statement in policy.value.statements.members:
            there = all_hold([presence(policy, policy.value.place), presence(statement, statement.value.place)])
            yield Attached(statement.value, there)


def hidden_statements(role: Role) -> Iterator[Unknown]:
    """Why there may be policies or statements that are not in view."""
    if role.policies.open is not None:
        yield role.policies.open
    yield from (
        policy.value.statements.open for policy in role.policies.members if policy.value.statements.open is not None
    )
