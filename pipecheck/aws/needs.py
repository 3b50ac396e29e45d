"""What else has to be fetched for a pipeline, a build project or an event rule: everything that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipecheck.data.action_targets import REPOSITORY_KEYS
from pipecheck.model.snapshot import GLOBAL
from pipecheck.values.record import record

_REGION, _ACCOUNT, _ARN_PARTS = 3, 4, 6


@record
class Need:
    """A resource that something names. `account` is the one that its ARN tells, else the one that names it.

    `name` is as it is written: a name, an id or an ARN.
    """

    account: str
    region: str
    type: str
    name: str


@record
class Home:
    """Where something that names others is."""

    account: str
    region: str

    def need(self, type: str, name: object, region: str | None = None) -> Iterator[Need]:
        """The need for what `name` names; none where it names nothing, or only when the pipeline runs."""
        if not isinstance(name, str) or not name or "#{" in name:
            return
        account, where = self.account, region or self.region
        parts = name.split(":", _ARN_PARTS - 1)
        if name.startswith("arn:") and len(parts) == _ARN_PARTS:
            account, where = parts[_ACCOUNT] or account, region or parts[_REGION] or where
        yield Need(account, where, type, name)

    def role(self, arn: object) -> Iterator[Need]:
        """The need for a role."""
        if isinstance(arn, str) and ":role/" in arn:
            yield from self.need("iam/role", arn, GLOBAL)

    def bucket(self, name: object) -> Iterator[Need]:
        """The need for the bucket of a location such as `bucket/prefix`."""
        if isinstance(name, str):
            bucket = name.removeprefix("arn:aws:s3:::").split("/", 1)[0]
            yield from self.need("s3/bucket", bucket, GLOBAL)

    def key(self, id: object, region: str | None = None) -> Iterator[Need]:
        """The need for a key; AWS's own keys are not asked for."""
        if isinstance(id, str) and "alias/aws/" not in id:
            yield from self.need("kms/key", id, None if id.startswith("arn:") else region)


def needs_of_pipeline(structure: Mapping[str, Any], home: Home) -> Iterator[Need]:
    """What a pipeline, as GetPipeline answers, names."""
    yield from home.role(structure.get("roleArn"))
    single = structure.get("artifactStore")
    stores = {home.region: single} if single else structure.get("artifactStores") or {}
    for region, store in stores.items():
        yield from home.bucket(store.get("location"))
        yield from home.key((store.get("encryptionKey") or {}).get("id"), region)
    yield from home.need("logs/log-group", f"/aws/codepipeline/{structure.get('name')}")
    for stage in structure.get("stages", ()):
        for action in stage.get("actions", ()):
            yield from _needs_of_action(action, home)
        for slot in ("beforeEntry", "onSuccess", "onFailure"):
            for condition in (stage.get(slot) or {}).get("conditions", ()):
                for rule in condition.get("rules", ()):
                    yield from _needs_of_rule(rule, home)


def _needs_of_action(action: Mapping[str, Any], home: Home) -> Iterator[Need]:
    provider = (action.get("actionTypeId") or {}).get("provider")
    configuration = action.get("configuration") or {}
    region = action.get("region") or home.region
    yield from home.role(action.get("roleArn"))
    for key in ("RoleArn", "ServiceRoleArnOverride", "AdministrationRoleArn"):
        yield from home.role(configuration.get(key))
    match provider:
        case "CodeBuild":
            yield from home.need("codebuild/project", configuration.get("ProjectName"), region)
        case "S3":
            yield from home.bucket(configuration.get("S3Bucket") or configuration.get("BucketName"))
            yield from home.key(configuration.get("KMSEncryptionKeyARN"), region)
        case "CodeDeploy" | "CodeDeployToECS":
            application, group = configuration.get("ApplicationName"), configuration.get("DeploymentGroupName")
            if isinstance(application, str) and isinstance(group, str):
                yield from home.need("codedeploy/application", application, region)
                yield from home.need("codedeploy/deployment-group", f"{application}/{group}", region)
        case "CodeStarSourceConnection":
            yield from home.need("codeconnections/connection", configuration.get("ConnectionArn"))
        case str() if provider in REPOSITORY_KEYS:
            yield from home.need("ecr/repository", configuration.get(REPOSITORY_KEYS[provider]), region)
            yield from home.need("ecr/registry-scanning", "registry", region)
        case _:
            return


def _needs_of_rule(rule: Mapping[str, Any], home: Home) -> Iterator[Need]:
    configuration = rule.get("configuration") or {}
    region = rule.get("region") or home.region
    yield from home.role(rule.get("roleArn"))
    yield from home.need("codebuild/project", configuration.get("ProjectName"), region)
    yield from home.need("cloudwatch/alarm", configuration.get("AlarmName"), region)


def needs_of_project(project: Mapping[str, Any], home: Home) -> Iterator[Need]:
    """What a build project, as BatchGetProjects answers, names."""
    yield from home.role(project.get("serviceRole"))
    yield from home.role((project.get("buildBatchConfig") or {}).get("serviceRole"))
    parts = [project.get(key) or {} for key in ("source", "artifacts", "cache")]
    parts += [*(project.get("secondarySources") or ()), *(project.get("secondaryArtifacts") or ())]
    for part in parts:
        if part.get("type") == "S3":
            yield from home.bucket(part.get("location"))
    logs = project.get("logsConfig") or {}
    s3, cloudwatch = logs.get("s3Logs") or {}, logs.get("cloudWatchLogs") or {}
    if s3.get("status") == "ENABLED":
        yield from home.bucket(s3.get("location"))
    if cloudwatch.get("status", "ENABLED") == "ENABLED":
        yield from home.need("logs/log-group", cloudwatch.get("groupName") or f"/aws/codebuild/{project.get('name')}")


def needs_of_deployment_group(group: Mapping[str, Any], home: Home) -> Iterator[Need]:
    """What a deployment group names; configurations of AWS are not asked for."""
    configuration = group.get("deploymentConfigName")
    if isinstance(configuration, str) and not configuration.startswith("CodeDeployDefault."):
        yield from home.need("codedeploy/deployment-config", configuration)
    for alarm in (group.get("alarmConfiguration") or {}).get("alarms") or ():
        yield from home.need("cloudwatch/alarm", alarm.get("name"))
    yield from home.role(group.get("serviceRoleArn"))
