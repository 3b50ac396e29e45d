"""KMS keys and aliases."""

from __future__ import annotations

from typing import TypeVar

from pipecheck.loaders.decode.policy import decode_statements
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.key import Key, KeyAlias
from pipecheck.values import Absent, Default, Known, Reason, Unknown, Value

T = TypeVar("T")

_SOURCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"
_ENABLED = Default(True, _SOURCE)
_ROTATION = Default(False, _SOURCE)
_ROTATION_DAYS = Default(365, _SOURCE)
_MULTI_REGION = Default(False, _SOURCE)
_SPEC = Default("SYMMETRIC_DEFAULT", _SOURCE)
_USAGE = Default("ENCRYPT_DECRYPT", _SOURCE)


def decode_key(node: Node, names: Names) -> Key:
    """The key whose properties `node` holds."""
    return Key(
        name=Absent(node.head),
        statements=decode_statements(node, names["kms.policy"]),
        enabled=_or(node.flag(names["kms.enabled"]), _ENABLED),
        rotation=_or(node.flag(names["kms.rotation"]), _ROTATION),
        rotation_days=_or(node.integer(names["kms.rotation_days"]), _ROTATION_DAYS),
        multi_region=_or(node.flag(names["kms.multi_region"]), _MULTI_REGION),
        spec=_or(node.text(names["kms.spec"]), _SPEC),
        usage=_or(node.text(names["kms.usage"]), _USAGE),
        place=node.head,
    )


def decode_replica_key(node: Node, names: Names) -> Key:
    """The replica of a multi-region key, which has its rotation, spec and usage from a primary key elsewhere."""
    shared = Unknown(Reason.NOT_SCANNED, "a replica key has it from its primary key", node.head)
    return Key(
        name=Absent(node.head),
        statements=decode_statements(node, names["kms.policy"]),
        enabled=_or(node.flag(names["kms.enabled"]), _ENABLED),
        rotation=shared,
        rotation_days=shared,
        multi_region=Known(True, node.head),
        spec=shared,
        usage=shared,
        place=node.head,
    )


def decode_alias(node: Node, names: Names) -> KeyAlias:
    """The alias whose properties `node` holds."""
    return KeyAlias(node.text(names["alias.name"]), node.text(names["alias.target"]), node.head)


def _or(value: Value[T], default: Default) -> Value[T]:
    return Absent(value.place, default) if isinstance(value, Absent) else value
