"""Whether strangers' pull requests start builds."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.containers import project_label
from pipecheck.analysis.environments import is_one_of
from pipecheck.analysis.webhook_filters import (
    admits_pull_requests,
    groups_of,
    is_on,
    names_actors,
    waits_for_approval,
)
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Absent, Known, Truth, Unknown, bind


def source_codebuild_pr_actor(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the webhook, and one for each group of filters that lets strangers' pull requests in, or may."""
    project = subject.value
    assert isinstance(project, BuildProject)  # noqa: S101 - the rule file names the kind of subject
    meant = all_hold([is_on(project), ~_is_private(project, params)])
    if isinstance(project.webhook, Unknown):
        yield clause_of(undecided(project.webhook), project.webhook.place, "what starts the build", applies=meant)
    if meant.truth is Truth.FALSE or not isinstance(project.webhook, Known):
        return
    webhook = project.webhook.value
    approved = waits_for_approval(webhook)
    label = project_label(project)
    yield clause_of(YES, webhook.place, "no stranger's pull request starts a build")
    if webhook.filter_groups.open is not None:
        unseen = webhook.filter_groups.open
        yield clause_of(
            any_holds([approved, undecided(unseen)]), unseen.place, "what starts the build", applies=meant
        )
    for one in groups_of(webhook):
        clause = clause_of(
            any_holds([approved, names_actors(one.group)]).about(f"whether strangers start {label} is not known"),
            one.group.place,
            f"anybody's pull request starts {label}: its webhook neither names the accounts that may, nor does the "
            "build wait for a comment",
            applies=all_hold([meant, one.present, admits_pull_requests(one.group)]),
        )
        if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
            yield clause


def _is_private(project: BuildProject, params: Params) -> Answer:
    globs = params.get("private")
    location = bind(project.source, lambda source: source.location)
    if isinstance(location, Absent) or not isinstance(globs, list | tuple):
        return NO
    return told(is_one_of(location, [str(glob) for glob in globs]), location)
