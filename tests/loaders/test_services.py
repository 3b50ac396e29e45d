"""What pipelines deploy to, what starts them and what watches them."""

from __future__ import annotations

from textwrap import indent
from typing import TypeVar

import pytest

from pipecheck.loaders.cloudformation.services import SERVICES
from pipecheck.model.alarm import Alarm
from pipecheck.model.connection import Connection
from pipecheck.model.container_service import ContainerService
from pipecheck.model.deployment import DeploymentApplication, DeploymentConfiguration, DeploymentGroup
from pipecheck.model.function import CodeSigning, Function
from pipecheck.model.inventory import NOUNS, Inventory, Resource
from pipecheck.model.notification_rule import NotificationRule
from pipecheck.model.secret import Secret, SecretPolicy, SecretRotation
from pipecheck.model.stored_parameter import StoredParameter
from pipecheck.model.topic import Topic, TopicPolicy, TopicSubscription
from pipecheck.model.trail import Trail
from pipecheck.values import Absent, Items, Known, Place, Reason, Unknown, Value, ask, known
from pipecheck.values.items import values
from pipecheck.values.truth import Truth
from tests.loaders.templates import loaded

R = TypeVar("R", bound=Resource)


def inventory(resources: str) -> Inventory:
    return loaded("Resources:\n" + indent(resources, "  ")).inventory


def only(kind: type[R], resources: str) -> R:
    [found] = values(inventory(resources).all(kind))
    return found


def texts(items: Items[Value[str]]) -> list[str | None]:
    return [known(value) for value in values(items)]


def default(value: Value[object]) -> object:
    assert isinstance(value, Absent)
    assert value.default is not None
    return value.default.value


GROUP = """
App: {Type: AWS::CodeDeploy::Application, Properties: {ApplicationName: shop, ComputePlatform: ECS}}
Group:
  Type: AWS::CodeDeploy::DeploymentGroup
  Properties:
    ApplicationName: !Ref App
    DeploymentGroupName: live
    DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce
    ServiceRoleArn: arn:aws:iam::111122223333:role/deploy
    AlarmConfiguration: {Enabled: true, IgnorePollAlarmFailure: true, Alarms: [{Name: errors}]}
    AutoRollbackConfiguration: {Enabled: "true", Events: [DEPLOYMENT_FAILURE]}
    DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: WITH_TRAFFIC_CONTROL}
"""


def test_a_deployment_group_and_its_application() -> None:
    seen = inventory(GROUP)
    [group] = values(seen.all(DeploymentGroup))
    assert (known(group.name), known(group.configuration)) == ("live", "CodeDeployDefault.ECSAllAtOnce")
    assert known(group.role_arn) == "arn:aws:iam::111122223333:role/deploy"
    assert (known(group.alarms_enabled), known(group.ignores_missing_alarms)) == (True, True)
    assert (texts(group.alarms), texts(group.rollback_events)) == (["errors"], ["DEPLOYMENT_FAILURE"])
    assert (known(group.rollback_enabled), known(group.type)) == (True, "BLUE_GREEN")
    application = seen.find(DeploymentApplication, group.application)
    assert isinstance(application, Known)
    assert known(application.value.platform) == "ECS"


def test_a_deployment_group_that_says_little() -> None:
    group = only(DeploymentGroup, "G: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: shop}}")
    assert isinstance(group.rollback_enabled, Absent)
    assert default(group.ignores_missing_alarms) is False
    assert (group.alarms.members, group.alarms.open) == ((), None)
    hidden = only(
        DeploymentGroup,
        "G: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {AlarmConfiguration: !ImportValue Alarms}}",
    )
    assert isinstance(hidden.alarms_enabled, Unknown)
    assert hidden.alarms.open is not None


def test_a_deployment_configuration() -> None:
    shifting = only(
        DeploymentConfiguration,
        "C: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {DeploymentConfigName: slow, "
        "ComputePlatform: Lambda, TrafficRoutingConfig: {Type: TimeBasedCanary}}}",
    )
    assert (known(shifting.name), known(shifting.platform), known(shifting.routing)) == (
        "slow",
        "Lambda",
        "TimeBasedCanary",
    )
    hosts = only(
        DeploymentConfiguration,
        "C: {Type: AWS::CodeDeploy::DeploymentConfig, "
        "Properties: {MinimumHealthyHosts: {Type: FLEET_PERCENT, Value: 75}}}",
    )
    assert (known(hosts.healthy_hosts_type), known(hosts.healthy_hosts)) == ("FLEET_PERCENT", 75)


