"""Secrets, their rotation and their policies."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.decode.policy import decode_statements
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.secret import Secret, SecretPolicy, SecretRotation


def decode_secret(node: Node, names: Names) -> Secret:
    """The secret whose properties `node` holds."""
    return Secret(node.text(names["secret.name"]), node.text(names["secret.kms_key"]), node.head)


def decode_secret_rotation(node: Node, names: Names) -> SecretRotation:
    """The rotation whose properties `node` holds."""
    rules = Part(node.get(names["secret_rotation.rules"]))
    return SecretRotation(
        secret=node.text(names["secret_rotation.secret"]),
        days=rules.integer(names["rotation_rules.days"]),
        schedule=rules.text(names["rotation_rules.schedule"]),
        place=node.head,
    )


def decode_secret_policy(node: Node, names: Names) -> SecretPolicy:
    """The policy whose properties `node` holds."""
    return SecretPolicy(
        secret=node.text(names["secret_policy.secret"]),
        statements=decode_statements(node, names["secret_policy.document"]),
        place=node.head,
    )
