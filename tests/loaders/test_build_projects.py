"""Build projects, repositories and log groups: what is written, what is absent, and what AWS then takes."""

from __future__ import annotations

from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Resource
from pipecheck.model.log_group import LogGroup
from pipecheck.model.repository import RegistryScanning, Repository
from pipecheck.values import Absent, Known, Truth, Unknown, ask, known
from pipecheck.values.items import values
from tests.loaders.templates import loaded

FULL = """
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Name: shop
      ServiceRole: arn:aws:iam::111122223333:role/build
      Source: {Type: GITHUB, Location: "https://github.com/acme/shop.git", InsecureSsl: true, ReportBuildStatus: true,
        GitCloneDepth: 1, GitSubmodulesConfig: {FetchSubmodules: true},
        Auth: {Type: SECRETS_MANAGER, Resource: token}}
      SecondarySources: [{Type: S3, Location: acme/tools.zip, SourceIdentifier: tools}]
      Artifacts: {Type: S3, Location: acme, EncryptionDisabled: true}
      SecondaryArtifacts: [{Type: S3, Location: other, ArtifactIdentifier: docs}]
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", ComputeType: BUILD_GENERAL1_SMALL,
        PrivilegedMode: true, Certificate: acme/cert.zip, ImagePullCredentialsType: SERVICE_ROLE,
        RegistryCredential: {Credential: registry, CredentialProvider: SECRETS_MANAGER}, Fleet: {FleetArn: fleet}}
      LogsConfig:
        CloudWatchLogs: {Status: DISABLED, GroupName: builds, StreamName: shop}
        S3Logs: {Status: ENABLED, Location: acme/logs, EncryptionDisabled: true}
      Cache: {Type: LOCAL, Modes: [LOCAL_DOCKER_LAYER_CACHE]}
      VpcConfig: {VpcId: vpc-1, Subnets: [subnet-1], SecurityGroupIds: [sg-1]}
      Triggers:
        Webhook: true
        BuildType: BUILD
        PullRequestBuildPolicy: {RequiresCommentApproval: ALL_PULL_REQUESTS}
        FilterGroups:
          - - {Type: EVENT, Pattern: "PUSH, PULL_REQUEST_CREATED"}
            - {Type: HEAD_REF, Pattern: main, ExcludeMatchedPattern: true}
      BuildBatchConfig: {ServiceRole: batch, CombineArtifacts: true, TimeoutInMins: 60,
        Restrictions: {MaximumBuildsAllowed: 5, ComputeTypesAllowed: [BUILD_GENERAL1_SMALL]}}
      FileSystemLocations: [{Type: EFS, Identifier: shared}]
      EncryptionKey: alias/build
      Visibility: PUBLIC_READ
      ResourceAccessRole: public
      TimeoutInMinutes: 30
      QueuedTimeoutInMinutes: 10
      ConcurrentBuildLimit: 2
      AutoRetryLimit: 1
      BadgeEnabled: true
"""


def only(text: str, kind: type[Resource]) -> Resource:
    [found] = values(loaded(text).inventory.all(kind))
    return found


def project(text: str) -> BuildProject:
    found = only(text, BuildProject)
    assert isinstance(found, BuildProject)
    return found


def test_everything_that_a_project_states() -> None:
    build = project(FULL)
    assert isinstance(build.source, Known)
    source = build.source.value
    assert (known(source.type), known(source.insecure_ssl), known(source.report_build_status)) == (
        "GITHUB",
        True,
        True,
    )
    assert (known(source.auth_type), known(source.auth_resource)) == ("SECRETS_MANAGER", "token")
    assert (known(source.git_clone_depth), known(source.fetch_submodules)) == (1, True)
    assert [known(other.identifier) for other in values(build.secondary_sources)] == ["tools"]
    assert isinstance(build.artifacts, Known)
    assert known(build.artifacts.value.encryption_disabled) is True
    assert [known(other.identifier) for other in values(build.secondary_artifacts)] == ["docs"]
    environment = build.environment
    assert (known(environment.privileged), known(environment.certificate)) == (True, "acme/cert.zip")
    assert (known(environment.image_pull_credentials), known(environment.registry_credential)) == (
        "SERVICE_ROLE",
        "registry",
    )
    assert known(environment.fleet) == "fleet"
    logs = build.logs
    assert (known(logs.cloudwatch_status), known(logs.group), known(logs.stream)) == ("DISABLED", "builds", "shop")
    assert (known(logs.s3_status), known(logs.s3_location), known(logs.s3_encryption_disabled)) == (
        "ENABLED",
        "acme/logs",
        True,
    )
    assert (known(build.visibility), known(build.resource_access_role)) == ("PUBLIC_READ", "public")
    assert (known(build.timeout_minutes), known(build.queued_timeout_minutes)) == (30, 10)
    assert (known(build.concurrent_builds), known(build.automatic_retries), known(build.badge)) == (2, 1, True)
    assert [known(system) for system in values(build.file_systems)] == ["shared"]


