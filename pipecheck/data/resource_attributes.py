"""What Ref and GetAtt return for the resource types that pipelines rest on.

In a pattern, `{name}` is the physical name, `{id}` a generated identifier, `{partition}`, `{region}` and `{account}`
the pseudo parameters. Source: "Return values" of each type in
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
"""

from __future__ import annotations

NAME_PROPERTIES = {
    "AWS::CloudTrail::Trail": "TrailName",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CodeBuild::Project": "Name",
    "AWS::CodeCommit::Repository": "RepositoryName",
    "AWS::CodeDeploy::Application": "ApplicationName",
    "AWS::CodeDeploy::DeploymentConfig": "DeploymentConfigName",
    "AWS::CodeDeploy::DeploymentGroup": "DeploymentGroupName",
    "AWS::CodePipeline::Pipeline": "Name",
    "AWS::CodePipeline::Webhook": "Name",
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::ECS::Cluster": "ClusterName",
    "AWS::ECS::Service": "ServiceName",
    "AWS::ElasticBeanstalk::Application": "ApplicationName",
    "AWS::ElasticBeanstalk::Environment": "EnvironmentName",
    "AWS::Events::Rule": "Name",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SSM::Parameter": "Name",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::Serverless::Function": "FunctionName",
}

REF = {
    "AWS::CloudTrail::Trail": "{name}",
    "AWS::CloudWatch::Alarm": "{name}",
    "AWS::CodeBuild::Project": "{name}",
    "AWS::CodeCommit::Repository": "{id}",
    "AWS::CodeConnections::Connection": "arn:{partition}:codeconnections:{region}:{account}:connection/{id}",
    "AWS::CodeDeploy::Application": "{name}",
    "AWS::CodeDeploy::DeploymentConfig": "{name}",
    "AWS::CodeDeploy::DeploymentGroup": "{name}",
    "AWS::CodePipeline::Pipeline": "{name}",
    "AWS::CodePipeline::Webhook": "{name}",
    "AWS::CodeStarConnections::Connection": "arn:{partition}:codestar-connections:{region}:{account}:connection/{id}",
    "AWS::ECR::Repository": "{name}",
    "AWS::ECS::Cluster": "{name}",
    "AWS::ElasticBeanstalk::Application": "{name}",
    "AWS::ElasticBeanstalk::Environment": "{name}",
    "AWS::Events::Rule": "{name}",
    "AWS::IAM::ManagedPolicy": "arn:{partition}:iam::{account}:policy/{name}",
    "AWS::IAM::Role": "{name}",
    "AWS::KMS::Alias": "{name}",
    "AWS::KMS::Key": "{id}",
    "AWS::KMS::ReplicaKey": "{id}",
    "AWS::Lambda::Function": "{name}",
    "AWS::Logs::LogGroup": "{name}",
    "AWS::S3::Bucket": "{name}",
    "AWS::SNS::Topic": "arn:{partition}:sns:{region}:{account}:{name}",
    "AWS::SSM::Parameter": "{name}",
    "AWS::SecretsManager::Secret": "arn:{partition}:secretsmanager:{region}:{account}:secret:{id}",
    "AWS::Serverless::Function": "{name}",
}

GET_ATT = {
    ("AWS::CloudTrail::Trail", "Arn"): "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}",
    ("AWS::CloudWatch::Alarm", "Arn"): "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
    ("AWS::CodeBuild::Project", "Arn"): "arn:{partition}:codebuild:{region}:{account}:project/{name}",
    ("AWS::CodeCommit::Repository", "Arn"): "arn:{partition}:codecommit:{region}:{account}:{name}",
    ("AWS::CodeCommit::Repository", "Name"): "{name}",
    ("AWS::ECR::Repository", "Arn"): "arn:{partition}:ecr:{region}:{account}:repository/{name}",
    ("AWS::ECS::Cluster", "Arn"): "arn:{partition}:ecs:{region}:{account}:cluster/{name}",
    ("AWS::ECS::Service", "Name"): "{name}",
    ("AWS::IAM::Role", "Arn"): "arn:{partition}:iam::{account}:role/{name}",
    ("AWS::KMS::Key", "Arn"): "arn:{partition}:kms:{region}:{account}:key/{id}",
    ("AWS::KMS::Key", "KeyId"): "{id}",
    ("AWS::KMS::ReplicaKey", "Arn"): "arn:{partition}:kms:{region}:{account}:key/{id}",
    ("AWS::KMS::ReplicaKey", "KeyId"): "{id}",
    ("AWS::Lambda::Function", "Arn"): "arn:{partition}:lambda:{region}:{account}:function:{name}",
    ("AWS::Logs::LogGroup", "Arn"): "arn:{partition}:logs:{region}:{account}:log-group:{name}:*",
    ("AWS::S3::Bucket", "Arn"): "arn:{partition}:s3:::{name}",
    ("AWS::SNS::Topic", "TopicArn"): "arn:{partition}:sns:{region}:{account}:{name}",
    ("AWS::SNS::Topic", "TopicName"): "{name}",
    ("AWS::Serverless::Function", "Arn"): "arn:{partition}:lambda:{region}:{account}:function:{name}",
}
