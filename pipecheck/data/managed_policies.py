"""AWS managed policies that make a role an administrator, and some that, as a boundary, take that away.

Names and contents: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html. Among the
policies listed there, AdministratorAccess and PowerUserAccess alone allow everything, or everything but a few
services, on all resources without a condition; the others named here hand out or administer such rights. The rest is
not equivalent to an administrator, however broad.
"""

from __future__ import annotations

ADMINISTRATORS = frozenset(
    {
        "AWSOrganizationsFullAccess",
        "AdministratorAccess",
        "IAMFullAccess",
        "PowerUserAccess",
        "job-function/AWSManagementConsoleAdministratorAccess",
        "job-function/SystemAdministrator",
    }
)
"""Path and name, as they follow `policy/` in the ARN."""

BROAD = frozenset(
    {
        "AWSCodeBuildDeveloperAccess",
        "AWSCodePipelineApproverAccess",
        "SecretsManagerReadWrite",
    }
)
"""Policies that hand out a whole service, or its gates, under a name that `BROAD_NAMES` does not fit."""

BROAD_NAMES = ("AdminAccess", "AdministratorAccess", "FullAccess", "PowerUser")
"""What stands in the names of AWS's policies for a whole service."""

READ_ONLY = frozenset({"ReadOnlyAccess", "SecurityAudit", "job-function/ViewOnlyAccess"})
"""Policies that allow no changes; as a permissions boundary they leave nothing of an administrator."""
