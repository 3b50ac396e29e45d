"""The kinds of actions and of condition rules that AWS has: artifacts, configuration keys, versions, variables.

Keyed by category, owner and provider as `Category/Owner/Provider`. Every row is what the page of the provider says:
https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html and
https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html. For approvals it is
approvals-action-add.html, for GitHub version 1 appendix-github-oauth.html, for Alexa
structure-configuration-examples.html beside them. Tuples and dicts alone: a check reads one of the tables and makes
nothing of the others.
"""

from __future__ import annotations

ARTIFACTS: dict[str, tuple[int, int, int, int]] = {
    "Approval/AWS/Manual": (0, 0, 0, 0),
    "Build/AWS/CodeBuild": (1, 5, 0, 5),
    "Build/AWS/ECRBuildAndPublish": (1, 1, 0, 0),
    "Compute/AWS/Commands": (1, 10, 0, 1),
    "Deploy/AWS/AppConfig": (1, 1, 0, 0),
    "Deploy/AWS/CloudFormation": (0, 10, 0, 1),
    "Deploy/AWS/CloudFormationStackInstances": (0, 2, 0, 0),
    "Deploy/AWS/CloudFormationStackSet": (1, 3, 0, 0),
    "Deploy/AWS/CodeDeploy": (1, 1, 0, 0),
    "Deploy/AWS/CodeDeployToECS": (1, 5, 0, 0),
    "Deploy/AWS/EC2": (1, 1, 0, 0),
    "Deploy/AWS/ECS": (1, 1, 0, 0),
    "Deploy/AWS/EKS": (1, 1, 0, 0),
    "Deploy/AWS/ElasticBeanstalk": (1, 1, 0, 0),
    "Deploy/AWS/Lambda": (0, 1, 0, 0),
    "Deploy/AWS/OpsWorks": (1, 1, 0, 1),
    "Deploy/AWS/S3": (1, 1, 0, 0),
    "Deploy/AWS/ServiceCatalog": (1, 1, 0, 0),
    "Deploy/ThirdParty/AlexaSkillsKit": (1, 2, 0, 0),
    "Invoke/AWS/CodePipeline": (0, 0, 0, 0),
    "Invoke/AWS/InspectorScan": (0, 1, 1, 1),
    "Invoke/AWS/Lambda": (0, 5, 0, 5),
    "Invoke/AWS/StepFunctions": (0, 1, 0, 1),
    "Invoke/ThirdParty/Snyk": (1, 1, 1, 1),
    "Source/AWS/CodeCommit": (0, 0, 1, 1),
    "Source/AWS/CodeStarSourceConnection": (0, 0, 1, 1),
    "Source/AWS/ECR": (0, 0, 1, 1),
    "Source/AWS/S3": (0, 0, 1, 1),
    "Source/ThirdParty/GitHub": (0, 0, 1, 1),
    "Test/AWS/CodeBuild": (1, 5, 0, 5),
    "Test/AWS/DeviceFarm": (1, 1, 0, 0),
}
"""The least and most input artifacts, the least and most output artifacts.

https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html
"""

CUSTOM_ARTIFACTS = (0, 5, 0, 5)
"""Those of a custom action, whose own type may allow fewer.

https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
"""

VERSION = "1"
"""The version of every action of AWS and of third parties."""

V2_ONLY = frozenset(
    {
        "Build/AWS/ECRBuildAndPublish",
        "Compute/AWS/Commands",
        "Deploy/AWS/EC2",
        "Deploy/AWS/EKS",
        "Deploy/AWS/Lambda",
        "Invoke/AWS/CodePipeline",
    }
)
"""https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-types.html"""