TOPIC = """
Topic:
  Type: AWS::SNS::Topic
  Properties: {TopicName: news, KmsMasterKeyId: alias/news, Subscription: [{Protocol: email, Endpoint: a@b.c}]}
Listener:
  Type: AWS::SNS::Subscription
  Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: "arn:aws:sqs:eu-west-1:111122223333:queue"}
Policy:
  Type: AWS::SNS::TopicPolicy
  Properties: {Topics: [!Ref Topic], PolicyDocument: {Statement: [{Sid: Several, Effect: Allow}]}}
Inline:
  Type: AWS::SNS::TopicInlinePolicy
  Properties: {TopicArn: !GetAtt Topic.TopicArn, PolicyDocument: {Statement: [{Sid: One, Effect: Allow}]}}
"""


def test_a_topic_with_its_listeners_and_policies() -> None:
    seen = inventory(TOPIC)
    [topic] = values(seen.all(Topic))
    assert (known(topic.name), known(topic.kms_key)) == ("news", "alias/news")
    [own] = values(topic.subscriptions)
    assert (known(own.protocol), known(own.endpoint)) == ("email", "a@b.c")
    [listener] = values(seen.all(TopicSubscription))
    assert known(listener.protocol) == "sqs"
    policies = list(values(seen.all(TopicPolicy)))
    named = [listener.topic, *(arn for policy in policies for arn in values(policy.topics))]
    assert [found.value for arn in named if isinstance(found := seen.find(Topic, arn), Known)] == [topic] * 3
    assert {known(statement.sid) for policy in policies for statement in values(policy.statements)} == {
        "Several",
        "One",
    }


@pytest.mark.parametrize("service", ["CodeConnections", "CodeStarConnections"])
def test_a_definition_does_not_say_whether_a_connection_is_there(service: str) -> None:
    text = f"C: {{Type: AWS::{service}::Connection, Properties: {{ConnectionName: git, ProviderType: GitHub}}}}"
    found = only(Connection, text)
    assert (known(found.name), known(found.provider)) == ("git", "GitHub")
    assert isinstance(found.status, Unknown)
    assert found.status.reason is Reason.RESOURCE_ATTRIBUTE


def test_a_notification_rule() -> None:
    found = only(
        NotificationRule,
        """
N:
  Type: AWS::CodeStarNotifications::NotificationRule
  Properties:
    Name: failures
    Resource: arn:aws:codepipeline:eu-west-1:111122223333:shop
    DetailType: FULL
    EventTypeIds: [codepipeline-pipeline-pipeline-execution-failed]
    Targets: [{TargetType: SNS, TargetAddress: "arn:aws:sns:eu-west-1:111122223333:news"}]
""",
    )
    assert (known(found.name), default(found.status)) == ("failures", "ENABLED")
    assert known(found.resource) == "arn:aws:codepipeline:eu-west-1:111122223333:shop"
    assert texts(found.events) == ["codepipeline-pipeline-pipeline-execution-failed"]
    [target] = values(found.targets)
    assert (known(target.type), known(target.address)) == ("SNS", "arn:aws:sns:eu-west-1:111122223333:news")


def test_a_trail_with_selectors() -> None:
    found = only(
        Trail,
        """
T:
  Type: AWS::CloudTrail::Trail
  Properties:
    TrailName: all
    IsLogging: true
    IncludeGlobalServiceEvents: true
    S3BucketName: records
    CloudWatchLogsLogGroupArn: arn:aws:logs:eu-west-1:111122223333:log-group:records:*
    EventSelectors:
      - ExcludeManagementEventSources: [kms.amazonaws.com]
        DataResources: [{Type: "AWS::S3::Object", Values: ["arn:aws:s3:::artifacts/"]}]
      - {ReadWriteType: WriteOnly, IncludeManagementEvents: false}
""",
    )
    assert (known(found.name), known(found.logging), known(found.global_services)) == ("all", True, True)
    assert (default(found.multi_region), default(found.organization)) == (False, False)
    assert (known(found.bucket), known(found.log_group) or "").count("records") == 1
    every, writes = values(found.selectors)
    assert (default(every.read_write), default(every.management_events)) == ("All", True)
    assert texts(every.excluded_sources) == ["kms.amazonaws.com"]
    [resource] = values(every.data_resources)
    assert (known(resource.type), texts(resource.values)) == ("AWS::S3::Object", ["arn:aws:s3:::artifacts/"])
    assert (known(writes.read_write), known(writes.management_events)) == ("WriteOnly", False)