def test_the_parts_of_a_project_that_may_be_missing() -> None:
    build = project(FULL)
    assert isinstance(build.cache, Known)
    assert [known(mode) for mode in values(build.cache.value.modes)] == ["LOCAL_DOCKER_LAYER_CACHE"]
    assert isinstance(build.network, Known)
    assert [known(group) for group in values(build.network.value.security_groups)] == ["sg-1"]
    assert isinstance(build.webhook, Known)
    webhook = build.webhook.value
    [group] = values(webhook.filter_groups)
    [event, head] = values(group.filters)
    assert (known(event.type), known(head.exclude)) == ("EVENT", True)
    assert known(webhook.pull_request_comments) == "ALL_PULL_REQUESTS"
    assert isinstance(build.batch, Known)
    batch = build.batch.value
    assert (known(build.batch_role), known(batch.most_builds), known(batch.timeout_minutes)) == ("batch", 5, 60)


def test_what_codebuild_takes_where_nothing_is_written() -> None:
    bare = project("Resources: {Build: {Type: 'AWS::CodeBuild::Project', Properties: {Environment: {Image: x}}}}")
    assert ask(bare.environment.privileged, lambda on: not on) is Truth.TRUE
    assert ask(bare.logs.cloudwatch_status, lambda status: status == "ENABLED") is Truth.TRUE
    assert ask(bare.logs.s3_status, lambda status: status == "DISABLED") is Truth.TRUE
    assert all(isinstance(part, Absent) for part in (bare.cache, bare.network, bare.webhook, bare.batch))


def test_what_cannot_be_seen_of_a_project_is_not_absent() -> None:
    hidden = project(
        "Resources: {Build: {Type: 'AWS::CodeBuild::Project', Properties: {Environment: !Transform {Name: x},"
        " LogsConfig: !Transform {Name: x}}}}"
    )
    assert isinstance(hidden.environment.privileged, Unknown)
    assert isinstance(hidden.logs.cloudwatch_status, Unknown)
    assert hidden.environment_variables.open is not None


REPOSITORY = """
Resources:
  Images:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: shop
      ImageTagMutability: IMMUTABLE_WITH_EXCLUSION
      ImageTagMutabilityExclusionFilters:
        - {ImageTagMutabilityExclusionFilterType: WILDCARD, ImageTagMutabilityExclusionFilterValue: "cache-*"}
      ImageScanningConfiguration: {ScanOnPush: true}
      EncryptionConfiguration: {EncryptionType: KMS, KmsKey: alias/images}
      LifecyclePolicy:
        LifecyclePolicyText: |
          {"rules": [{"rulePriority": 1, "action": {"type": "expire"}, "selection":
            {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7}}]}
"""


def test_a_repository() -> None:
    images = only(REPOSITORY, Repository)
    assert isinstance(images, Repository)
    assert (known(images.tag_mutability), known(images.scan_on_push)) == ("IMMUTABLE_WITH_EXCLUSION", True)
    assert [known(entry.pattern) for entry in values(images.exclusions)] == ["cache-*"]
    assert (known(images.encryption_type), known(images.encryption_key)) == ("KMS", "alias/images")
    [expiry] = values(images.expiries)
    assert (known(expiry.tag_status), known(expiry.count_type), known(expiry.count)) == (
        "untagged",
        "sinceImagePushed",
        7,
    )


def test_a_bare_repository() -> None:
    images = only("Resources: {Images: {Type: 'AWS::ECR::Repository'}}", Repository)
    assert isinstance(images, Repository)
    assert ask(images.tag_mutability, lambda kind: kind == "MUTABLE") is Truth.TRUE
    assert ask(images.scan_on_push, lambda on: not on) is Truth.TRUE
    assert isinstance(images.lifecycle_policy, Absent)
    assert images.expiries.open is None


def test_a_lifecycle_policy_that_is_no_json_hides_its_rules() -> None:
    text = (
        "Resources: {Images: {Type: 'AWS::ECR::Repository', Properties: {LifecyclePolicy: {LifecyclePolicyText: x}}}}"
    )
    images = only(text, Repository)
    assert isinstance(images, Repository)
    assert images.expiries.open is not None


def test_the_scanning_of_a_registry() -> None:
    scanning = only(
        "Resources: {Registry: {Type: 'AWS::ECR::RegistryScanningConfiguration', Properties: {ScanType: ENHANCED,"
        " Rules: [{ScanFrequency: CONTINUOUS_SCAN, RepositoryFilters: [{Filter: 'shop*', FilterType: WILDCARD}]}]}}}",
        RegistryScanning,
    )
    assert isinstance(scanning, RegistryScanning)
    [rule] = values(scanning.rules)
    assert (known(scanning.type), known(rule.frequency)) == ("ENHANCED", "CONTINUOUS_SCAN")
    assert [known(name) for name in values(rule.filters)] == ["shop*"]


def test_a_log_group() -> None:
    text = "Resources: {Logs: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: a, RetentionInDays: %s}}}"
    for written, days in (("30", 30), ("'90'", 90)):
        group = only(text % written, LogGroup)
        assert isinstance(group, LogGroup)
        assert known(group.retention_days) == days
        assert isinstance(group.kms_key, Absent)
