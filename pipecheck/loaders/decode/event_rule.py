"""EventBridge rules."""

from __future__ import annotations

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.event_rule import EventRule, EventTarget


def decode_event_rule(node: Node, names: Names) -> EventRule:
    """The rule whose properties `node` holds."""
    return EventRule(
        name=node.text(names["event_rule.name"]),
        targets=node.items(names["event_rule.targets"]).each(lambda target: _target(target, names)),
        place=node.head,
    )


def _target(node: Node, names: Names) -> EventTarget:
    return EventTarget(
        arn=node.text(names["target.arn"]),
        role_arn=node.text(names["target.role_arn"]),
        place=node.head,
    )
