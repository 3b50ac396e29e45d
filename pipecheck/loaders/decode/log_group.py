"""Log groups."""

from __future__ import annotations

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.log_group import LogGroup


def decode_log_group(node: Node, names: Names) -> LogGroup:
    """The log group whose properties `node` holds."""
    return LogGroup(
        name=node.text(names["log_group.name"]),
        retention_days=node.integer(names["log_group.retention_days"]),
        kms_key=node.text(names["log_group.kms_key"]),
        place=node.head,
    )
