"""Triggers of a pipeline."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.trigger import Patterns, PullRequestFilter, PushFilter, Trigger
from pipecheck.values import Value


def decode_trigger(node: Node, names: Names) -> Trigger:
    """The trigger that `node` holds."""
    git = Part(node.get(names["trigger.git"]))
    return Trigger(
        provider=node.text(names["trigger.provider"]),
        source_action=git.text(names["git.source_action"]),
        pushes=git.items(names["git.pushes"]).each(lambda push: _push(push, names)),
        pull_requests=git.items(names["git.pull_requests"]).each(lambda request: _pull_request(request, names)),
        place=node.head,
    )


def _push(node: Node, names: Names) -> PushFilter:
    return PushFilter(
        tags=_patterns(node, names["push.tags"], names),
        branches=_patterns(node, names["push.branches"], names),
        file_paths=_patterns(node, names["push.file_paths"], names),
        place=node.head,
    )


def _pull_request(node: Node, names: Names) -> PullRequestFilter:
    return PullRequestFilter(
        events=node.items(names["pull_request.events"]).each(element_text),
        branches=_patterns(node, names["pull_request.branches"], names),
        file_paths=_patterns(node, names["pull_request.file_paths"], names),
        place=node.head,
    )


def _patterns(node: Node, key: str, names: Names) -> Value[Patterns]:
    return node.child(
        key,
        lambda found: Patterns(
            includes=found.items(names["patterns.includes"]).each(element_text),
            excludes=found.items(names["patterns.excludes"]).each(element_text),
            place=found.head,
        ),
    )
