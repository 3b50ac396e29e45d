"""CodeDeploy: applications, deployment groups and deployment configurations."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.deployment import DeploymentApplication, DeploymentConfiguration, DeploymentGroup
from pipecheck.values import Default

_STOPS_WITHOUT_ALARMS = Default(
    False, "https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html"
)


def decode_application(node: Node, names: Names) -> DeploymentApplication:
    """The application whose properties `node` holds."""
    return DeploymentApplication(
        name=node.text(names["application.name"]),
        platform=node.text(names["application.platform"]),
        place=node.head,
    )


def decode_deployment_group(node: Node, names: Names) -> DeploymentGroup:
    """The deployment group whose properties `node` holds."""
    alarms = Part(node.get(names["deployment_group.alarms"]))
    rollback = Part(node.get(names["deployment_group.rollback"]))
    style = Part(node.get(names["deployment_group.style"]))
    return DeploymentGroup(
        name=node.text(names["deployment_group.name"]),
        application=node.text(names["deployment_group.application"]),
        configuration=node.text(names["deployment_group.configuration"]),
        role_arn=node.text(names["deployment_group.role_arn"]),
        alarms=alarms.items(names["deployment_alarms.alarms"]).each(
            lambda alarm: alarm.text(names["deployment_alarm.name"])
        ),
        alarms_enabled=alarms.flag(names["deployment_alarms.enabled"]),
        ignores_missing_alarms=alarms.flag(names["deployment_alarms.ignores_missing"], _STOPS_WITHOUT_ALARMS),
        rollback_enabled=rollback.flag(names["rollback.enabled"]),
        rollback_events=rollback.texts(names["rollback.events"]),
        type=style.text(names["deployment_style.type"]),
        place=node.head,
    )


def decode_deployment_configuration(node: Node, names: Names) -> DeploymentConfiguration:
    """The deployment configuration whose properties `node` holds."""
    hosts = Part(node.get(names["deployment_configuration.healthy_hosts"]))
    return DeploymentConfiguration(
        name=node.text(names["deployment_configuration.name"]),
        platform=node.text(names["deployment_configuration.platform"]),
        routing=Part(node.get(names["deployment_configuration.routing"])).text(names["routing.type"]),
        healthy_hosts_type=hosts.text(names["healthy_hosts.type"]),
        healthy_hosts=hosts.integer(names["healthy_hosts.value"]),
        place=node.head,
    )
