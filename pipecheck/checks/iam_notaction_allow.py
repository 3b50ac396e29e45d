"""Whether a statement allows what it does not name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, undecided
from pipecheck.analysis.labels import role_label
from pipecheck.analysis.privileges.administrator import is_shaped_like_administrator
from pipecheck.analysis.privileges.pass_role import allows_passing
from pipecheck.analysis.privileges.statements import (
    Attached,
    allows,
    hidden_statements,
    some_text,
    statements,
    trust_statements,
)
from pipecheck.model.inventory import Inventory
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Items, Truth, Value


def iam_notaction_allow(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the role, and one per element by which a statement allows what it does not name."""
    role = subject.value
    assert isinstance(role, Role)  # noqa: S101 - the rule file names the kind of subject
    label = role_label(role)
    yield clause_of(YES, role.place, f"{label} is allowed what its statements name")
    for attached in statements(role):
        yield from _granted(attached, label)
    for trust in trust_statements(role):
        yield from _trusted(trust, label)
    for unseen in (*hidden_statements(role), *([] if role.trust.open is None else [role.trust.open])):
        yield clause_of(undecided(unseen).about(_question(label)), unseen.place, _question(label))


def _question(label: str) -> str:
    return f"whether {label} is allowed what its statements do not name is not known"


def _granted(attached: Attached, label: str) -> Iterator[Clause]:
    statement = attached.statement
    applies = all_hold([allows(attached), ~is_shaped_like_administrator(statement)])
    yield from _written(statement.not_actions, applies, label, "is allowed all actions but a few, by NotAction")
    passes = allows_passing(statement).truth is Truth.TRUE
    yield from _written(
        statement.not_resources,
        applies,
        label,
        "may pass all roles but a few, by NotResource"
        if passes
        else "is allowed all resources but a few, by NotResource",
        severity=Severity.CRITICAL if passes else None,
        narrower="iam-passrole-wildcard and iam-wildcard-resource do" if passes else "iam-wildcard-resource does",
    )


def _trusted(trust: Attached, label: str) -> Iterator[Clause]:
    excepted = trust.statement.not_principals.each(lambda principal: principal.id)
    yield from _written(excepted, allows(trust), label, "may be taken by everybody but a few, by NotPrincipal")


def _written(
    excepted: Items[Value[str]],
    applies: Answer,
    label: str,
    say: str,
    *,
    severity: Severity | None = None,
    narrower: str = "",
) -> Iterator[Clause]:
    """The clause of an element that makes exceptions, at the first of them."""
    there = some_text(excepted, lambda _: YES)
    if Truth.FALSE in (there.truth, applies.truth):
        return
    place = next((member.value.place for member in excepted.members), excepted.place)
    yield clause_of(
        ~there.about(_question(label)),
        place,
        f"{label} {say}",
        applies=applies,
        related=(Related(place, f"{narrower} not report this statement again"),) if narrower else (),
        severity=severity,
    )
