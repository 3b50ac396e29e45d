"""CodeDeploy: applications, the groups they are deployed to, and how a deployment goes about it.

https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentGroupInfo.html
"""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class DeploymentApplication:
    """An application. `platform` is Server, Lambda or ECS."""

    name: Value[str]
    platform: Value[str]
    place: Place


@record
class DeploymentGroup:
    """What an application is deployed to; its name is unique within its application alone.

    `configuration` names how: a configuration of one's own or of AWS (`CodeDeployDefault.…`). `alarms`
    are names; they stop a deployment where `alarms_enabled`, which goes on without them where
    `ignores_missing_alarms`. `rollback_events` are DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM …; `type` is
    IN_PLACE or BLUE_GREEN.
    """

    name: Value[str]
    application: Value[str]
    configuration: Value[str]
    role_arn: Value[str]
    alarms: Items[Value[str]]
    alarms_enabled: Value[bool]
    ignores_missing_alarms: Value[bool]
    rollback_enabled: Value[bool]
    rollback_events: Items[Value[str]]
    type: Value[str]
    place: Place


@record
class DeploymentConfiguration:
    """How a deployment goes about it. `routing` is AllAtOnce, TimeBasedCanary or TimeBasedLinear, for Lambda and ECS.

    `healthy_hosts` is the least number of healthy hosts during a deployment to servers, or the least percentage:
    `healthy_hosts_type` is HOST_COUNT or FLEET_PERCENT.
    """

    name: Value[str]
    platform: Value[str]
    routing: Value[str]
    healthy_hosts_type: Value[str]
    healthy_hosts: Value[int]
    place: Place
