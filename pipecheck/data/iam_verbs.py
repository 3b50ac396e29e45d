"""Which wildcards in IAM actions only read, and which name variants of one harmless action.

Source: the actions, resources and condition keys of each service in
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

READ_VERBS = (
    "batchcheck",
    "batchdescribe",
    "batchget",
    "check",
    "describe",
    "detect",
    "estimate",
    "filter",
    "get",
    "head",
    "list",
    "lookup",
    "search",
    "simulate",
    "validate",
    "view",
)
"""What an action that changes nothing begins with, in lower case."""

OTHER_READS = frozenset({"codecommit:gitpull"})
"""Actions that read although their verb does not say so, in lower case."""

DATA_READS: dict[str, tuple[str, ...]] = {
    "appconfig": ("getconfiguration",),
    "appconfigdata": ("getlatestconfiguration",),
    "athena": ("getqueryresults",),
    "codeartifact": ("getauthorizationtoken", "getpackageversionasset"),
    "codecommit": ("getblob", "getfile", "getfolder"),
    "cognito-identity": ("getcredentialsforidentity", "getopenidtoken"),
    "dynamodb": ("batchgetitem", "getitem", "getrecords"),
    "ecr": ("batchgetimage", "getauthorizationtoken", "getdownloadurlforlayer"),
    "ecr-public": ("getauthorizationtoken",),
    "glacier": ("getjoboutput",),
    "kinesis": ("getrecords",),
    "lambda": ("getfunction", "getlayerversion"),
    "logs": ("filterlogevents", "getlogevents", "getlogrecord", "getqueryresults"),
    "redshift": ("getclustercredentials", "getclustercredentialswithiam"),
    "s3": ("getobject", "getobjecttorrent", "getobjectversion"),
    "s3-object-lambda": ("getobject", "getobjectversion"),
    "secretsmanager": ("batchgetsecretvalue", "getsecretvalue"),
    "ssm": ("getparameter", "getparameterhistory", "getparameters", "getparametersbypath"),
    "sso": ("getrolecredentials",),
    "sts": ("getfederationtoken", "getsessiontoken"),
}
"""Actions with a reading verb that hand out data or credentials, by service, in lower case."""

VARIANTS = frozenset(
    {
        "kms:decrypt*",
        "kms:encrypt*",
        "kms:generatedatakey*",
        "kms:reencrypt*",
        "s3:abort*",
        "s3:deleteobject*",
        "s3:putobject*",
    }
)
"""Wildcards that span the variants of one action on objects or data, besides those of `DATA_READS`.

AWS's own samples for pipelines, and the grants of the CDK, use them:
https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html.
"""

BEANSTALK_SERVICES = frozenset(
    {
        "autoscaling",
        "cloudformation",
        "cloudwatch",
        "ec2",
        "ecs",
        "elasticbeanstalk",
        "elasticloadbalancing",
        "rds",
        "s3",
        "sns",
        "sqs",
    }
)
"""Services that AWS documents with `service:*` for the role of an Elastic Beanstalk action.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Beanstalk.html
"""

KEEPS_ADMINISTRATOR = frozenset(
    {
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:requestedregion",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:securetransport",
    }
)
"""Condition keys that leave an administrator one, in a region, an account or an organisation, in lower case.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""
