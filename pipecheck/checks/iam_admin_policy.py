"""Whether a role of a pipeline is an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, presence, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.privileges.administrator import (
    boundary_takes_it_away,
    everything_in,
    grants_administrator,
    is_administrator_policy,
)
from pipecheck.analysis.privileges.statements import Attached, hidden_statements, statements
from pipecheck.model.inventory import Inventory
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Truth

_NARROWER = "iam-wildcard-action, iam-wildcard-resource, iam-passrole-wildcard and iam-notaction-allow"
"""The rules that leave to this one a statement that allows everything on everything."""


def iam_admin_policy(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the role, and one per grant that makes, or may make, it an administrator."""
    role = subject.value
    assert isinstance(role, Role)  # noqa: S101 - the rule file names the kind of subject
    label = f"role {quoted(role.name, logical_id(role.place))}"
    extra = params.get("extra_forbidden")
    yield clause_of(YES, role.place, f"{label} is no administrator")
    yield from _managed(role, label, tuple(str(name) for name in extra) if isinstance(extra, list | tuple) else ())
    for attached in statements(role):
        grants = grants_administrator(attached.statement)
        if grants.truth is not Truth.FALSE:
            yield _granted(attached, grants, role, label)
    for unseen in hidden_statements(role):
        question = f"whether {label} is an administrator is not known"
        yield clause_of(undecided(unseen).about(question), unseen.place, f"{label} may be an administrator")


def _managed(role: Role, label: str, extra: tuple[str, ...]) -> Iterator[Clause]:
    question = f"whether {label} is an administrator is not known"
    for member in role.managed_policy_arns.members:
        administrator = is_administrator_policy(member.value, extra)
        if administrator.truth is not Truth.FALSE:
            yield clause_of(
                ~administrator.about(question),
                member.value.place,
                f"{label} is an administrator: managed policy {quoted(member.value, '')} is attached",
                applies=presence(member, member.value.place),
                severity=_severity(role),
            )
    if role.managed_policy_arns.open is not None:
        unseen = undecided(role.managed_policy_arns.open).about(question)
        yield clause_of(unseen, role.managed_policy_arns.place, f"{label} may be an administrator")


def _granted(attached: Attached, grants: Answer, role: Role, label: str) -> Clause:
    statement = attached.statement
    excepted = " but a few" if not statement.actions.members else ""
    return clause_of(
        ~grants.about(f"whether {label} is an administrator is not known"),
        everything_in(statement),
        f"{label} is an administrator: a statement allows all actions{excepted} on all resources",
        applies=attached.there,
        related=(Related(statement.place, f"{_NARROWER} do not report this statement again"),),
        severity=_severity(role),
    )


def _severity(role: Role) -> Severity | None:
    """Medium where a permissions boundary is known to leave nothing of an administrator."""
    return Severity.MEDIUM if boundary_takes_it_away(role.permissions_boundary) else None
