"""Every call that an audit makes. The fetcher makes no other, and the policy that it needs is printed from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipecheck.values.record import record


@record
class Call:
    """One read-only call: the operation of a service as botocore names them, and the IAM action that allows it.

    `fills` is what nobody can tell without it. `pages` says that answers come in pages, which a paginator of botocore
    follows. `absent` are the error codes that mean "not configured". `when` names the option that needs it; "" where
    every audit does.
    """

    service: str
    operation: str
    permission: str
    fills: str
    pages: bool = False
    absent: frozenset[str] = frozenset()
    when: str = ""

    @property
    def name(self) -> str:
        """`s3:GetBucketPolicy`; unlike an IAM action it never has another name than the operation."""
        return f"{self.service}:{self.operation}"


ORGANIZATION = "--organization"
ROLE_ARN = "--role-arn"

_TABLE = (
    Call("sts", "GetCallerIdentity", "sts:GetCallerIdentity", "which account is audited"),
    Call("sts", "AssumeRole", "sts:AssumeRole", "accounts other than one's own", when=ROLE_ARN),
    Call(
        "account", "ListRegions", "account:ListRegions", "which regions are enabled", pages=True, when="--all-regions"
    ),
    Call(
        "organizations",
        "ListAccounts",
        "organizations:ListAccounts",
        "the accounts of the organisation",
        pages=True,
        when=ORGANIZATION,
    ),
    Call(
        "organizations",
        "ListChildren",
        "organizations:ListChildren",
        "the accounts of an organisational unit",
        pages=True,
        when=ORGANIZATION,
    ),
    Call("codepipeline", "ListPipelines", "codepipeline:ListPipelines", "which pipelines there are", pages=True),
    Call("codepipeline", "GetPipeline", "codepipeline:GetPipeline", "the structure of pipelines"),
    Call("codepipeline", "GetPipelineState", "codepipeline:GetPipelineState", "disabled transitions"),
    Call(
        "codepipeline", "ListTagsForResource", "codepipeline:ListTagsForResource", "the tags of pipelines", pages=True
    ),
    Call("codepipeline", "ListWebhooks", "codepipeline:ListWebhooks", "webhooks", pages=True),
    Call("codebuild", "BatchGetProjects", "codebuild:BatchGetProjects", "build projects and their specifications"),
    Call(
        "events",
        "ListRuleNamesByTarget",
        "events:ListRuleNamesByTarget",
        "which event rules start pipelines",
        pages=True,
    ),
    Call("events", "DescribeRule", "events:DescribeRule", "the patterns of event rules"),
    Call("events", "ListTargetsByRule", "events:ListTargetsByRule", "the targets of event rules", pages=True),
    Call(
        "iam",
        "GetAccountAuthorizationDetails",
        "iam:GetAccountAuthorizationDetails",
        "roles and their policies",
        pages=True,
    ),
    Call("s3", "GetBucketLocation", "s3:GetBucketLocation", "the region of buckets"),
    Call("s3", "GetBucketVersioning", "s3:GetBucketVersioning", "the versioning of buckets"),
    Call(
        "s3",
        "GetBucketEncryption",
        "s3:GetEncryptionConfiguration",
        "the default encryption of buckets",
        absent=frozenset({"ServerSideEncryptionConfigurationNotFoundError"}),
    ),
    Call(
        "s3",
        "GetPublicAccessBlock",
        "s3:GetBucketPublicAccessBlock",
        "what buckets refuse to make public",
        absent=frozenset({"NoSuchPublicAccessBlockConfiguration"}),
    ),
    Call(
        "s3",
        "GetBucketPolicy",
        "s3:GetBucketPolicy",
        "the policies of buckets",
        absent=frozenset({"NoSuchBucketPolicy"}),
    ),
    Call(
        "s3",
        "GetBucketLifecycleConfiguration",
        "s3:GetLifecycleConfiguration",
        "the lifecycle of buckets",
        absent=frozenset({"NoSuchLifecycleConfiguration"}),
    ),
    Call("s3", "GetBucketLogging", "s3:GetBucketLogging", "the access logs of buckets"),
    Call(
        "s3",
        "GetBucketOwnershipControls",
        "s3:GetBucketOwnershipControls",
        "who owns the objects of buckets",
        absent=frozenset({"OwnershipControlsNotFoundError"}),
    ),
    Call("s3", "GetBucketAcl", "s3:GetBucketAcl", "the access control lists of buckets"),
    Call("kms", "DescribeKey", "kms:DescribeKey", "keys and what aliases stand for"),
    Call("kms", "GetKeyPolicy", "kms:GetKeyPolicy", "the policies of keys"),
    Call(
        "kms",
        "GetKeyRotationStatus",
        "kms:GetKeyRotationStatus",
        "the rotation of keys",
        absent=frozenset({"UnsupportedOperationException"}),
    ),
    Call("ecr", "DescribeRepositories", "ecr:DescribeRepositories", "repositories of images", pages=True),
    Call(
        "ecr",
        "GetLifecyclePolicy",
        "ecr:GetLifecyclePolicy",
        "the lifecycle policies of repositories",
        absent=frozenset({"LifecyclePolicyNotFoundException"}),
    ),
    Call(
        "ecr",
        "GetRegistryScanningConfiguration",
        "ecr:GetRegistryScanningConfiguration",
        "how the registry scans images",
    ),
    Call("logs", "DescribeLogGroups", "logs:DescribeLogGroups", "log groups and their retention", pages=True),
    Call("codedeploy", "BatchGetApplications", "codedeploy:BatchGetApplications", "CodeDeploy applications"),
    Call("codedeploy", "BatchGetDeploymentGroups", "codedeploy:BatchGetDeploymentGroups", "deployment groups"),
    Call("codedeploy", "GetDeploymentConfig", "codedeploy:GetDeploymentConfig", "deployment configurations"),
    Call("cloudwatch", "DescribeAlarms", "cloudwatch:DescribeAlarms", "alarms", pages=True),
    Call("codeconnections", "GetConnection", "codeconnections:GetConnection", "connections to Git hosts"),
    Call(
        "codestar-notifications",
        "ListNotificationRules",
        "codestar-notifications:ListNotificationRules",
        "which notification rules there are",
        pages=True,
    ),
    Call(
        "codestar-notifications",
        "DescribeNotificationRule",
        "codestar-notifications:DescribeNotificationRule",
        "notification rules",
    ),
    Call("cloudtrail", "DescribeTrails", "cloudtrail:DescribeTrails", "trails"),
    Call("cloudtrail", "GetTrailStatus", "cloudtrail:GetTrailStatus", "whether trails are logging"),
    Call("cloudtrail", "GetEventSelectors", "cloudtrail:GetEventSelectors", "which events trails record"),
)

CALLS: Mapping[str, Call] = {call.name: call for call in _TABLE}

_FURTHER_PERMISSIONS = ("codestar-connections:GetConnection",)
"""Connections that were made under the service's old name are read under it.

https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
"""


def policy_document(roles: Iterable[str] = ()) -> dict[str, object]:
    """The IAM policy that allows exactly the calls of the table.

    `roles` are the ARNs of roles to assume in other accounts; without any, AssumeRole is left out.
    """
    assumable = list(roles)
    actions = sorted({call.permission for call in _TABLE if call.when != ROLE_ARN} | {*_FURTHER_PERMISSIONS})
    statements: list[dict[str, object]] = [
        {"Sid": "PipecheckReads", "Effect": "Allow", "Action": actions, "Resource": "*"}
    ]
    if assumable:
        statements.append(
            {"Sid": "PipecheckAssumes", "Effect": "Allow", "Action": ["sts:AssumeRole"], "Resource": assumable}
        )
    return {"Version": "2012-10-17", "Statement": statements}
