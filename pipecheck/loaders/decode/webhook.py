"""Webhooks."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.webhook import Webhook, WebhookFilter


def decode_webhook(node: Node, names: Names) -> Webhook:
    """The webhook whose properties `node` holds."""
    configuration = Part(node.get(names["webhook.configuration"]))
    return Webhook(
        name=node.text(names["webhook.name"]),
        authentication=node.text(names["webhook.authentication"]),
        secret_token=configuration.text(names["webhook_configuration.secret_token"]),
        allowed_ip_range=configuration.text(names["webhook_configuration.allowed_ip_range"]),
        filters=node.items(names["webhook.filters"]).each(lambda entry: _filter(entry, names)),
        target_pipeline=node.text(names["webhook.target_pipeline"]),
        target_action=node.text(names["webhook.target_action"]),
        place=node.head,
    )


def _filter(node: Node, names: Names) -> WebhookFilter:
    return WebhookFilter(
        json_path=node.text(names["webhook_filter.json_path"]),
        match_equals=node.text(names["webhook_filter.match_equals"]),
        place=node.head,
    )
