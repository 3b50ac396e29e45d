"""A secret of Secrets Manager, its rotation, and who else may read it.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
"""

from __future__ import annotations

from pipecheck.model.policy import Statement
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Secret:
    """A secret. Without `kms_key` it is encrypted with the key that AWS manages, aws/secretsmanager."""

    name: Value[str]
    kms_key: Value[str]
    place: Place


@record
class SecretRotation:
    """When a secret is changed: every `days`, or as `schedule` says (`rate(…)`, `cron(…)`)."""

    secret: Value[str]
    days: Value[int]
    schedule: Value[str]
    place: Place

    @property
    def name(self) -> Value[str]:
        """A rotation has no name of its own: it goes by its secret's."""
        return self.secret


@record
class SecretPolicy:
    """A policy and the secret it is for."""

    secret: Value[str]
    statements: Items[Statement]
    place: Place

    @property
    def name(self) -> Value[str]:
        """A policy of a secret has no name of its own: it goes by its secret's."""
        return self.secret
