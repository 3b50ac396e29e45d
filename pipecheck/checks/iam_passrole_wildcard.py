"""Whether a role of a pipeline may hand any role, or any of a pattern, to a service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, undecided
from pipecheck.analysis.labels import quoted, role_label
from pipecheck.analysis.privileges.administrator import is_shaped_like_administrator
from pipecheck.analysis.privileges.narrowing import demands, narrows
from pipecheck.analysis.privileges.pass_role import Roles, allows_passing, roles_in
from pipecheck.analysis.privileges.resources import resource_is
from pipecheck.analysis.privileges.statements import Attached, allows, hidden_statements, statements
from pipecheck.model.inventory import Inventory
from pipecheck.model.policy import Statement
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Truth, Value
from pipecheck.values.record import record

_PASSED_TO = "iam:PassedToService"


@record
class _Wide:
    """A resource that names more than one role, and the answer that says so."""

    resource: Value[str]
    wide: Answer
    severity: Severity | None
    what: str


def iam_passrole_wildcard(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the role, and one per statement that passes, or may pass, more roles than it names."""
    role = subject.value
    assert isinstance(role, Role)  # noqa: S101 - the rule file names the kind of subject
    label = role_label(role)
    allow = params.get("allow_prefixes")
    prefixes = tuple(str(prefix) for prefix in allow) if isinstance(allow, list | tuple) else ()
    yield clause_of(YES, role.place, f"{label} passes roles by name")
    for attached in statements(role):
        yield from _clauses(attached, label, prefixes)
    for unseen in hidden_statements(role):
        yield clause_of(undecided(unseen).about(_question(label)), unseen.place, _question(label))


def _question(label: str) -> str:
    return f"whether {label} may pass roles by a wildcard is not known"


def _clauses(attached: Attached, label: str, prefixes: tuple[str, ...]) -> Iterator[Clause]:
    statement = attached.statement
    applies = all_hold([allows(attached), allows_passing(statement), ~is_shaped_like_administrator(statement)])
    if applies.truth is Truth.FALSE:
        return
    found = [one for one in _wide(statement, prefixes) if one.wide.truth is not Truth.FALSE]
    found.sort(key=lambda one: (one.wide.truth is not Truth.TRUE, one.severity is not None))
    narrowed = narrows(statement, ())
    if found:
        first = found[0]
        yield clause_of(
            any_holds([~first.wide, narrowed]).about(_question(label)),
            first.resource.place,
            f"{label} may pass {first.what}: the resource of iam:PassRole is {quoted(first.resource, 'not known')}",
            applies=applies,
            severity=first.severity,
        )
    elif statement.resources.open is not None:
        unseen = any_holds([undecided(statement.resources.open), narrowed]).about(_question(label))
        yield clause_of(unseen, statement.resources.open.place, _question(label), applies=applies)


def _wide(statement: Statement, prefixes: tuple[str, ...]) -> Iterator[_Wide]:
    for member in statement.resources.members:
        resource = member.value
        there = presence(member, resource.place)
        every = all_hold([there, resource_is(resource, lambda arn: roles_in(arn) is Roles.ALL)])
        if every.truth is not Truth.FALSE:
            yield _Wide(resource, every, None, Roles.ALL.value)
            continue
        some = resource_is(resource, lambda arn: roles_in(arn) is Roles.SOME)
        documented = resource_is(resource, lambda arn: _begins_with(arn, prefixes))
        expected = all_hold([documented, demands(statement, _PASSED_TO)]) if prefixes else NO
        yield _Wide(resource, all_hold([there, some, ~expected]), Severity.MEDIUM, Roles.SOME.value)


def _begins_with(arn: str, prefixes: tuple[str, ...]) -> bool:
    name = arn.partition(":role/")[2]
    return any(name.startswith(prefix) for prefix in prefixes)
