"""Parameters of Parameter Store."""

from __future__ import annotations

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.stored_parameter import StoredParameter


def decode_stored_parameter(node: Node, names: Names) -> StoredParameter:
    """The parameter whose properties `node` holds."""
    return StoredParameter(
        node.text(names["stored_parameter.name"]), node.text(names["stored_parameter.type"]), node.head
    )
