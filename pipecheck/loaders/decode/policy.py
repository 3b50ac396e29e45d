"""Policy documents, as mappings or as JSON text. Their words are the same in every format."""

from __future__ import annotations

from pipecheck.loaders.json_in_text import json_in_text
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.policy import Policy, PolicyCondition, Principal, Statement
from pipecheck.values import Items, Known, Member, Place, Reason, Unknown, Value

EVERYBODY = "*"
"""The type of a principal that is written without one."""


def decode_policy(node: Node, names: Names, name_key: str = "policy.name") -> Policy:
    """The policy whose name and document `node` holds."""
    return Policy(
        name=node.text(names[name_key]),
        statements=decode_statements(node, names["policy.document"]),
        place=node.head,
    )


def decode_statements(node: Node, key: str) -> Items[Statement]:
    """The statements of the document under `key`; none where there is no document."""
    return node.items(key, single=True).spread(lambda document: _statements(document, node, key))


def _statements(document: Node, node: Node, key: str) -> Items[Statement]:
    match document.raw:
        case str(text):
            return _written_statements(Known(text, document.place), node.lines(key, document.case))
        case Unknown(pieces=()) as unknown:
            return Items((), document.place, unknown)
        case Unknown() as text:
            return _written_statements(text, node.lines(key, document.case))
        case _:
            return document.items("Statement", single=True).each(_statement)


def _written_statements(text: Known[str] | Unknown, lines: tuple[Place, ...]) -> Items[Statement]:
    document = json_in_text(text, lines)
    if document is None:
        detail = "the policy document is not JSON"
        return Items((), text.place, Unknown(Reason.INVALID_VALUE, detail, text.place))
    return document.items("Statement", single=True).each(_statement)


def _statement(node: Node) -> Statement:
    return Statement(
        sid=node.text("Sid"),
        effect=node.text("Effect"),
        principals=_principals(node, "Principal"),
        not_principals=_principals(node, "NotPrincipal"),
        actions=_texts(node, "Action"),
        not_actions=_texts(node, "NotAction"),
        resources=_texts(node, "Resource"),
        not_resources=_texts(node, "NotResource"),
        conditions=node.items("Condition", single=True).spread(_conditions),
        place=node.head,
    )


def _texts(node: Node, key: str) -> Items[Value[str]]:
    return node.items(key, single=True).each(element_text)


def _principals(node: Node, key: str) -> Items[Principal]:
    return node.items(key, single=True).spread(_principals_by_type)


def _principals_by_type(node: Node) -> Items[Principal]:
    if not isinstance(node.raw, dict):
        everybody = Known(EVERYBODY, node.place)
        return Items((Member(Principal(everybody, element_text(node), node.place)),), node.place)
    return node.names().spread(lambda type: _principals_of(node, type))


def _principals_of(node: Node, type: str) -> Items[Principal]:
    return _texts(node, type).each(lambda id: Principal(node.name(type), id, id.place))


def _conditions(block: Node) -> Items[PolicyCondition]:
    return block.names().spread(lambda operator: _conditions_of(block, operator))


def _conditions_of(block: Node, operator: str) -> Items[PolicyCondition]:
    return block.items(operator, single=True).spread(lambda tests: _tests(tests, block.name(operator)))


def _tests(tests: Node, operator: Value[str]) -> Items[PolicyCondition]:
    return tests.names().each(
        lambda key: PolicyCondition(operator, tests.name(key), _texts(tests, key), tests.place.child(key))
    )
