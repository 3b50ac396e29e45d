"""A small account, made by API calls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import boto3

IRELAND, VIRGINIA = "eu-west-1", "us-east-1"
NUMBER = "123456789012"


def policy(*statements: Mapping[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(service: str) -> str:
    return policy({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def action(name: str, category: str, provider: str, **more: Any) -> dict[str, Any]:
    owner = more.pop("owner", "AWS")
    type_id = {"category": category, "owner": owner, "provider": provider, "version": "1"}
    return {"name": name, "actionTypeId": type_id, **more}


def source(**configuration: str) -> dict[str, Any]:
    return {
        "name": "Source",
        "actions": [
            action(
                "Fetch",
                "Source",
                "CodeCommit",
                configuration={"RepositoryName": "shop", "BranchName": "main", **configuration},
                outputArtifacts=[{"name": "code"}],
            )
        ],
    }


def build(project: str, **more: Any) -> dict[str, Any]:
    made = action(
        "Make",
        "Build",
        "CodeBuild",
        configuration={"ProjectName": project},
        inputArtifacts=[{"name": "code"}],
        **more,
    )
    return {"name": "Build", "actions": [made]}


def deploy(name: str = "Prod") -> dict[str, Any]:
    made = action(
        "Stack",
        "Deploy",
        "CloudFormation",
        configuration={
            "ActionMode": "CREATE_UPDATE",
            "StackName": "shop-prod",
            "TemplatePath": "code::template.yaml",
            "RoleArn": f"arn:aws:iam::{NUMBER}:role/deployer",
        },
        inputArtifacts=[{"name": "code"}],
    )
    return {"name": name, "actions": [made]}


class Account:
    """Makes resources through an endpoint, with given or default credentials."""

    def __init__(self, url: str, credentials: dict[str, str] | None = None) -> None:
        self._url = url
        self._credentials = credentials or {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}

    def client(self, service: str, region: str = IRELAND) -> Any:
        return boto3.client(service, region_name=region, endpoint_url=self._url, **self._credentials)

    def role(self, name: str, service: str, *statements: Mapping[str, object], managed: str | None = None) -> str:
        iam = self.client("iam")
        arn: str = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(service))["Role"]["Arn"]
        if statements:
            iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=policy(*statements))
        if managed is not None:
            iam.attach_role_policy(RoleName=name, PolicyArn=managed)
        return arn

    def bucket(self, name: str, region: str = IRELAND) -> None:
        place = {} if region == VIRGINIA else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        self.client("s3", region).create_bucket(Bucket=name, **place)

    def project(self, name: str, role: str, region: str = IRELAND, **more: Any) -> None:
        self.client("codebuild", region).create_project(
            name=name,
            source={"type": "CODEPIPELINE", "location": "-", **more.pop("source", {})},
            artifacts={"type": "CODEPIPELINE", "location": "-"},
            environment={
                "type": "LINUX_CONTAINER",
                "image": "aws/codebuild/standard:7.0",
                "computeType": "BUILD_GENERAL1_SMALL",
                **more.pop("environment", {}),
            },
            serviceRole=role,
            **more,
        )

    def pipeline(
        self, name: str, role: str, bucket: str, *stages: dict[str, Any], region: str = IRELAND, **more: Any
    ) -> None:
        store = {"type": "S3", "location": bucket, **more.pop("store", {})}
        self.client("codepipeline", region).create_pipeline(
            pipeline={
                "name": name,
                "roleArn": role,
                "artifactStore": store,
                "stages": list(stages),
                "version": 1,
                **more,
            },
            tags=[{"key": "team", "value": "shop"}],
        )

    def fill(self) -> None:
        """Three pipelines in two regions, with roles, buckets, keys, projects, an event rule and a log group."""
        everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        pipe = self.role("shop-pipeline", "codepipeline.amazonaws.com", everything)
        own = self.client("iam").create_policy(
            PolicyName="reads-all", PolicyDocument=policy({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
        )["Policy"]["Arn"]
        builder = self.role("shop-build", "codebuild.amazonaws.com", managed=own)
        self.role("deployer", "cloudformation.amazonaws.com", managed="arn:aws:iam::aws:policy/AdministratorAccess")
        starter = self.role("starter", "events.amazonaws.com", everything)
        key = self.client("kms").create_key()["KeyMetadata"]["Arn"]
        self.client("kms").create_alias(AliasName="alias/shop", TargetKeyId=key)
        self.bucket("shop-artifacts")
        self.client("s3").put_bucket_versioning(
            Bucket="shop-artifacts", VersioningConfiguration={"Status": "Enabled"}
        )
        self.bucket("web-artifacts", VIRGINIA)
        secret = {"name": "DB_PASSWORD", "value": "correct-horse-battery", "type": "PLAINTEXT"}
        self.project("shop-build", builder, environment={"environmentVariables": [secret], "privilegedMode": True})
        self.project("web-build", builder, VIRGINIA)
        store = {"encryptionKey": {"id": "alias/shop", "type": "KMS"}}
        self.pipeline("shop", pipe, "shop-artifacts", source(), build("shop-build"), deploy(), store=store)
        self.pipeline(
            "shop-two",
            pipe,
            "shop-artifacts",
            source(),
            build("shop-build"),
            pipelineType="V2",
            executionMode="QUEUED",
        )
        self.pipeline("web", pipe, "web-artifacts", source(), build("web-build"), region=VIRGINIA)
        events = self.client("events")
        events.put_rule(Name="start-shop", EventPattern=json.dumps({"source": ["aws.codecommit"]}))
        arn = f"arn:aws:codepipeline:{IRELAND}:{NUMBER}:shop"
        events.put_targets(Rule="start-shop", Targets=[{"Id": "1", "Arn": arn, "RoleArn": starter}])
        self.client("logs").create_log_group(logGroupName="/aws/codebuild/shop-build")
