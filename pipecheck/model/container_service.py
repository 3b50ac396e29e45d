"""An ECS service."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class ContainerService:
    """A service; its name is unique within its `cluster` alone.

    `controller` is ECS, CODE_DEPLOY or EXTERNAL; with ECS, `strategy` is ROLLING, BLUE_GREEN, LINEAR or CANARY.
    `circuit_breaker` stops a deployment whose tasks do not start, `alarms_enabled` one whose `alarms` go off;
    each goes back to the last good deployment where it says so.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
    """

    name: Value[str]
    cluster: Value[str]
    controller: Value[str]
    strategy: Value[str]
    circuit_breaker: Value[bool]
    circuit_breaker_rollback: Value[bool]
    alarms: Items[Value[str]]
    alarms_enabled: Value[bool]
    alarms_rollback: Value[bool]
    minimum_healthy_percent: Value[int]
    maximum_percent: Value[int]
    place: Place
