"""Triggers of a pipeline: which pushes and pull requests start it.

https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
"""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Patterns:
    """Glob patterns of tags, branches or file paths. What fits one of `excludes` is out, whatever `includes` say."""

    includes: Items[Value[str]]
    excludes: Items[Value[str]]
    place: Place


@record
class PushFilter:
    """Pushes that start the pipeline: those that fit all of the patterns given."""

    tags: Value[Patterns]
    branches: Value[Patterns]
    file_paths: Value[Patterns]
    place: Place


@record
class PullRequestFilter:
    """Pull requests that start the pipeline. An event is OPEN, UPDATED or CLOSED.

    `branches` are those that the pull request is to be merged into; what runs is the branch it comes from.
    """

    events: Items[Value[str]]
    branches: Value[Patterns]
    file_paths: Value[Patterns]
    place: Place


@record
class Trigger:
    """What starts a pipeline for one of its source actions, in place of every change of the action's branch.

    `provider` is CodeStarSourceConnection. `pushes` and `pull_requests` are alternatives; where there are none of
    either, a push to the branch of the action starts it.
    """

    provider: Value[str]
    source_action: Value[str]
    pushes: Items[PushFilter]
    pull_requests: Items[PullRequestFilter]
    place: Place