def test_a_trail_with_advanced_selectors() -> None:
    operators = ("Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith")
    given = ", ".join(f"{operator}: [{operator.lower()}]" for operator in operators)
    found = only(
        Trail,
        "T: {Type: AWS::CloudTrail::Trail, Properties: {IsLogging: true, AdvancedEventSelectors: "
        f"[{{Name: data, FieldSelectors: [{{Field: eventCategory, {given}}}]}}]}}}}",
    )
    [selector] = values(found.advanced_selectors)
    [field] = values(selector.fields)
    assert (known(selector.name), known(field.field)) == ("data", "eventCategory")
    demands = (field.equals, field.starts_with, field.ends_with)
    refusals = (field.not_equals, field.not_starts_with, field.not_ends_with)
    assert [texts(items) for items in (*demands, *refusals)] == [[operator.lower()] for operator in operators]


def test_an_alarm_on_one_metric() -> None:
    found = only(
        Alarm,
        """
A:
  Type: AWS::CloudWatch::Alarm
  Properties:
    AlarmName: failures
    Namespace: AWS/CodePipeline
    MetricName: FailedPipelineExecutions
    Dimensions: [{Name: PipelineName, Value: shop}]
    Threshold: 1
    ComparisonOperator: GreaterThanOrEqualToThreshold
    EvaluationPeriods: 1
    AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:news"]
""",
    )
    assert (known(found.name), known(found.threshold), known(found.comparison)) == (
        "failures",
        "1",
        "GreaterThanOrEqualToThreshold",
    )
    assert (default(found.actions_enabled), len(texts(found.actions))) == (True, 1)
    [metric] = values(found.metrics)
    assert (known(metric.namespace), known(metric.name)) == ("AWS/CodePipeline", "FailedPipelineExecutions")
    assert [(known(entry.name), known(entry.value)) for entry in values(metric.dimensions)] == [
        ("PipelineName", "shop")
    ]


def test_an_alarm_on_an_expression_watches_the_metrics_in_it() -> None:
    found = only(
        Alarm,
        """
A:
  Type: AWS::CloudWatch::Alarm
  Properties:
    EvaluationPeriods: 1
    Metrics:
      - {Id: rate, Expression: errors / 2}
      - {Id: errors, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/Lambda, MetricName: Errors}, Stat: Sum}}
      - {Id: other, MetricStat: !ImportValue Other}
""",
    )
    assert [(known(metric.namespace), known(metric.name)) for metric in values(found.metrics)] == [
        ("AWS/Lambda", "Errors")
    ]
    assert found.metrics.open is not None


SECRETS = """
Secret: {Type: AWS::SecretsManager::Secret, Properties: {Name: shop/token, KmsKeyId: alias/shop}}
Rotation:
  Type: AWS::SecretsManager::RotationSchedule
  Properties: {SecretId: !Ref Secret, RotationRules: {AutomaticallyAfterDays: 30, ScheduleExpression: rate(30 days)}}
Policy:
  Type: AWS::SecretsManager::ResourcePolicy
  Properties: {SecretId: !Ref Secret, ResourcePolicy: {Statement: [{Sid: Read, Principal: "*"}]}}
Parameter: {Type: AWS::SSM::Parameter, Properties: {Name: /shop/url, Type: String, Value: https://example.com}}
"""


def test_secrets_and_parameters() -> None:
    seen = inventory(SECRETS)
    [secret] = values(seen.all(Secret))
    [rotation] = values(seen.all(SecretRotation))
    [policy] = values(seen.all(SecretPolicy))
    [parameter] = values(seen.all(StoredParameter))
    assert (known(secret.name), known(secret.kms_key)) == ("shop/token", "alias/shop")
    assert (known(rotation.days), known(rotation.schedule)) == (30, "rate(30 days)")
    assert [known(statement.sid) for statement in values(policy.statements)] == ["Read"]
    for name in (rotation.secret, policy.secret):
        assert isinstance(found := seen.find(Secret, name), Known)
        assert found.value is secret
    assert (known(parameter.name), known(parameter.type)) == ("/shop/url", "String")


def test_a_function_and_its_code_signing() -> None:
    seen = inventory(
        """
Signing:
  Type: AWS::Lambda::CodeSigningConfig
  Properties:
    CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
Function:
  Type: AWS::Lambda::Function
  Properties: {FunctionName: shop, Role: "arn:aws:iam::111122223333:role/shop", CodeSigningConfigArn: !Ref Signing}
"""
    )
    [function] = values(seen.all(Function))
    assert (known(function.name), known(function.role_arn)) == ("shop", "arn:aws:iam::111122223333:role/shop")
    signing = seen.find(CodeSigning, function.code_signing)
    assert isinstance(signing, Known)
    assert known(signing.value.untrusted) == "Enforce"
    assert default(only(CodeSigning, "S: {Type: AWS::Lambda::CodeSigningConfig}").untrusted) == "Warn"


