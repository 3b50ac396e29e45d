"""Roles and policies."""

from __future__ import annotations

import json

from pipecheck.loaders.json_in_text import json_in_text
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.role import Policy, Role, Statement
from pipecheck.values import Absent, Items, Known, Reason, Unknown, Value


def decode_role(node: Node, names: Names) -> Role:
    """The role whose properties `node` holds; policies attached from elsewhere are not among its policies yet."""
    return Role(
        name=node.text(names["role.name"]),
        policies=node.items(names["role.policies"]).each(lambda policy: decode_policy(policy, names)),
        managed_policy_arns=node.items(names["role.managed_policy_arns"]).each(element_text),
        permissions_boundary=node.text(names["role.permissions_boundary"]),
        place=node.head,
    )


def decode_policy(node: Node, names: Names, name_key: str = "policy.name") -> Policy:
    """The policy whose name and document `node` holds."""
    return Policy(
        name=node.text(names[name_key]),
        statements=_statements(node.get(names["policy.document"]), node),
        place=node.head,
    )


def _statements(document: Value[Node], policy: Node) -> Items[Statement]:
    match document:
        case Known(node) if isinstance(node.raw, str):
            return _written_statements(Known(node.raw, node.place))
        case Known(node):
            return node.items("Statement", single=True).each(_statement)
        case Absent(place):
            return Items((), place)
        case Unknown(pieces=()):
            return Items((), policy.head, document)
        case Unknown():
            return _written_statements(document)


def _written_statements(text: Known[str] | Unknown) -> Items[Statement]:
    """The statements of a document that is written as JSON text."""
    document = json_in_text(text)
    if document is None:
        detail = "the policy document is not JSON"
        return Items((), text.place, Unknown(Reason.INVALID_VALUE, detail, text.place))
    return document.items("Statement", single=True).each(_statement)


def _statement(node: Node) -> Statement:
    return Statement(
        sid=node.text("Sid"),
        effect=node.text("Effect"),
        actions=_texts(node, "Action"),
        not_actions=_texts(node, "NotAction"),
        resources=_texts(node, "Resource"),
        not_resources=_texts(node, "NotResource"),
        condition=_condition(node),
        place=node.head,
    )


def _texts(node: Node, key: str) -> Items[Value[str]]:
    return node.items(key, single=True).each(element_text)


def _condition(node: Node) -> Value[str]:
    match node.get("Condition"):
        case Known(condition):
            text = json.dumps(condition.raw, default=lambda tagged: {tagged.tag: tagged.value})
            return Known(text, condition.place)
        case Absent() | Unknown() as other:
            return other
