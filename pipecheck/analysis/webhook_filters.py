"""Which events of a Git host start a build, as the filters of its webhook say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pipecheck.analysis.anchors import Anchors, anchors
from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.model.build_project import BuildProject, BuildWebhook, FilterGroup, WebhookFilter
from pipecheck.values import Absent, Items, Known, Reason, Truth, Unknown, Value, ask
from pipecheck.values.record import record
from pipecheck.values.text import contains, equals

T = TypeVar("T")

_ASKING = frozenset({"ALL_PULL_REQUESTS", "FORK_PULL_REQUESTS"})
"""The policies with which a build of a stranger's pull request waits for somebody's comment.

https://docs.aws.amazon.com/codebuild/latest/APIReference/API_PullRequestBuildPolicy.html
"""


@record
class Group:
    """A group of filters, and whether it is there."""

    group: FilterGroup
    present: Answer


def is_on(project: BuildProject) -> Answer:
    """Whether a webhook starts builds of the project."""
    match project.webhook:
        case Known(webhook):
            return told(ask(webhook.enabled, lambda on: on), webhook.enabled)
        case Absent():
            return NO
        case Unknown() as unknown:
            return undecided(unknown)


def groups_of(webhook: BuildWebhook) -> Iterator[Group]:
    """The groups of filters in view."""
    for member in webhook.filter_groups.members:
        yield Group(member.value, presence(member, member.value.place))


def filters_of(group: FilterGroup) -> Iterator[tuple[WebhookFilter, Answer]]:
    """The filters of a group in view, each with whether it is there and lets in what it matches."""
    for member in group.filters.members:
        one = member.value
        lets_in = told(ask(one.exclude, lambda out: not out, absent=Truth.TRUE), one.exclude)
        yield one, all_hold([presence(member, one.place), lets_in])


def admits_pull_requests(group: FilterGroup) -> Answer:
    """Whether a group of filters lets an event of a pull request start a build."""
    answers = [
        all_hold(
            [
                there,
                told(equals(one.type, "EVENT"), one.type),
                told(contains(one.pattern, "PULL_REQUEST"), one.pattern),
            ]
        )
        for one, there in filters_of(group)
    ]
    return any_holds([*answers, *_hidden(group.filters)])


def names_actors(group: FilterGroup) -> Answer:
    """Whether a group only lets events of named accounts in, each named in full."""
    answers = [
        all_hold([there, told(equals(one.type, "ACTOR_ACCOUNT_ID"), one.type), is_anchored(one.pattern)])
        for one, there in filters_of(group)
    ]
    return any_holds([*answers, *_hidden(group.filters)])


def waits_for_approval(webhook: BuildWebhook) -> Answer:
    """Whether builds of pull requests from forks wait for the comment of somebody who may approve them."""
    policy = webhook.pull_request_comments
    return told(ask(policy, _ASKING.__contains__), policy)


def is_anchored(pattern: Value[str]) -> Answer:
    """Whether a pattern only matches whole values."""
    if isinstance(pattern, Known) and anchors(pattern.value) is None:
        detail = "the pattern is no regular expression"
        return undecided(Unknown(Reason.INVALID_VALUE, detail, pattern.place))
    return told(ask(pattern, lambda text: anchors(text) == Anchors(start=True, end=True)), pattern)


def _hidden(items: Items[T]) -> list[Answer]:
    return [] if items.open is None else [undecided(items.open)]
