"""ECS services."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.container_service import ContainerService
from pipecheck.values import Default

_ECS = Default("ECS", "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html")


def decode_container_service(node: Node, names: Names) -> ContainerService:
    """The service whose properties `node` holds."""
    deployment = Part(node.get(names["service.deployment"]))
    breaker = deployment.part(names["service_deployment.circuit_breaker"])
    alarms = deployment.part(names["service_deployment.alarms"])
    return ContainerService(
        name=node.text(names["service.name"]),
        cluster=node.text(names["service.cluster"]),
        controller=Part(node.get(names["service.controller"])).text(names["controller.type"], _ECS),
        strategy=deployment.text(names["service_deployment.strategy"]),
        circuit_breaker=breaker.flag(names["circuit_breaker.enabled"]),
        circuit_breaker_rollback=breaker.flag(names["circuit_breaker.rollback"]),
        alarms=alarms.texts(names["service_alarms.names"]),
        alarms_enabled=alarms.flag(names["service_alarms.enabled"]),
        alarms_rollback=alarms.flag(names["service_alarms.rollback"]),
        minimum_healthy_percent=deployment.integer(names["service_deployment.minimum_healthy_percent"]),
        maximum_percent=deployment.integer(names["service_deployment.maximum_percent"]),
        place=node.head,
    )
