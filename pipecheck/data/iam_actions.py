"""Which actions of a policy can be limited to resources, for the services that pipelines, builds and deployments use.

Source: "Actions, resources, and condition keys for AWS services",
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html,
as collected in the policy data of cfn-lint 1.51.0. Every action of a service that is listed here is listed, in lower
case; services that are not listed are not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple


class ServiceActions(NamedTuple):
    """The actions of one service, in lower case and without its prefix.

    `limited` can be limited to resources; `unlimited` know no resource but `*`. `arns` are the services that stand in
    the ARNs of those resources.
    """

    limited: frozenset[str]
    unlimited: frozenset[str]
    arns: frozenset[str]


@cache
def actions_of(service: str) -> ServiceActions | None:
    """The actions of a service by its prefix, such as `s3`; None where they are not known."""
    row = _table().get(service)
    if row is None:
        return None
    return ServiceActions(*(frozenset(row[key].split()) for key in ("limited", "unlimited", "arns")))


def services() -> Iterable[str]:
    """The prefixes of the services whose actions are known."""
    return _table()


@cache
def _table() -> dict[str, dict[str, str]]:
    """Each service's names, separated by blanks: one text is read faster than a list of them."""
    table: dict[str, dict[str, str]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table


DOCUMENTED_FOR_ALL = frozenset(
    {
        "cloudwatch:putmetricdata",
        "codepipeline:pollforjobs",
        "ec2:createnetworkinterface",
        "ec2:createnetworkinterfacepermission",
        "ec2:deletenetworkinterface",
        "ecr-public:batchchecklayeravailability",
        "ecr-public:completelayerupload",
        "ecr-public:describerepositories",
        "ecr-public:initiatelayerupload",
        "ecr-public:putimage",
        "ecr-public:uploadlayerpart",
        "ecr:describerepositories",
        "ecs:describetasks",
        "ecs:listtasks",
        "ecs:registertaskdefinition",
    }
)
"""Actions that AWS documents with `*` for pipelines and builds although they can be limited, in lower case.

Sources: the action references of the CodePipeline user guide for ECS, ECRBuildAndPublish and EKS
(https://docs.aws.amazon.com/codepipeline/latest/userguide/integrations-action-type.html), job workers
(https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html), builds in a VPC
(https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html),
and metrics, which a condition on their namespace limits
(https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html).
"""

NOT_NARROWING = frozenset(
    {
        "aws:calledvia",
        "aws:currenttime",
        "aws:epochtime",
        "aws:federatedprovider",
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalisawsservice",
        "aws:principalorgid",
        "aws:principaltype",
        "aws:referer",
        "aws:requestedregion",
        "aws:resourceaccount",
        "aws:securetransport",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:useragent",
        "aws:userid",
        "aws:username",
        "iam:associatedresourcearn",
        "iam:passedtoservice",
    }
)
"""Condition keys that say nothing of which resource of an account is meant, in lower case.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""
