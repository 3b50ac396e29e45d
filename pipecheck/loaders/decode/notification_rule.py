"""Notification rules."""

from __future__ import annotations

from pipecheck.loaders.decode.part import with_default
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.notification_rule import NotificationRule, NotificationTarget
from pipecheck.values import Default

_ENABLED = Default(
    "ENABLED",
    "https://docs.aws.amazon.com/codestar-notifications/latest/APIReference/API_CreateNotificationRule.html",
)


def decode_notification_rule(node: Node, names: Names) -> NotificationRule:
    """The rule whose properties `node` holds."""
    return NotificationRule(
        name=node.text(names["notification_rule.name"]),
        resource=node.text(names["notification_rule.resource"]),
        events=node.items(names["notification_rule.events"]).each(element_text),
        status=with_default(node.text(names["notification_rule.status"]), _ENABLED),
        targets=node.items(names["notification_rule.targets"]).each(lambda target: _target(target, names)),
        place=node.head,
    )


def _target(node: Node, names: Names) -> NotificationTarget:
    return NotificationTarget(
        type=node.text(names["notification_target.type"]),
        address=node.text(names["notification_target.address"]),
        place=node.head,
    )
