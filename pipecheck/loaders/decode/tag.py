"""Tags of a resource."""

from __future__ import annotations

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.tag import Tag
from pipecheck.values import Items


def decode_tags(node: Node, key: str, names: Names) -> Items[Tag]:
    """The tags listed under `key`."""
    return node.items(key).each(lambda tag: Tag(tag.text(names["tag.key"]), tag.text(names["tag.value"]), tag.head))
