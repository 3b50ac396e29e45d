"""Environment variables of builds and actions."""

from __future__ import annotations

from dataclasses import dataclass

from pipecheck.values import Place, Value


@dataclass(frozen=True, slots=True)
class EnvironmentVariable:
    """One variable. `type` is PLAINTEXT (the default), PARAMETER_STORE or SECRETS_MANAGER.

    https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html
    """

    name: Value[str]
    value: Value[str]
    type: Value[str]
    place: Place
