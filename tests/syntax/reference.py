"""The tree as PyYAML's own loader builds it, with tags and text keys as ours has them."""

import math
from collections.abc import Iterator
from typing import Any

import yaml

from pipecheck.syntax.document import Tagged


class ReferenceLoader(yaml.CSafeLoader):
    """CSafeLoader, except that dates stay text, keys stay text and unknown tags become `Tagged`."""


def _entries(loader: ReferenceLoader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


def _mapping(loader: ReferenceLoader, node: yaml.MappingNode) -> Iterator[dict[str, Any]]:
    entries: dict[str, Any] = {}
    yield entries
    entries.update(_entries(loader, node))


def _tagged(prefix: str, loader: ReferenceLoader, suffix: str, node: yaml.Node) -> Tagged:
    value: object
    if isinstance(node, yaml.MappingNode):
        value = _entries(loader, node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = node.value
    return Tagged(prefix + suffix, value)


ReferenceLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":value"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
ReferenceLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
ReferenceLoader.add_multi_constructor("!", lambda loader, suffix, node: _tagged("!", loader, suffix, node))
ReferenceLoader.add_multi_constructor(
    "tag:yaml.org,2002:python/", lambda loader, suffix, node: _tagged("!!python/", loader, suffix, node)
)


def reference_tree(text: str) -> object:
    """The first document of the text; raises what PyYAML raises."""
    return comparable(next(iter(yaml.load_all(text, ReferenceLoader)), None))


def comparable(tree: object) -> object:
    """The tree with something that equals itself for every NaN."""
    match tree:
        case Tagged(tag, value):
            return Tagged(tag, comparable(value))
        case dict():
            return {key: comparable(value) for key, value in tree.items()}
        case list():
            return [comparable(value) for value in tree]
        case float() if math.isnan(tree):
            return "not a number"
        case bool() | int() | float():
            return type(tree).__name__, tree
        case _:
            return tree