REQUIRED: dict[str, str] = {
    "Build/AWS/CodeBuild": "ProjectName",
    "Build/AWS/ECRBuildAndPublish": "ECRRepositoryName",
    "Deploy/AWS/AppConfig": "Application Environment ConfigurationProfile InputArtifactConfigurationPath",
    "Deploy/AWS/CloudFormation": "ActionMode StackName",
    "Deploy/AWS/CloudFormationStackInstances": "StackSetName DeploymentTargets Regions",
    "Deploy/AWS/CloudFormationStackSet": "StackSetName TemplatePath",
    "Deploy/AWS/CodeDeploy": "ApplicationName DeploymentGroupName",
    "Deploy/AWS/CodeDeployToECS": (
        "ApplicationName DeploymentGroupName TaskDefinitionTemplateArtifact AppSpecTemplateArtifact"
    ),
    "Deploy/AWS/EC2": "InstanceTagKey InstanceType",
    "Deploy/AWS/ECS": "ClusterName ServiceName",
    "Deploy/AWS/EKS": "ClusterName",
    "Deploy/AWS/ElasticBeanstalk": "ApplicationName EnvironmentName",
    "Deploy/AWS/Lambda": "FunctionName",
    "Deploy/AWS/S3": "BucketName Extract",
    "Deploy/AWS/ServiceCatalog": "ProductId",
    "Deploy/ThirdParty/AlexaSkillsKit": "ClientId ClientSecret RefreshToken SkillId",
    "Invoke/AWS/CodePipeline": "PipelineName",
    "Invoke/AWS/InspectorScan": "InspectorRunMode",
    "Invoke/AWS/Lambda": "FunctionName",
    "Invoke/AWS/StepFunctions": "StateMachineArn",
    "Source/AWS/CodeCommit": "RepositoryName BranchName",
    "Source/AWS/CodeStarSourceConnection": "ConnectionArn FullRepositoryId BranchName",
    "Source/AWS/ECR": "RepositoryName",
    "Source/AWS/S3": "S3Bucket S3ObjectKey",
    "Source/ThirdParty/GitHub": "Owner Repo Branch OAuthToken",
    "Test/AWS/CodeBuild": "ProjectName",
    "Test/AWS/DeviceFarm": "AppType ProjectId App DevicePoolArn TestType",
}
"""The configuration keys that each needs, whatever the others say; not those of OpsWorks, which has ended."""

OPTIONAL: dict[str, str] = {
    "Approval/AWS/Manual": "NotificationArn CustomData ExternalEntityLink",
    "Build/AWS/CodeBuild": (
        "PrimarySource BatchEnabled BuildspecOverride CombineArtifacts EnvironmentVariables ServiceRoleArnOverride"
    ),
    "Build/AWS/ECRBuildAndPublish": "DockerFilePath ImageTags RegistryType",
    "Compute/AWS/Commands": "EnvironmentType ComputeType VpcId Subnets SecurityGroupIds",
    "Deploy/AWS/AppConfig": "DeploymentStrategy",
    "Deploy/AWS/CloudFormation": (
        "Capabilities OutputFileName ParameterOverrides TemplateConfiguration ChangeSetName RoleArn TemplatePath"
    ),
    "Deploy/AWS/CloudFormationStackInstances": (
        "ParameterOverrides FailureTolerancePercentage MaxConcurrentPercentage RegionConcurrencyType "
        "ConcurrencyMode CallAs"
    ),
    "Deploy/AWS/CloudFormationStackSet": (
        "Description Parameters Capabilities PermissionModel AdministrationRoleArn ExecutionRoleName "
        "OrganizationsAutoDeployment DeploymentTargets Regions FailureTolerancePercentage "
        "MaxConcurrentPercentage RegionConcurrencyType ConcurrencyMode CallAs"
    ),
    "Deploy/AWS/CodeDeployToECS": (
        "AppSpecTemplatePath TaskDefinitionTemplatePath Image1ArtifactName Image1ContainerName "
        "Image2ArtifactName Image2ContainerName Image3ArtifactName Image3ContainerName "
        "Image4ArtifactName Image4ContainerName"
    ),
    "Deploy/AWS/EC2": (
        "InstanceTagValue DeploySpec MaxBatch MaxError TargetGroupNameList PreScript PostScript TargetDirectory"
    ),
    "Deploy/AWS/ECS": "FileName DeploymentTimeout",
    "Deploy/AWS/EKS": (
        "HelmValuesFiles Namespace Subnets SecurityGroupIds EnvironmentVariables HelmReleaseName "
        "HelmChartLocation ManifestFiles"
    ),
    "Deploy/AWS/Lambda": "FunctionAlias PublishedTargetVersion DeployStrategy Alarms",
    "Deploy/AWS/S3": "ObjectKey KMSEncryptionKeyARN CannedACL CacheControl",
    "Deploy/AWS/ServiceCatalog": (
        "ProductVersionDescription ConfigurationFilePath TemplateFilePath ProductVersionName ProductType"
    ),
    "Invoke/AWS/CodePipeline": "SourceRevisions Variables",
    "Invoke/AWS/InspectorScan": (
        "CriticalThreshold HighThreshold MediumThreshold LowThreshold ECRRepositoryName ImageTag"
    ),
    "Invoke/AWS/Lambda": "UserParameters",
    "Invoke/AWS/StepFunctions": "ExecutionNamePrefix InputType Input",
    "Invoke/ThirdParty/Snyk": "ClientId",
    "Source/AWS/CodeCommit": "PollForSourceChanges OutputArtifactFormat",
    "Source/AWS/CodeStarSourceConnection": "OutputArtifactFormat DetectChanges",
    "Source/AWS/ECR": "ImageTag",
    "Source/AWS/S3": "PollForSourceChanges AllowOverrideForS3ObjectKey",
    "Source/ThirdParty/GitHub": "PollForSourceChanges",
    "Test/AWS/CodeBuild": (
        "PrimarySource BatchEnabled BuildspecOverride CombineArtifacts EnvironmentVariables ServiceRoleArnOverride"
    ),
    "Test/AWS/DeviceFarm": (
        "TestSpec Test RadioBluetoothEnabled RecordAppPerformanceData RecordVideo RadioWifiEnabled "
        "RadioNfcEnabled RadioGpsEnabled FuzzEventCount FuzzEventThrottle FuzzRandomizerSeed "
        "CustomHostMachineArtifacts CustomDeviceArtifacts UnmeteredDevicesOnly JobTimeoutMinutes "
        "Latitude Longitude"
    ),
}
"""The configuration keys that each takes besides."""

