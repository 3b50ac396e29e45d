"""Roles and policies."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.role import Policy, Role, Statement
from pipecheck.values import Absent, Items, Known, Member, Unknown, Value


def decode_role(node: Node, names: Names, attached: Iterable[Policy]) -> Role:
    """The role whose properties `node` holds, with the policies attached to it from elsewhere."""
    inline = node.items(names["role.policies"]).each(lambda policy: decode_policy(policy, names))
    return Role(
        name=node.text(names["role.name"]),
        policies=Items((*inline.members, *map(Member, attached)), inline.place, inline.open),
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
        case Known(node):
            return node.items("Statement", single=True).each(_statement)
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), policy.place, unknown)


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
