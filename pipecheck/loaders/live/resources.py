"""From the files of a snapshot to the model, one function per type of resource."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.decode.alarm import decode_alarm
from pipecheck.loaders.decode.build_project import decode_build_project
from pipecheck.loaders.decode.connection import decode_connection
from pipecheck.loaders.decode.deployment import (
    decode_application,
    decode_deployment_configuration,
    decode_deployment_group,
)
from pipecheck.loaders.decode.event_rule import decode_event_rule
from pipecheck.loaders.decode.key import decode_alias, decode_key
from pipecheck.loaders.decode.log_group import decode_log_group
from pipecheck.loaders.decode.notification_rule import decode_notification_rule
from pipecheck.loaders.decode.pipeline import decode_pipeline
from pipecheck.loaders.decode.policy import decode_policy
from pipecheck.loaders.decode.repository import decode_registry_scanning, decode_repository
from pipecheck.loaders.decode.role import decode_role
from pipecheck.loaders.decode.tag import decode_tags
from pipecheck.loaders.decode.trail import decode_trail
from pipecheck.loaders.decode.webhook import decode_webhook
from pipecheck.loaders.live.buckets import bucket, bucket_policy
from pipecheck.loaders.live.entry import Entry
from pipecheck.loaders.live.names import LIVE
from pipecheck.loaders.live.scope import Put
from pipecheck.loaders.node import Node
from pipecheck.model.conditions import NO_CONDITIONS
from pipecheck.model.inventory import Resource
from pipecheck.model.pipeline import DisabledTransition, Pipeline
from pipecheck.model.policy import Policy
from pipecheck.values import Items, Known, Member, Reason, Truth, Unknown, exists
from pipecheck.values.text import equals


def resources_of(entry: Entry, policies: Mapping[str, Entry], buildspecs: Buildspecs) -> Sequence[Resource]:
    """What a file describes: a resource, with a bucket its policy. `policies` are those of the snapshot by ARN."""
    match entry.type:
        case "codepipeline/pipeline":
            return [_pipeline(entry, buildspecs)]
        case "codebuild/project":
            return [_project(entry, buildspecs)]
        case "iam/role":
            return [_role(entry, policies)]
        case "s3/bucket":
            policy = bucket_policy(entry)
            return [bucket(entry), *([policy] if policy is not None else [])]
        case _ if entry.type in _SIMPLE:
            return [_SIMPLE[entry.type](entry)]
        case _:
            return []


def _pipeline(entry: Entry, buildspecs: Buildspecs) -> Pipeline:
    pipeline = decode_pipeline(
        entry.node("pipeline"),
        LIVE,
        NO_CONDITIONS,
        buildspecs,
        region=entry.known("region", entry.region),
        account=entry.known("account", entry.account),
    )
    whole = entry.node()
    return replace(
        pipeline,
        name=entry.known("name", entry.name) if not isinstance(pipeline.name, Known) else pipeline.name,
        tags=decode_tags(whole, LIVE["answer.tags"], LIVE),
        polling_disabled_at=entry.node("metadata").text(LIVE["metadata.polling_disabled_at"]),
        disabled_transitions=whole.items("stageStates").spread(_disabled_transition),
    )


def _disabled_transition(state: Node) -> Items[DisabledTransition]:
    """The transition into a stage, where it is disabled.

    https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_TransitionState.html
    """
    transition = state.get("inboundTransitionState")
    if not isinstance(transition, Known) or equals(transition.value.text("enabled"), "false") is not Truth.TRUE:
        return Items((), state.place)
    found = DisabledTransition(state.text("stageName"), transition.value.text("disabledReason"), state.place)
    return Items((Member(found),), state.place)


def _project(entry: Entry, buildspecs: Buildspecs) -> Resource:
    webhook = entry.properties.get("project", {}).get("webhook")
    others: dict[str, object] = {"badgeEnabled": entry.put("project", "badge", "badgeEnabled")}
    if isinstance(webhook, dict):
        others["webhook"] = {**webhook, "enabled": True}
    project = decode_build_project(entry.node("project", **others), LIVE, buildspecs)
    return project if isinstance(project.name, Known) else replace(project, name=entry.known("name", entry.name))


def _role(entry: Entry, policies: Mapping[str, Entry]) -> Resource:
    """The role with the account's own policies that are attached to it; AWS's are known by their ARN."""
    place = entry.place.child("role")
    attached = entry.properties.get("role", {}).get("AttachedManagedPolicies") or []
    places = [place.child("AttachedManagedPolicies", index, "PolicyArn") for index in range(len(attached))]
    arns = [(policy["PolicyArn"], at) for policy, at in zip(attached, places, strict=True)]
    elsewhere = [Put(arn, at) for arn, at in arns if arn not in policies]
    detail = "how long a session may be is not among what the audit asks for"
    node = entry.node(
        "role",
        managedPolicyArns=elsewhere,
        permissionsBoundary=entry.put("role", "PermissionsBoundary", "PermissionsBoundaryArn"),
        MaxSessionDuration=Unknown(Reason.NOT_RETURNED, detail, place),
    )
    role = decode_role(node, LIVE)
    own = tuple(Member(_policy(policies[arn])) for arn, _ in arns if arn in policies)
    return replace(
        role,
        name=role.name if isinstance(role.name, Known) else entry.known("name", entry.arn.rsplit("/", 1)[-1]),
        policies=replace(role.policies, members=(*role.policies.members, *own)),
    )


def _policy(entry: Entry) -> Policy:
    return decode_policy(entry.node(), LIVE)


def _key(entry: Entry) -> Resource:
    node = entry.node(
        "metadata",
        policy=entry.put("Policy"),
        rotation=entry.put("Rotation", "KeyRotationEnabled"),
        rotationDays=entry.put("Rotation", "RotationPeriodInDays"),
    )
    return replace(decode_key(node, LIVE), name=entry.known("name", entry.name))


def _alias(entry: Entry) -> Resource:
    return replace(decode_alias(entry.node(), LIVE), name=entry.known("name", entry.name))


def _repository(entry: Entry) -> Resource:
    text = entry.put("lifecyclePolicyText")
    lifecycle = text if text is None or isinstance(text.raw, dict) else {"lifecyclePolicyText": text}
    repository = decode_repository(entry.node("repository", lifecycle=lifecycle), LIVE)
    return replace(repository, name=entry.known("name", entry.name))


def _registry_scanning(entry: Entry) -> Resource:
    return decode_registry_scanning(entry.node("scanningConfiguration"), LIVE)


def _log_group(entry: Entry) -> Resource:
    return replace(decode_log_group(entry.node("group"), LIVE), name=entry.known("name", entry.name))


def _webhook(entry: Entry) -> Resource:
    return decode_webhook(entry.node("definition"), LIVE)


def _event_rule(entry: Entry) -> Resource:
    rule = decode_event_rule(entry.node("rule", targets=entry.put("targets")), LIVE)
    return replace(rule, name=entry.known("name", entry.name))


def _application(entry: Entry) -> Resource:
    return replace(decode_application(entry.node("application"), LIVE), name=entry.known("name", entry.name))


def _deployment_group(entry: Entry) -> Resource:
    application, _, name = entry.name.partition("/")
    return replace(
        decode_deployment_group(entry.node("group"), LIVE),
        name=entry.known("name", name),
        application=entry.known("name", application),
    )


def _deployment_configuration(entry: Entry) -> Resource:
    found = decode_deployment_configuration(entry.node("configuration"), LIVE)
    return replace(found, name=entry.known("name", entry.name))


def _alarm(entry: Entry) -> Resource:
    return replace(decode_alarm(entry.node("alarm"), LIVE), name=entry.known("name", entry.name))


def _connection(entry: Entry) -> Resource:
    node = entry.node("connection")
    return replace(decode_connection(node, LIVE), status=node.text(LIVE["connection.status"]))


def _notification_rule(entry: Entry) -> Resource:
    types = (entry.properties.get("rule") or {}).get("EventTypes") or ()
    ids = [entry.put("rule", "EventTypes", index, "EventTypeId") for index in range(len(types))]
    return decode_notification_rule(entry.node("rule", eventTypeIds=ids), LIVE)


def _trail(entry: Entry) -> Resource:
    keys = ("IsLogging", "EventSelectors", "AdvancedEventSelectors")
    trail = decode_trail(entry.node("trail", **{key: entry.put(key) for key in keys}), LIVE)
    return trail if exists(trail.name) is Truth.TRUE else replace(trail, name=entry.known("name", entry.name))


_SIMPLE: Mapping[str, Callable[[Entry], Resource]] = {
    "cloudtrail/trail": _trail,
    "cloudwatch/alarm": _alarm,
    "codeconnections/connection": _connection,
    "codedeploy/application": _application,
    "codedeploy/deployment-config": _deployment_configuration,
    "codedeploy/deployment-group": _deployment_group,
    "codepipeline/webhook": _webhook,
    "codestar-notifications/notification-rule": _notification_rule,
    "ecr/registry-scanning": _registry_scanning,
    "ecr/repository": _repository,
    "events/rule": _event_rule,
    "kms/alias": _alias,
    "kms/key": _key,
    "logs/log-group": _log_group,
}
