"""Whether the patterns of a build's webhook only match the whole of what they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.anchors import anchors
from pipecheck.analysis.answer import YES, Answer, all_hold, told, undecided
from pipecheck.analysis.containers import project_label
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.webhook_filters import filters_of, groups_of, is_anchored, is_on
from pipecheck.model.build_project import BuildProject, BuildWebhook, WebhookFilter
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Known, Truth, Unknown, ask

_REFS = frozenset({"HEAD_REF", "BASE_REF"})


def source_codebuild_webhook_anchored(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the webhook, and one for each pattern that also matches longer values, or may."""
    project = subject.value
    assert isinstance(project, BuildProject)  # noqa: S101 - the rule file names the kind of subject
    meant = is_on(project)
    if isinstance(project.webhook, Unknown):
        yield clause_of(undecided(project.webhook), project.webhook.place, "what starts the build")
    if meant.truth is Truth.FALSE or not isinstance(project.webhook, Known):
        return
    webhook = project.webhook.value
    yield clause_of(YES, webhook.place, "the patterns of the webhook match whole values")
    types = params.get("types")
    wanted = frozenset(types) if isinstance(types, list | tuple) else frozenset()
    for clause in _clauses(webhook, meant, wanted, project_label(project)):
        if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
            yield clause


def _clauses(webhook: BuildWebhook, meant: Answer, types: frozenset[object], label: str) -> Iterator[Clause]:
    if webhook.filter_groups.open is not None:
        unseen = webhook.filter_groups.open
        yield clause_of(undecided(unseen), unseen.place, "what starts the build", applies=meant)
    for one in groups_of(webhook):
        if one.group.filters.open is not None:
            unseen = one.group.filters.open
            yield clause_of(undecided(unseen), unseen.place, "what starts the build", applies=meant)
        for condition, there in filters_of(one.group):
            asked = told(ask(condition.type, types.__contains__), condition.type)
            yield _clause(condition, all_hold([meant, one.present, there, asked]), label)


def _clause(condition: WebhookFilter, applies: Answer, label: str) -> Clause:
    kind = condition.type.value if isinstance(condition.type, Known) else "a filter"
    held = anchors(condition.pattern.value) if isinstance(condition.pattern, Known) else None
    missing = " and ".join(
        text for text, there in (("^", held and held.start), ("$", held and held.end)) if not there
    )
    only_the_end = held is not None and held.start and kind in _REFS
    return clause_of(
        is_anchored(condition.pattern).about(f"whether the pattern of {kind} matches whole values is not known"),
        condition.pattern.place,
        f"pattern {quoted(condition.pattern, '')} of {kind} in the webhook of {label} also matches longer values: "
        f"an alternative lacks {missing}",
        applies=applies,
        severity=Severity.HIGH if only_the_end else None,
    )
