"""Connections to Git hosts."""

from __future__ import annotations

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.connection import Connection
from pipecheck.values import Reason, Unknown


def decode_connection(node: Node, names: Names) -> Connection:
    """The connection whose properties `node` holds; a definition does not tell its status."""
    detail = "the status of a connection is known only after deployment"
    return Connection(
        name=node.text(names["connection.name"]),
        provider=node.text(names["connection.provider"]),
        host=node.text(names["connection.host"]),
        status=Unknown(Reason.RESOURCE_ATTRIBUTE, detail, node.head),
        place=node.head,
    )
