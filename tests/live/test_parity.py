"""One rule, every input: a template, and the snapshot of the same resources made by API calls, get the same verdicts.

What a live account adds, and a template cannot hold:

- the region and account of each resource, so that rules which need them can tell (`artifact-bucket-region`,
  `artifact-kms-key-policy`)
- tokens of source actions, which AWS does not return: `source-oauth-token-literal` passes where a template may fail
- log groups that do not exist yet, and how the registry scans images
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from textwrap import dedent
from typing import Any

from tests.live.account import NUMBER, Account, action, policy
from tests.live.audit import run
from tests.live.front import Front

ADDED_BY_LIVE = {"artifact-bucket-region", "artifact-kms-key-policy"}

TEMPLATE = dedent(
    """
    Resources:
      Pipeline:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          Name: parity
          RoleArn: !GetAtt Role.Arn
          PipelineType: V2
          ExecutionMode: PARALLEL
          ArtifactStore: {Type: S3, Location: !Ref Bucket, EncryptionKey: {Type: KMS, Id: alias/parity}}
          Stages:
            - Name: Source
              Actions:
                - Name: Fetch
                  ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}
                  Configuration: {RepositoryName: shop, BranchName: main}
                  OutputArtifacts: [{Name: code}]
            - Name: Build
              Actions:
                - Name: Make
                  ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}
                  Configuration: {ProjectName: !Ref Project, PrimarySource: code}
                  InputArtifacts: [{Name: code}]
            - Name: Push
              Actions:
                - Name: Image
                  ActionTypeId: {Category: Build, Owner: AWS, Provider: ECRBuildAndPublish, Version: "1"}
                  Configuration: {ECRRepositoryName: !Ref Repository}
                  InputArtifacts: [{Name: code}]
            - Name: Prod
              Actions:
                - Name: Stack
                  ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
                  Configuration:
                    ActionMode: CREATE_UPDATE
                    StackName: shop-prod
                    TemplatePath: code::t.yaml
                    RoleArn: !GetAtt Deployer.Arn
                  InputArtifacts: [{Name: code}]
      Role:
        Type: AWS::IAM::Role
        Properties:
          RoleName: parity-pipeline
          AssumeRolePolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: codepipeline.amazonaws.com}, Action: "sts:AssumeRole"}]
          Policies:
            - PolicyName: inline
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Action: "iam:PassRole", Resource: "*"}
                  - Effect: Allow
                    Action: ["s3:GetObject", "s3:PutObject"]
                    Resource: arn:aws:s3:::parity-artifacts/*
      Builder:
        Type: AWS::IAM::Role
        Properties:
          RoleName: parity-build
          AssumeRolePolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]
          ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]
      Own:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          ManagedPolicyName: parity-own
          Roles: [!Ref Builder]
          PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}
      Deployer:
        Type: AWS::IAM::Role
        Properties:
          RoleName: parity-deploy
          AssumeRolePolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: cloudformation.amazonaws.com}, Action: "sts:AssumeRole"}]
          Policies:
            - PolicyName: inline
              PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
      Bucket:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: parity-artifacts
          VersioningConfiguration: {Status: Enabled}
          PublicAccessBlockConfiguration:
            {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
          BucketEncryption:
            ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms"}}]
          LifecycleConfiguration:
            Rules:
              - Id: short
                Status: Enabled
                ExpirationInDays: 30
                NoncurrentVersionExpiration: {NoncurrentDays: 30}
                AbortIncompleteMultipartUpload: {DaysAfterInitiation: 7}
      BucketPolicy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref Bucket
          PolicyDocument:
            Statement:
              - Effect: Deny
                Principal: "*"
                Action: "s3:*"
                Resource: ["arn:aws:s3:::parity-artifacts", "arn:aws:s3:::parity-artifacts/*"]
                Condition: {Bool: {"aws:SecureTransport": "false"}}
              - {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::parity-artifacts/*"}
      Key:
        Type: AWS::KMS::Key
        Properties:
          EnableKeyRotation: true
          KeyPolicy:
            Statement:
              - {Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "kms:*", Resource: "*"}
      Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/parity, TargetKeyId: !Ref Key}}
      Project:
        Type: AWS::CodeBuild::Project
        Properties:
          Name: parity-build
          ServiceRole: !GetAtt Builder.Arn
          Source:
            Type: CODEPIPELINE
            BuildSpec: |
              version: 0.2
              phases:
                build:
                  commands:
                    - make test
          Artifacts: {Type: CODEPIPELINE}
          Environment:
            Type: LINUX_CONTAINER
            Image: aws/codebuild/standard:7.0
            ComputeType: BUILD_GENERAL1_SMALL
            PrivilegedMode: true
            EnvironmentVariables:
              - {Name: DB_PASSWORD, Value: correct-horse-battery, Type: PLAINTEXT}
              - {Name: STAGE, Value: prod}
      Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/codebuild/parity-build, RetentionInDays: 14}}
      PipelineGroup: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/codepipeline/parity}}
      Repository: {Type: AWS::ECR::Repository, Properties: {RepositoryName: parity}}
      Registry: {Type: AWS::ECR::RegistryScanningConfiguration, Properties: {ScanType: BASIC, Rules: []}}
    """
)


def make(account: Account) -> None:
    """The same resources by API calls."""
    passing: dict[str, object] = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}
    objects: dict[str, object] = {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:PutObject"],
        "Resource": "arn:aws:s3:::parity-artifacts/*",
    }
    pipe = account.role("parity-pipeline", "codepipeline.amazonaws.com", passing, objects)
    s3_access = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    builder = account.role("parity-build", "codebuild.amazonaws.com", managed=s3_access)
    own = account.client("iam").create_policy(
        PolicyName="parity-own", PolicyDocument=policy({"Effect": "Allow", "Action": "logs:*", "Resource": "*"})
    )["Policy"]["Arn"]
    account.client("iam").attach_role_policy(RoleName="parity-build", PolicyArn=own)
    deployer = account.role(
        "parity-deploy", "cloudformation.amazonaws.com", {"Effect": "Allow", "Action": "*", "Resource": "*"}
    )
    make_bucket(account)
    kms = account.client("kms")
    root = {"AWS": f"arn:aws:iam::{NUMBER}:root"}
    text = policy({"Effect": "Allow", "Principal": root, "Action": "kms:*", "Resource": "*"})
    key = kms.create_key(Policy=text)["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key)
    kms.create_alias(AliasName="alias/parity", TargetKeyId=key)
    account.project(
        "parity-build",
        builder,
        source={"buildspec": "version: 0.2\nphases:\n  build:\n    commands:\n      - make test\n"},
        environment={
            "privilegedMode": True,
            "environmentVariables": [
                {"name": "DB_PASSWORD", "value": "correct-horse-battery", "type": "PLAINTEXT"},
                {"name": "STAGE", "value": "prod"},
            ],
        },
    )
    logs = account.client("logs")
    logs.create_log_group(logGroupName="/aws/codebuild/parity-build")
    logs.put_retention_policy(logGroupName="/aws/codebuild/parity-build", retentionInDays=14)
    logs.create_log_group(logGroupName="/aws/codepipeline/parity")
    account.client("ecr").create_repository(repositoryName="parity")
    make_pipeline(account, pipe, deployer)


def make_bucket(account: Account) -> None:
    name = "parity-artifacts"
    account.bucket(name)
    s3 = account.client("s3")
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    flags = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    encryption = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration=encryption)
    rule = {
        "ID": "short",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Expiration": {"Days": 30},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [rule]})
    arns = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    text = policy(
        {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": arns, "Condition": insecure},
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": arns[1]},
    )
    s3.put_bucket_policy(Bucket=name, Policy=text)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(flags, True))


def make_pipeline(account: Account, pipe: str, deployer: str) -> None:
    code = [{"name": "code"}]
    stages: list[dict[str, Any]] = [
        {"name": name, "actions": [made]}
        for name, made in (
            (
                "Source",
                action(
                    "Fetch", "Source", "CodeCommit", outputArtifacts=code,
                    configuration={"RepositoryName": "shop", "BranchName": "main"},
                ),
            ),
            (
                "Build",
                action(
                    "Make", "Build", "CodeBuild", inputArtifacts=code,
                    configuration={"ProjectName": "parity-build", "PrimarySource": "code"},
                ),
            ),
            (
                "Push",
                action(
                    "Image", "Build", "ECRBuildAndPublish", inputArtifacts=code,
                    configuration={"ECRRepositoryName": "parity"},
                ),
            ),
            (
                "Prod",
                action(
                    "Stack", "Deploy", "CloudFormation", inputArtifacts=code,
                    configuration={
                        "ActionMode": "CREATE_UPDATE", "StackName": "shop-prod", "TemplatePath": "code::t.yaml",
                        "RoleArn": deployer,
                    },
                ),
            ),
        )
    ]  # fmt: skip
    store = {"encryptionKey": {"id": "alias/parity", "type": "KMS"}}
    account.pipeline(
        "parity", pipe, "parity-artifacts", *stages, store=store, pipelineType="V2", executionMode="PARALLEL"
    )


def by_rule(path: Path) -> dict[str, Counter[tuple[str, str, str]]]:
    """The verdicts of each rule: kind of subject, stage or action, verdict."""
    found: dict[str, Counter[tuple[str, str, str]]] = {}
    for finding in json.loads(run("scan", path, "-f", "json", "--verbose").stdout)["findings"]:
        subject = finding["subject"]
        key = (subject["kind"], subject["action"] or subject["stage"] or "", finding["verdict"])
        found.setdefault(finding["rule"], Counter())[key] += 1
    return found


def test_a_template_and_its_resources_get_the_same_verdicts(front: Front, account: Account, tmp_path: Path) -> None:
    make(account)
    template = tmp_path / "template.yaml"
    template.write_text(TEMPLATE)
    out = tmp_path / "snapshot"
    fetched = run("fetch", "--endpoint-url", front.url, "--region", "eu-west-1", "--pipeline", "parity", "--out", out)
    assert fetched.exit_code == 0, fetched.stderr

    written, live = by_rule(template), by_rule(out)

    assert len(written) > 25
    differing = {rule for rule in written.keys() | live.keys() if written.get(rule) != live.get(rule)}
    assert {rule: (written.get(rule), live.get(rule)) for rule in differing - ADDED_BY_LIVE} == {}
    for rule in differing:
        unknown = {(kind, name) for kind, name, verdict in written[rule] if verdict == "unknown"}
        assert unknown, f"{rule}: the live account may only add where the template cannot tell"
