"""Whether a role of a pipeline is allowed actions by wildcards that cover more than reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, presence, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.privileges.actions import Breadth, breadth, is_documented_for_beanstalk
from pipecheck.analysis.privileges.administrator import is_shaped_like_administrator
from pipecheck.analysis.privileges.statements import Attached, hidden_statements, statements
from pipecheck.analysis.usage import actions_run_with
from pipecheck.model.inventory import Inventory
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Known, Truth, Unknown, Value, ask, known
from pipecheck.values.record import record
from pipecheck.values.text import equals


@record
class _Broad:
    """An action that covers too much, and the answer that says so."""

    action: Value[str]
    fine: Answer


def iam_wildcard_action(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause for the role, one per statement with too broad wildcards, and one per action that may be one."""
    role = subject.value
    assert isinstance(role, Role)  # noqa: S101 - the rule file names the kind of subject
    label = f"role {quoted(role.name, logical_id(role.place))}"
    harmless = {Breadth.EXPLICIT, Breadth.VARIANTS}
    if params.get("allow_read_wildcards", True):
        harmless.add(Breadth.READS)
    yield clause_of(YES, role.place, f"{label} is allowed actions by name")
    judged_elsewhere = subject.kind == "role"
    for attached in statements(role):
        yield from _clauses(attached, role, inventory, frozenset(harmless), judged_elsewhere=judged_elsewhere)
    for unseen in hidden_statements(role):
        yield _unseen(unseen, label, YES)


def _clauses(
    attached: Attached, role: Role, inventory: Inventory, harmless: frozenset[Breadth], *, judged_elsewhere: bool
) -> Iterator[Clause]:
    """The clauses of one statement. `judged_elsewhere` says that one of an administrator is another rule's."""
    statement = attached.statement
    label = f"role {quoted(role.name, logical_id(role.place))}"
    applies = all_hold(
        [
            attached.there,
            told(equals(statement.effect, "Allow"), statement.effect),
            ~is_shaped_like_administrator(statement) if judged_elsewhere else YES,
        ]
    )
    if applies.truth is Truth.FALSE:
        return
    broad: dict[Severity | None, list[_Broad]] = {}
    for member in statement.actions.members:
        fine = told(ask(member.value, lambda action: breadth(action) in harmless), member.value)
        there = presence(member, member.value.place)
        if fine.truth is Truth.FALSE and there.truth is Truth.TRUE:
            severity = Severity.MEDIUM if _is_documented(member.value, role, inventory) else None
            broad.setdefault(severity, []).append(_Broad(member.value, fine))
        elif fine.truth is not Truth.TRUE:
            about = fine.about(f"whether {label} is allowed actions by a wildcard is not known")
            say = f"{label} is allowed {quoted(member.value, 'an action')}"
            yield clause_of(about, member.value.place, say, applies=all_hold([applies, there]))
    for severity, group in broad.items():
        yield _too_broad(group, label, applies, severity)
    if statement.actions.open is not None:
        yield _unseen(statement.actions.open, label, applies)


def _too_broad(group: list[_Broad], label: str, applies: Answer, severity: Severity | None) -> Clause:
    """What is wrong with the actions of one statement, at the first of them."""
    first, *others = group
    names = [quoted(one.action, "an action") for one in group]
    what = f"{', '.join(names[:-1])} and {names[-1]}" if others else f"{names[0]}: {_breadth(first.action)}"
    return clause_of(
        all_hold(one.fine for one in group),
        first.action.place,
        f"{label} is allowed {what}",
        applies=applies,
        related=tuple(Related(one.action.place, f"{quoted(one.action, 'this')} is as broad") for one in others),
        severity=severity,
    )


def _breadth(action: Value[str]) -> str:
    return breadth(action.value).value if isinstance(action, Known) else "what it covers is not known"


def _is_documented(action: Value[str], role: Role, inventory: Inventory) -> bool:
    """Whether AWS documents the wildcard for a role that an Elastic Beanstalk action runs with, as this one does."""
    return (
        isinstance(action, Known)
        and is_documented_for_beanstalk(action.value)
        and any(known(run.provider) == "ElasticBeanstalk" for run in actions_run_with(role, inventory))
    )


def _unseen(cause: Unknown, label: str, applies: Answer) -> Clause:
    question = f"whether {label} is allowed actions by a wildcard is not known"
    return clause_of(undecided(cause).about(question), cause.place, question, applies=applies)
