"""What an action acts on: per provider, the configuration keys that name its target, the closest first.

Source: the action reference of each provider in
https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
"""

from __future__ import annotations

TARGETS: dict[str, tuple[tuple[str, str], ...]] = {
    "AlexaSkillsKit": (("SkillId", "skill"),),
    "AppConfig": (("Environment", "environment"), ("Application", "application")),
    "CloudFormation": (("StackName", "stack"),),
    "CloudFormationStackInstances": (("StackSetName", "stack set"),),
    "CloudFormationStackSet": (("StackSetName", "stack set"),),
    "CodeBuild": (("ProjectName", "build project"),),
    "CodeDeploy": (("DeploymentGroupName", "deployment group"), ("ApplicationName", "application")),
    "CodeDeployToECS": (("DeploymentGroupName", "deployment group"), ("ApplicationName", "application")),
    "CodePipeline": (("PipelineName", "pipeline"),),
    "EC2": (("InstanceTagValue", "instance tag"), ("TargetGroupNameList", "target group")),
    "ECS": (("ServiceName", "service"), ("ClusterName", "cluster")),
    "EKS": (("Namespace", "namespace"), ("HelmReleaseName", "Helm release"), ("ClusterName", "cluster")),
    "ElasticBeanstalk": (("EnvironmentName", "environment"), ("ApplicationName", "application")),
    "Lambda": (("FunctionAlias", "function alias"), ("FunctionName", "function")),
    "OpsWorks": (("Stack", "stack"), ("App", "application")),
    "S3": (("BucketName", "bucket"),),
    "ServiceCatalog": (("ProductId", "product"),),
    "StepFunctions": (("StateMachineArn", "state machine"),),
}

STACKS = frozenset({"CloudFormation", "CloudFormationStackInstances", "CloudFormationStackSet"})
"""Providers whose first target is a stack or stack set."""

EXECUTION_ROLES: dict[str, tuple[str, ...]] = {
    "CloudFormation": ("RoleArn",),
    "CloudFormationStackSet": ("AdministrationRoleArn", "ExecutionRoleName"),
    "CodeBuild": ("ServiceRoleArnOverride",),
}
"""Configuration keys of the role that the action hands to the service which does the work."""

REPOSITORY_KEYS = {"ECR": "RepositoryName", "ECRBuildAndPublish": "ECRRepositoryName"}
"""Providers that take images from a repository or publish them to one, and the configuration key that names it.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html
https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html
"""

LOGGING = frozenset({"Commands", "EC2", "ECRBuildAndPublish", "EKS", "InspectorScan", "Lambda"})
"""Providers that run on managed compute and write to the log group of the pipeline; Lambda where it deploys.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
"""

OVERRIDES = ("ParameterOverrides", "Parameters", "TemplateConfiguration")
"""Configuration keys that hold the parameters of a stack, or the file that does."""

TARGET_WORDS = frozenset(
    {"application", "bucket", "cluster", "env", "environment", "function", "group", "service", "stack", "target"}
)
"""Words in a configuration key of a custom action that make its value the name of a target."""
