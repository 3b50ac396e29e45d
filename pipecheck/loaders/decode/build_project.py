"""CodeBuild projects."""

from __future__ import annotations

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.decode.environment import decode_variables
from pipecheck.loaders.decode.part import Part, with_default
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.build_project import (
    BatchSettings,
    BuildArtifacts,
    BuildCache,
    BuildEnvironment,
    BuildLogs,
    BuildNetwork,
    BuildProject,
    BuildSource,
    BuildWebhook,
    FilterGroup,
    WebhookFilter,
)
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.values import Absent, Default, Items, Known, Unknown, Value

_CLOUDWATCH = Default("ENABLED", "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_LogsConfig.html")
_S3 = Default("DISABLED", "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_LogsConfig.html")
_UNPRIVILEGED = Default(
    False, "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectEnvironment.html"
)
_ENCRYPTED = Default(False, "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectArtifacts.html")
_ENCRYPTED_LOGS = Default(False, "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_S3LogsConfig.html")
_ALL = Default(
    "ALL_PULL_REQUESTS", "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_PullRequestBuildPolicy.html"
)
_PRIVATE = Default("PRIVATE", "https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html")


def decode_build_project(node: Node, names: Names, buildspecs: Buildspecs) -> BuildProject:
    """The project whose properties `node` holds; `buildspecs` finds what it builds with."""
    environment = node.get(names["project.environment"])
    return BuildProject(
        name=node.text(names["project.name"]),
        service_role=node.text(names["project.service_role"]),
        batch_role=Part(node.get(names["project.batch"])).text(names["batch.service_role"]),
        environment_variables=_variables(environment, node, names),
        environment=_environment(Part(environment), node, names),
        source=node.child(names["project.source"], lambda source: _source(source, names)),
        secondary_sources=node.items(names["project.secondary_sources"]).each(lambda source: _source(source, names)),
        buildspec=_buildspec(node, names, buildspecs),
        artifacts=node.child(names["project.artifacts"], lambda artifacts: _artifacts(artifacts, names)),
        secondary_artifacts=node.items(names["project.secondary_artifacts"]).each(
            lambda artifacts: _artifacts(artifacts, names)
        ),
        logs=_logs(node, names),
        cache=node.child(names["project.cache"], lambda cache: _cache(cache, names)),
        network=node.child(names["project.network"], lambda network: _network(network, names)),
        webhook=node.child(names["project.webhook"], lambda webhook: _webhook(webhook, names)),
        batch=node.child(names["project.batch"], lambda batch: _batch(batch, names)),
        file_systems=node.items(names["project.file_systems"]).each(
            lambda system: system.text(names["file_system.identifier"])
        ),
        encryption_key=node.text(names["project.encryption_key"]),
        resource_access_role=node.text(names["project.resource_access_role"]),
        visibility=with_default(node.text(names["project.visibility"]), _PRIVATE),
        timeout_minutes=node.integer(names["project.timeout"]),
        queued_timeout_minutes=node.integer(names["project.queued_timeout"]),
        concurrent_builds=node.integer(names["project.concurrent_builds"]),
        automatic_retries=node.integer(names["project.automatic_retries"]),
        badge=node.flag(names["project.badge"]),
        place=node.head,
    )


def _variables(environment: Value[Node], node: Node, names: Names) -> Items[EnvironmentVariable]:
    match environment:
        case Known(mapping):
            return decode_variables(mapping, names["environment.variables"], names)
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), node.head, unknown)


def _environment(environment: Part, node: Node, names: Names) -> BuildEnvironment:
    return BuildEnvironment(
        type=environment.text(names["environment.type"]),
        image=environment.text(names["environment.image"]),
        compute_type=environment.text(names["environment.compute_type"]),
        privileged=environment.flag(names["environment.privileged"], _UNPRIVILEGED),
        certificate=environment.text(names["environment.certificate"]),
        image_pull_credentials=environment.text(names["environment.image_pull_credentials"]),
        registry_credential=environment.part(names["environment.registry_credential"]).text(
            names["credential.secret"]
        ),
        fleet=environment.part(names["environment.fleet"]).text(names["fleet.arn"]),
        place=environment.node.place if isinstance(environment.node, Known) else node.head,
    )


