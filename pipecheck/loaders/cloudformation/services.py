"""The resource types of what pipelines deploy to, what starts them and what watches them, each with its decoder.

Most templates have few of them, so that a decoder is loaded with the first resource of its type.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import TypeAlias

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.inventory import Resource

Decoder: TypeAlias = Callable[[Node, Names], Resource]

SERVICES: Mapping[str, tuple[str, str]] = {
    "AWS::CloudTrail::Trail": ("trail", "decode_trail"),
    "AWS::CloudWatch::Alarm": ("alarm", "decode_alarm"),
    "AWS::CodeConnections::Connection": ("connection", "decode_connection"),
    "AWS::CodeDeploy::Application": ("deployment", "decode_application"),
    "AWS::CodeDeploy::DeploymentConfig": ("deployment", "decode_deployment_configuration"),
    "AWS::CodeDeploy::DeploymentGroup": ("deployment", "decode_deployment_group"),
    "AWS::CodeStarConnections::Connection": ("connection", "decode_connection"),
    "AWS::CodeStarNotifications::NotificationRule": ("notification_rule", "decode_notification_rule"),
    "AWS::ECS::Service": ("container_service", "decode_container_service"),
    "AWS::Events::Rule": ("event_rule", "decode_event_rule"),
    "AWS::Lambda::CodeSigningConfig": ("function", "decode_code_signing"),
    "AWS::Lambda::Function": ("function", "decode_function"),
    "AWS::SNS::Subscription": ("topic", "decode_subscription"),
    "AWS::SNS::Topic": ("topic", "decode_topic"),
    "AWS::SNS::TopicInlinePolicy": ("topic", "decode_inline_topic_policy"),
    "AWS::SNS::TopicPolicy": ("topic", "decode_topic_policy"),
    "AWS::SSM::Parameter": ("stored_parameter", "decode_stored_parameter"),
    "AWS::SecretsManager::ResourcePolicy": ("secret", "decode_secret_policy"),
    "AWS::SecretsManager::RotationSchedule": ("secret", "decode_secret_rotation"),
    "AWS::SecretsManager::Secret": ("secret", "decode_secret"),
}
"""The module of `loaders.decode`, and the function in it, for each type."""


def service_decoder(resource_type: str) -> Decoder | None:
    """The decoder of a type; None for types of other kinds."""
    if resource_type not in SERVICES:
        return None
    module, function = SERVICES[resource_type]
    decoder: Decoder = getattr(importlib.import_module(f"pipecheck.loaders.decode.{module}"), function)
    return decoder
