"""Whether builds of pull requests wait for the comment of somebody who may write to the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.containers import project_label
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.webhook_filters import admits_pull_requests, groups_of, is_on, names_actors
from pipecheck.model.build_project import BuildProject, BuildWebhook
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Known, Truth, Unknown, ask
from pipecheck.values.text import equals

_READERS = ("_READ", "_TRIAGE", "_GUEST", "_PLANNER", "_REPORTER")
"""How the roles end that may not write to a repository."""


def source_codebuild_pr_policy(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the webhook, one where no comment is asked for, and one for each role that may not approve."""
    project = subject.value
    assert isinstance(project, BuildProject)  # noqa: S101 - the rule file names the kind of subject
    if isinstance(project.webhook, Unknown):
        yield clause_of(undecided(project.webhook), project.webhook.place, "what starts the build")
    meant = is_on(project)
    if meant.truth is Truth.FALSE or not isinstance(project.webhook, Known):
        return
    webhook = project.webhook.value
    admitted = all_hold([meant, _admits(webhook)])
    if admitted.truth is Truth.FALSE:
        return
    yield clause_of(YES, webhook.place, "builds of pull requests wait for a comment")
    for clause in _clauses(webhook, admitted, project_label(project)):
        if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
            yield clause


def _admits(webhook: BuildWebhook) -> Answer:
    answers = [all_hold([one.present, admits_pull_requests(one.group)]) for one in groups_of(webhook)]
    return any_holds([*answers, *_hidden_groups(webhook)])


def _hidden_groups(webhook: BuildWebhook) -> list[Answer]:
    return [] if webhook.filter_groups.open is None else [undecided(webhook.filter_groups.open)]


def _clauses(webhook: BuildWebhook, admitted: Answer, label: str) -> Iterator[Clause]:
    policy = webhook.pull_request_comments
    off = told(equals(policy, "DISABLED"), policy)
    yield clause_of(
        ~off.about(f"whether {label} asks for a comment is not known"),
        policy.place,
        f"{label} builds pull requests without waiting for a comment",
        applies=all_hold([admitted, ~_is_open_to_strangers(webhook)]),
    )
    for member in webhook.approver_roles.members:
        role = member.value
        yield clause_of(
            told(ask(role, lambda name: not name.endswith(_READERS)), role),
            role.place,
            f"{quoted(role, 'a role')} may let {label} build a pull request without the right to write",
            applies=all_hold([admitted, ~off, presence(member, role.place)]),
        )
    if webhook.approver_roles.open is not None:
        unseen = webhook.approver_roles.open
        yield clause_of(undecided(unseen), unseen.place, "who may let pull requests be built", applies=admitted)


def _is_open_to_strangers(webhook: BuildWebhook) -> Answer:
    """What source-codebuild-pr-actor reports: a group that lets pull requests in and names nobody."""
    answers = [
        all_hold([one.present, admits_pull_requests(one.group), ~names_actors(one.group)])
        for one in groups_of(webhook)
    ]
    return any_holds([*answers, *_hidden_groups(webhook)])
