"""Resources that are fetched one by one: which calls fill which members of the snapshot's file."""

from __future__ import annotations

from collections.abc import Mapping

from pipecheck.values.record import record


@record
class Step:
    """A call of which a file keeps some members.

    `parameter` takes the name of the resource. `take` maps members of the answer to members of the file; the member
    "" is the whole answer. `absent` is what stands there where nothing is configured.
    """

    call: str
    parameter: str
    take: Mapping[str, str]
    others: Mapping[str, str] | None = None
    absent: object = None


STEPS: Mapping[str, tuple[Step, ...]] = {
    "s3/bucket": (
        Step("s3:GetBucketLocation", "Bucket", {"LocationConstraint": "LocationConstraint"}),
        Step("s3:GetBucketVersioning", "Bucket", {"": "Versioning"}),
        Step(
            "s3:GetBucketEncryption",
            "Bucket",
            {"ServerSideEncryptionConfiguration": "ServerSideEncryptionConfiguration"},
        ),
        Step(
            "s3:GetPublicAccessBlock",
            "Bucket",
            {"PublicAccessBlockConfiguration": "PublicAccessBlockConfiguration"},
            absent={},
        ),
        Step("s3:GetBucketPolicy", "Bucket", {"Policy": "Policy"}),
        Step("s3:GetBucketLifecycleConfiguration", "Bucket", {"": "Lifecycle"}),
        Step("s3:GetBucketLogging", "Bucket", {"LoggingEnabled": "LoggingEnabled"}),
        Step("s3:GetBucketOwnershipControls", "Bucket", {"OwnershipControls": "OwnershipControls"}),
        Step("s3:GetBucketAcl", "Bucket", {"Grants": "Grants", "Owner": "Owner"}),
    ),
    "ecr/registry-scanning": (
        Step("ecr:GetRegistryScanningConfiguration", "", {"scanningConfiguration": "scanningConfiguration"}),
    ),
    "codedeploy/deployment-config": (
        Step("codedeploy:GetDeploymentConfig", "deploymentConfigName", {"deploymentConfigInfo": "configuration"}),
    ),
    "codeconnections/connection": (
        Step("codeconnections:GetConnection", "ConnectionArn", {"Connection": "connection"}),
    ),
    "codestar-notifications/notification-rule": (
        Step("codestar-notifications:DescribeNotificationRule", "Arn", {"": "rule"}),
    ),
}

KEY_STEPS = (
    Step("kms:GetKeyPolicy", "KeyId", {"Policy": "Policy"}, {"PolicyName": "default"}),
    Step("kms:GetKeyRotationStatus", "KeyId", {"": "Rotation"}),
)

REPOSITORY_STEPS = (Step("ecr:GetLifecyclePolicy", "repositoryName", {"lifecyclePolicyText": "lifecyclePolicyText"}),)

EVENT_RULE_STEPS = (Step("events:DescribeRule", "Name", {"": "rule"}),)

TRAIL_STEPS = (
    Step("cloudtrail:GetTrailStatus", "Name", {"IsLogging": "IsLogging"}),
    Step(
        "cloudtrail:GetEventSelectors",
        "TrailName",
        {"EventSelectors": "EventSelectors", "AdvancedEventSelectors": "AdvancedEventSelectors"},
    ),
)
