"""KMS keys and the aliases that name them."""

from __future__ import annotations

from pipecheck.model.policy import Statement
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Key:
    """A KMS key. `name` is its id, absent where it is made at deployment.

    No `statements`: KMS gives it the default policy, which lets the own account decide by IAM policies
    (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html). `rotation_days` are the days
    between two rotations.
    """

    name: Value[str]
    statements: Items[Statement]
    enabled: Value[bool]
    rotation: Value[bool]
    rotation_days: Value[int]
    multi_region: Value[bool]
    spec: Value[str]
    usage: Value[str]
    place: Place


@record
class KeyAlias:
    """An alias, `alias/…`, and the key that it stands for, by id or ARN."""

    name: Value[str]
    target: Value[str]
    place: Place
