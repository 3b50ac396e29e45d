"""A CodeBuild project: what it builds, in which environment, and where its results and logs go.

https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html
"""

from __future__ import annotations

from pipecheck.model.buildspec import Buildspec
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class BuildSource:
    """What is built. `type` is CODEPIPELINE, GITHUB, CODECOMMIT, S3, NO_SOURCE …

    `buildspec` is as it is written: the text of a build specification, the path of one in the source, the ARN of one
    in S3, or absent. `identifier` names a secondary source.
    """

    type: Value[str]
    location: Value[str]
    identifier: Value[str]
    buildspec: Value[str]
    auth_type: Value[str]
    auth_resource: Value[str]
    git_clone_depth: Value[int]
    fetch_submodules: Value[bool]
    report_build_status: Value[bool]
    insecure_ssl: Value[bool]
    place: Place


@record
class BuildEnvironment:
    """The machine or container of the builds.

    `image_pull_credentials` is CODEBUILD or SERVICE_ROLE; `registry_credential` the secret for a private registry;
    `certificate` the object in S3 that holds one.
    """

    type: Value[str]
    image: Value[str]
    compute_type: Value[str]
    privileged: Value[bool]
    certificate: Value[str]
    image_pull_credentials: Value[str]
    registry_credential: Value[str]
    fleet: Value[str]
    place: Place


@record
class BuildArtifacts:
    """Where the results of a build go. `type` is CODEPIPELINE, S3 or NO_ARTIFACTS."""

    type: Value[str]
    location: Value[str]
    name: Value[str]
    identifier: Value[str]
    encryption_disabled: Value[bool]
    place: Place


@record
class BuildLogs:
    """Where the logs of the builds go. A status is ENABLED or DISABLED."""

    cloudwatch_status: Value[str]
    group: Value[str]
    stream: Value[str]
    s3_status: Value[str]
    s3_location: Value[str]
    s3_encryption_disabled: Value[bool]
    place: Place


@record
class BuildCache:
    """What builds share. `type` is NO_CACHE, S3 or LOCAL; `modes` are those of a local cache."""

    type: Value[str]
    location: Value[str]
    modes: Items[Value[str]]
    place: Place


@record
class BuildNetwork:
    """The VPC in which builds run."""

    vpc_id: Value[str]
    subnets: Items[Value[str]]
    security_groups: Items[Value[str]]
    place: Place


@record
class WebhookFilter:
    """One condition on an event. `type` is EVENT, HEAD_REF, ACTOR_ACCOUNT_ID …; `pattern` a regular expression.

    https://docs.aws.amazon.com/codebuild/latest/APIReference/API_WebhookFilter.html
    """

    type: Value[str]
    pattern: Value[str]
    exclude: Value[bool]
    place: Place


@record
class FilterGroup:
    """Conditions that must hold together for an event to start a build; one group is enough."""

    filters: Items[WebhookFilter]
    place: Place


@record
class BuildWebhook:
    """Events of the source's host that start builds.

    `pull_request_comments` says for which pull requests a build waits for a comment, `approver_roles` who may write
    that comment.
    """

    enabled: Value[bool]
    build_type: Value[str]
    filter_groups: Items[FilterGroup]
    pull_request_comments: Value[str]
    approver_roles: Items[Value[str]]
    place: Place


@record
class BatchSettings:
    """How the project runs many builds as one."""

    service_role: Value[str]
    combine_artifacts: Value[bool]
    most_builds: Value[int]
    compute_types: Items[Value[str]]
    timeout_minutes: Value[int]
    place: Place


@record
class BuildProject:
    """A build project.

    `buildspec` is the build specification as far as it is in the input: in the project, or the file of the scanned
    folder that it names; unknown where it is kept elsewhere. `batch` is absent where the project runs single builds.
    `file_systems` are the identifiers of file systems that builds mount. `visibility` is PRIVATE or PUBLIC_READ.
    """

    name: Value[str]
    service_role: Value[str]
    batch_role: Value[str]
    environment_variables: Items[EnvironmentVariable]
    environment: BuildEnvironment
    source: Value[BuildSource]
    secondary_sources: Items[BuildSource]
    buildspec: Value[Buildspec]
    artifacts: Value[BuildArtifacts]
    secondary_artifacts: Items[BuildArtifacts]
    logs: BuildLogs
    cache: Value[BuildCache]
    network: Value[BuildNetwork]
    webhook: Value[BuildWebhook]
    batch: Value[BatchSettings]
    file_systems: Items[Value[str]]
    encryption_key: Value[str]
    resource_access_role: Value[str]
    visibility: Value[str]
    timeout_minutes: Value[int]
    queued_timeout_minutes: Value[int]
    concurrent_builds: Value[int]
    automatic_retries: Value[int]
    badge: Value[bool]
    place: Place
