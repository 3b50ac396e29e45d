"""Whether somebody can log in to a running build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, all_hold, presence, told, undecided
from pipecheck.analysis.buildspecs import script_of
from pipecheck.analysis.labels import role_label
from pipecheck.analysis.privileges.statements import allows, hidden_statements, statements
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Known, Reason, Truth, Unknown, ask, bind

_BREAKPOINT = re.compile(r"(?m)^(?![ \t]*#).*?\bcodebuild-breakpoint\b")
_SESSIONS = "ssmmessages:"


def build_debug_session(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the subject, and one for each breakpoint, debugged task and right to open sessions."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    script = script_of(owner, inventory)
    if isinstance(owner, BuildProject) or script.commands:
        yield clause_of(YES, subject.place, "nobody can log in to a running build")
    for command in script.commands:
        found = _BREAKPOINT.search(command.text)
        if found is not None:
            yield clause_of(
                NO, command.below(found.end()), "codebuild-breakpoint stops the build for somebody to log in"
            )
    for unseen in script.hidden:
        answer = undecided(unseen).about("whether the build stops at a breakpoint is not known")
        yield clause_of(answer, unseen.place, "the commands are not in view")
    found_clauses = [*_tasks(owner), *_rights(owner, inventory)]
    yield from (clause for clause in found_clauses if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN))


def _tasks(owner: BuildProject | Action) -> Iterator[Clause]:
    batch = bind(owner.buildspec, lambda spec: spec.batch)
    if isinstance(batch, Unknown) and isinstance(owner.buildspec, Known):
        yield clause_of(undecided(batch), batch.place, "the batch is not in view")
    if not isinstance(batch, Known):
        return
    if batch.value.entries.open is not None:
        yield clause_of(undecided(batch.value.entries.open), batch.place, "the tasks of the batch are not in view")
    for member in batch.value.entries.members:
        debug = member.value.debug_session
        yield clause_of(
            told(ask(debug, lambda on: not on, absent=Truth.TRUE), debug),
            debug.place,
            "a task of the batch can be logged in to: debug-session is true",
            applies=presence(member, member.value.place),
        )


def _rights(owner: BuildProject | Action, inventory: Inventory) -> Iterator[Clause]:
    """Statements of the role that name the actions of sessions; one that allows everything is told elsewhere."""
    if not isinstance(owner, BuildProject):
        return
    role = inventory.find(Role, owner.service_role)
    if isinstance(role, Unknown) and role.reason is not Reason.NOT_SCANNED:
        yield clause_of(undecided(role), role.place, "the role is not in view")
    if not isinstance(role, Known):
        return
    for unseen in hidden_statements(role.value):
        yield clause_of(undecided(unseen), unseen.place, "the role's policies are not in view")
    for attached in statements(role.value):
        for member in attached.statement.actions.members:
            action = member.value
            names_sessions = told(ask(action, lambda text: text.lower().startswith(_SESSIONS)), action)
            yield clause_of(
                ~names_sessions,
                action.place,
                f"{role_label(role.value)} of the build may open sessions: somebody can log in to it",
                applies=all_hold([allows(attached), presence(member, action.place)]),
            )
