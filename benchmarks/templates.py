"""Templates to measure with: pipelines with their roles, buckets and builds, of any size and number."""

from __future__ import annotations

from pathlib import Path

_UNIT = """
  Bucket{n}:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {{Status: Enabled}}
      LifecycleConfiguration:
        Rules:
          - {{Id: expire, Status: Enabled, ExpirationInDays: 90}}
  Key{n}:
    Type: AWS::KMS::Key
    Properties:
      Description: !Sub "artifacts of ${{AWS::StackName}} {n}"
  Role{n}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {{Service: codepipeline.amazonaws.com}}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: pipeline
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [s3:GetObject, s3:GetObjectVersion, s3:PutObject]
                Resource: !Sub "${{Bucket{n}.Arn}}/*"
              - Effect: Allow
                Action: [codebuild:StartBuild, codebuild:BatchGetBuilds]
                Resource: !GetAtt Project{n}.Arn
              - Effect: Allow
                Action: "cloudformation:*"
                Resource: "*"
  Project{n}:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: !GetAtt Role{n}.Arn
      Artifacts: {{Type: CODEPIPELINE}}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        EnvironmentVariables:
          - {{Name: STAGE, Value: !Ref Stage}}
          - {{Name: DB_PASSWORD, Value: /shop/db, Type: PARAMETER_STORE}}
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - make test
                - make package
  Pipeline{n}:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !GetAtt Role{n}.Arn
      ArtifactStore:
        Type: S3
        Location: !Ref Bucket{n}
        EncryptionKey: {{Type: KMS, Id: !GetAtt Key{n}.Arn}}
      Stages:
        - Name: Source
          Actions:
            - Name: Fetch
              ActionTypeId: {{Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}
              Configuration:
                ConnectionArn: !Ref Connection
                FullRepositoryId: example/shop
                BranchName: main
              OutputArtifacts: [{{Name: Code}}]
        - Name: Build
          Actions:
            - Name: Build
              ActionTypeId: {{Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}}
              Configuration: {{ProjectName: !Ref Project{n}}}
              InputArtifacts: [{{Name: Code}}]
              OutputArtifacts: [{{Name: Built}}]
        - Name: Production
          Actions:
            - Name: Approve
              RunOrder: 1
              ActionTypeId: {{Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}
            - Name: Deploy
              RunOrder: 2
              ActionTypeId: {{Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}
              Configuration:
                ActionMode: CREATE_UPDATE
                StackName: !Sub "shop-{n}-${{Stage}}"
                TemplatePath: Built::template.yaml
                RoleArn: !GetAtt Role{n}.Arn
              InputArtifacts: [{{Name: Built}}]
"""
_HEAD = """AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: {Type: String, Default: production}
  Connection: {Type: String}
Resources:
"""


def template(size: int) -> str:
    """A template of at least `size` bytes: as many pipelines as that takes, one at least."""
    parts = [_HEAD]
    length = len(_HEAD)
    number = 0
    while number == 0 or length < size:
        unit = _UNIT.format(n=number)
        parts.append(unit)
        length += len(unit)
        number += 1
    return "".join(parts)


_BESIDE = """
  Handler{n}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: !Sub "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/handler-{n}"
      Environment:
        Variables: {{TABLE: !Ref Table{n}, STAGE: !Ref Stage}}
      Code:
        ZipFile: |
          import os

          def handler(event, context):
              return {{"statusCode": 200, "body": os.environ["TABLE"]}}
  Table{n}:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
  Errors{n}:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{{Name: FunctionName, Value: !Ref Handler{n}}}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
"""


def write_mixed_template(file: Path, size: int) -> Path:
    """Writes a template of a few pipelines (20 KB) and, for the rest, of what they might deploy."""
    parts = [template(20_000)]
    length = len(parts[0])
    while length < size:
        parts.append(_BESIDE.format(n=len(parts)))
        length += len(parts[-1])
    file.write_text("".join(parts), "utf-8")
    return file


def write_template(file: Path, size: int) -> Path:
    """Writes one template."""
    file.write_text(template(size), "utf-8")
    return file


def write_folder(folder: Path, count: int, size: int) -> Path:
    """Writes `count` templates of about `size` bytes into a new folder."""
    folder.mkdir(parents=True)
    text = template(size)
    for number in range(count):
        (folder / f"pipeline-{number:04}.yaml").write_text(text.replace("shop-", f"shop-{number}-"), "utf-8")
    return folder