def _source(node: Node, names: Names) -> BuildSource:
    auth = Part(node.get(names["source.auth"]))
    return BuildSource(
        type=node.text(names["source.type"]),
        location=node.text(names["source.location"]),
        identifier=node.text(names["source.identifier"]),
        buildspec=node.text(names["source.buildspec"]),
        auth_type=auth.text(names["auth.type"]),
        auth_resource=auth.text(names["auth.resource"]),
        git_clone_depth=node.integer(names["source.git_clone_depth"]),
        fetch_submodules=Part(node.get(names["source.submodules"])).flag(names["submodules.fetch"]),
        report_build_status=node.flag(names["source.report_build_status"]),
        insecure_ssl=node.flag(names["source.insecure_ssl"]),
        place=node.head,
    )


def _buildspec(project: Node, names: Names, buildspecs: Buildspecs) -> Value[Buildspec]:
    """What the project's source gives, else the file that a build looks for; nothing where there is no source."""
    match project.get(names["project.source"]):
        case Known(source):
            key = names["source.buildspec"]
            written = buildspecs.written(source.text(key), source, key)
            kind = source.text(names["source.type"])
            if not isinstance(written, Absent) or (isinstance(kind, Known) and kind.value == "NO_SOURCE"):
                return written
            return buildspecs.default(source.head)
        case Absent() | Unknown() as other:
            return other


def _artifacts(node: Node, names: Names) -> BuildArtifacts:
    return BuildArtifacts(
        type=node.text(names["build_artifacts.type"]),
        location=node.text(names["build_artifacts.location"]),
        name=node.text(names["build_artifacts.name"]),
        identifier=node.text(names["build_artifacts.identifier"]),
        encryption_disabled=with_default(node.flag(names["build_artifacts.encryption_disabled"]), _ENCRYPTED),
        place=node.head,
    )


def _logs(node: Node, names: Names) -> BuildLogs:
    logs = Part(node.get(names["project.logs"]))
    cloudwatch = logs.part(names["logs.cloudwatch"])
    s3 = logs.part(names["logs.s3"])
    return BuildLogs(
        cloudwatch_status=cloudwatch.text(names["logs.status"], _CLOUDWATCH),
        group=cloudwatch.text(names["logs.group"]),
        stream=cloudwatch.text(names["logs.stream"]),
        s3_status=s3.text(names["logs.status"], _S3),
        s3_location=s3.text(names["logs.location"]),
        s3_encryption_disabled=s3.flag(names["logs.encryption_disabled"], _ENCRYPTED_LOGS),
        place=logs.node.place if isinstance(logs.node, Known) else node.head,
    )


def _cache(node: Node, names: Names) -> BuildCache:
    return BuildCache(
        type=node.text(names["cache.type"]),
        location=node.text(names["cache.location"]),
        modes=Part(Known(node, node.place)).texts(names["cache.modes"]),
        place=node.head,
    )


def _network(node: Node, names: Names) -> BuildNetwork:
    network = Part(Known(node, node.place))
    return BuildNetwork(
        vpc_id=network.text(names["network.vpc_id"]),
        subnets=network.texts(names["network.subnets"]),
        security_groups=network.texts(names["network.security_groups"]),
        place=node.head,
    )


def _webhook(node: Node, names: Names) -> BuildWebhook:
    comments = Part(node.get(names["webhook.pull_requests"]))
    return BuildWebhook(
        enabled=node.flag(names["webhook.enabled"]),
        build_type=node.text(names["webhook.build_type"]),
        filter_groups=node.items(names["webhook.filter_groups"]).each(lambda group: _filter_group(group, names)),
        pull_request_comments=comments.text(names["pull_requests.comments"], _ALL),
        approver_roles=comments.texts(names["pull_requests.approvers"]),
        place=node.head,
    )


def _filter_group(node: Node, names: Names) -> FilterGroup:
    return FilterGroup(node.elements().each(lambda condition: _filter(condition, names)), node.head)


def _filter(node: Node, names: Names) -> WebhookFilter:
    return WebhookFilter(
        type=node.text(names["webhook_filter.type"]),
        pattern=node.text(names["webhook_filter.pattern"]),
        exclude=node.flag(names["webhook_filter.exclude"]),
        place=node.head,
    )


def _batch(node: Node, names: Names) -> BatchSettings:
    restrictions = Part(node.get(names["batch.restrictions"]))
    return BatchSettings(
        service_role=node.text(names["batch.service_role"]),
        combine_artifacts=node.flag(names["batch.combine_artifacts"]),
        most_builds=restrictions.integer(names["restrictions.most_builds"]),
        compute_types=restrictions.texts(names["restrictions.compute_types"]),
        timeout_minutes=node.integer(names["batch.timeout"]),
        place=node.head,
    )