def test_a_service_and_how_it_is_deployed() -> None:
    found = only(
        ContainerService,
        """
S:
  Type: AWS::ECS::Service
  Properties:
    ServiceName: shop
    Cluster: live
    DeploymentController: {Type: ECS}
    DeploymentConfiguration:
      Strategy: CANARY
      DeploymentCircuitBreaker: {Enable: true, Rollback: false}
      Alarms: {AlarmNames: [errors], Enable: true, Rollback: true}
      MinimumHealthyPercent: 100
      MaximumPercent: 200
""",
    )
    assert (known(found.name), known(found.cluster)) == ("shop", "live")
    assert (known(found.controller), known(found.strategy)) == ("ECS", "CANARY")
    assert (known(found.circuit_breaker), known(found.circuit_breaker_rollback)) == (True, False)
    assert texts(found.alarms) == ["errors"]
    assert (known(found.alarms_enabled), known(found.alarms_rollback)) == (True, True)
    assert (known(found.minimum_healthy_percent), known(found.maximum_percent)) == (100, 200)
    plain = only(ContainerService, "S: {Type: AWS::ECS::Service, Properties: {Cluster: live}}")
    assert default(plain.controller) == "ECS"
    assert ask(plain.circuit_breaker, bool) is Truth.FALSE


@pytest.mark.parametrize(
    ("kind", "resource", "arn"),
    [
        (Function, "{Type: AWS::Lambda::Function, Properties: {FunctionName: shop}}", "lambda:{}:function:shop"),
        (Function, "{Type: AWS::Lambda::Function, Properties: {FunctionName: shop}}", "lambda:{}:function:shop:live"),
        (
            Secret,
            "{Type: AWS::SecretsManager::Secret, Properties: {Name: a/b}}",
            "secretsmanager:{}:secret:a/b-Ab12Cd",
        ),
        (Secret, "{Type: AWS::SecretsManager::Secret, Properties: {Name: a/b}}", "secretsmanager:{}:secret:a/b"),
        (StoredParameter, "{Type: AWS::SSM::Parameter, Properties: {Name: /a/b}}", "ssm:{}:parameter/a/b"),
        (StoredParameter, "{Type: AWS::SSM::Parameter, Properties: {Name: b}}", "ssm:{}:parameter/b"),
        (Topic, "{Type: AWS::SNS::Topic, Properties: {TopicName: news}}", "sns:{}:news"),
        (Trail, "{Type: AWS::CloudTrail::Trail, Properties: {TrailName: all}}", "cloudtrail:{}:trail/all"),
        (Alarm, "{Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: up}}", "cloudwatch:{}:alarm:up"),
    ],
)
def test_a_resource_is_found_by_its_arn(kind: type[R], resource: str, arn: str) -> None:
    seen = inventory(f"R: {resource}")
    name = Known("arn:aws:" + arn.format("eu-west-1:111122223333"), Place("a.yaml", ()))
    assert isinstance(seen.find(kind, name), Known)


@pytest.mark.parametrize(
    ("kind", "resource", "arn"),
    [
        (Function, "{Type: AWS::Lambda::Function, Properties: {FunctionName: live}}", "lambda:{}:function:shop:live"),
        (Secret, "{Type: AWS::SecretsManager::Secret, Properties: {Name: b}}", "secretsmanager:{}:secret:a/b-Ab12Cd"),
        (StoredParameter, "{Type: AWS::SSM::Parameter, Properties: {Name: b}}", "ssm:{}:parameter/a/b"),
    ],
)
def test_a_part_of_an_arn_is_not_the_name_of_another(kind: type[R], resource: str, arn: str) -> None:
    seen = inventory(f"R: {resource}")
    name = Known("arn:aws:" + arn.format("eu-west-1:111122223333"), Place("a.yaml", ()))
    found = seen.find(kind, name)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.NOT_SCANNED


@pytest.mark.parametrize("resource_type", SERVICES)
def test_every_type_has_its_decoder(resource_type: str) -> None:
    resource = f"Resources: {{R: {{Type: {resource_type}, Properties: {{}}}}}}"
    found = [kind for kind, items in loaded(resource).inventory.resources.items() if items.members]
    assert len(found) == 1


def test_every_kind_has_a_noun() -> None:
    assert all(kind in NOUNS for kind in inventory(GROUP + TOPIC + SECRETS).resources)