VARIABLES: dict[str, str] = {
    "Build/AWS/ECRBuildAndPublish": "ECRImageDigestId ECRRepositoryName",
    "Deploy/AWS/CloudFormationStackInstances": "StackSetId OperationId",
    "Deploy/AWS/CloudFormationStackSet": "StackSetId OperationId",
    "Deploy/AWS/EKS": "EKSClusterName",
    "Deploy/AWS/Lambda": "FunctionVersion",
    "Invoke/AWS/InspectorScan": "HighestScannedSeverity",
    "Invoke/AWS/StepFunctions": "StateMachineArn ExecutionArn",
    "Source/AWS/CodeCommit": "CommitId CommitMessage RepositoryName BranchName AuthorDate CommitterDate",
    "Source/AWS/ECR": "RegistryId RepositoryName ImageTag ImageDigest ImageURI",
    "Source/AWS/S3": "BucketName ETag ObjectKey VersionId",
}
"""The variables that each makes, where they depend neither on what it runs nor on what started the pipeline."""

CONDITIONAL: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Deploy/AWS/CloudFormation": (
        ("ChangeSetName", "ActionMode", "CHANGE_SET_REPLACE CHANGE_SET_EXECUTE"),
        ("TemplatePath", "ActionMode", "CREATE_UPDATE REPLACE_ON_FAILURE CHANGE_SET_REPLACE"),
    ),
    "Deploy/AWS/S3": (("ObjectKey", "Extract", "false"),),
    "Invoke/AWS/InspectorScan": (
        ("ECRRepositoryName", "InspectorRunMode", "ECRImageScan"),
        ("ImageTag", "InspectorRunMode", "ECRImageScan"),
    ),
    "Invoke/AWS/StepFunctions": (("Input", "InputType", "FilePath"),),
}
"""Keys that are needed where another one has one of some values: key, the other one, its values."""

CHOICES: dict[str, dict[str, str]] = {
    "Build/AWS/CodeBuild": {"BatchEnabled": "true false", "CombineArtifacts": "true false"},
    "Build/AWS/ECRBuildAndPublish": {"RegistryType": "private public"},
    "Deploy/AWS/CloudFormation": {
        "ActionMode": "CHANGE_SET_EXECUTE CHANGE_SET_REPLACE CREATE_UPDATE DELETE_ONLY REPLACE_ON_FAILURE",
    },
    "Deploy/AWS/EC2": {"InstanceType": "EC2 SSM_MANAGED_NODE"},
    "Deploy/AWS/S3": {"Extract": "true false"},
    "Invoke/AWS/InspectorScan": {"InspectorRunMode": "SourceCodeScan ECRImageScan"},
    "Invoke/AWS/StepFunctions": {"InputType": "Literal FilePath"},
    "Source/AWS/CodeCommit": {
        "PollForSourceChanges": "true false",
        "OutputArtifactFormat": "CODE_ZIP CODEBUILD_CLONE_REF",
    },
    "Source/AWS/CodeStarSourceConnection": {
        "DetectChanges": "true false",
        "OutputArtifactFormat": "CODE_ZIP CODEBUILD_CLONE_REF",
    },
    "Source/AWS/S3": {"PollForSourceChanges": "true false", "AllowOverrideForS3ObjectKey": "true false"},
    "Source/ThirdParty/GitHub": {"PollForSourceChanges": "true false"},
    "Test/AWS/CodeBuild": {"BatchEnabled": "true false", "CombineArtifacts": "true false"},
}
"""Keys that take one of a few values; booleans are taken in any case."""

RULE_REQUIRED = {
    "CloudWatchAlarm": "AlarmName",
    "CodeBuild": "ProjectName",
    "Commands": "",
    "DeploymentWindow": "Cron",
    "LambdaInvoke": "FunctionName",
    "VariableCheck": "Variable Value Operator",
}
"""The kinds of condition rules, each with the configuration keys that it needs."""

SKIPPING_RULES = frozenset({"LambdaInvoke", "VariableCheck"})
"""The kinds of rules that a condition with the result SKIP takes.

https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
"""

OPERATORS = frozenset({"EQ", "NE", "CONTAINS", "MATCHES"})
"""https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html"""
