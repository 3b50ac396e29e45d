"""Environment variables of builds and actions."""

from __future__ import annotations

from pipecheck.values import Place, Value
from pipecheck.values.record import record


@record
class EnvironmentVariable:
    """One variable. `type` is PLAINTEXT (the default), PARAMETER_STORE or SECRETS_MANAGER.

    https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html
    """

    name: Value[str]
    value: Value[str]
    type: Value[str]
    place: Place
