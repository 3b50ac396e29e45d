"""The resource types of what pipelines deploy to, what starts them and what watches them, each with its decoder."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipecheck.loaders.decode.alarm import decode_alarm
from pipecheck.loaders.decode.connection import decode_connection
from pipecheck.loaders.decode.container_service import decode_container_service
from pipecheck.loaders.decode.deployment import (
    decode_application,
    decode_deployment_configuration,
    decode_deployment_group,
)
from pipecheck.loaders.decode.event_rule import decode_event_rule
from pipecheck.loaders.decode.function import decode_code_signing, decode_function
from pipecheck.loaders.decode.notification_rule import decode_notification_rule
from pipecheck.loaders.decode.secret import decode_secret, decode_secret_policy, decode_secret_rotation
from pipecheck.loaders.decode.stored_parameter import decode_stored_parameter
from pipecheck.loaders.decode.topic import (
    decode_inline_topic_policy,
    decode_subscription,
    decode_topic,
    decode_topic_policy,
)
from pipecheck.loaders.decode.trail import decode_trail
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.inventory import Resource

SERVICES: Mapping[str, Callable[[Node, Names], Resource]] = {
    "AWS::CloudTrail::Trail": decode_trail,
    "AWS::CloudWatch::Alarm": decode_alarm,
    "AWS::CodeConnections::Connection": decode_connection,
    "AWS::CodeDeploy::Application": decode_application,
    "AWS::CodeDeploy::DeploymentConfig": decode_deployment_configuration,
    "AWS::CodeDeploy::DeploymentGroup": decode_deployment_group,
    "AWS::CodeStarConnections::Connection": decode_connection,
    "AWS::CodeStarNotifications::NotificationRule": decode_notification_rule,
    "AWS::ECS::Service": decode_container_service,
    "AWS::Events::Rule": decode_event_rule,
    "AWS::Lambda::CodeSigningConfig": decode_code_signing,
    "AWS::Lambda::Function": decode_function,
    "AWS::SNS::Subscription": decode_subscription,
    "AWS::SNS::Topic": decode_topic,
    "AWS::SNS::TopicInlinePolicy": decode_inline_topic_policy,
    "AWS::SNS::TopicPolicy": decode_topic_policy,
    "AWS::SSM::Parameter": decode_stored_parameter,
    "AWS::SecretsManager::ResourcePolicy": decode_secret_policy,
    "AWS::SecretsManager::RotationSchedule": decode_secret_rotation,
    "AWS::SecretsManager::Secret": decode_secret,
}
