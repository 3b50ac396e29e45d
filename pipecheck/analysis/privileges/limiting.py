"""Whether an action of a policy can be limited to resources, and how much it matters where it is not."""

from __future__ import annotations

import re
from enum import Enum
from fnmatch import fnmatchcase

from pipecheck.analysis.privileges.actions import Breadth, breadth, covers_everything, reads
from pipecheck.data.iam_actions import DOCUMENTED_FOR_ALL, ServiceActions, actions_of

PASSING = "iam:passrole"
_ANY = "*"


class Limit(Enum):
    """Whether an action, or some of those a wildcard covers, can be limited to resources."""

    POSSIBLE = "can be limited"
    IMPOSSIBLE = "knows no resource but *"
    NOT_KNOWN = "is not among the actions that are known"


class Weight(Enum):
    """How much it matters that an action is allowed on everything."""

    CHANGES = 3
    READS = 2
    LOGS = 1


def limit(action: str) -> Limit:
    """Whether an action such as `s3:Get*` can be limited to resources. iam:PassRole is left out of it.

    An action that AWS itself documents with `*` counts as one that cannot be, and so does a wildcard that only reads
    if that is true of most of what it covers, as of ec2:Describe*.
    """
    pattern = action.strip().lower()
    if covers_everything(pattern):
        return Limit.POSSIBLE
    service, _, name = pattern.partition(":")
    table = actions_of(service)
    if table is None:
        return Limit.NOT_KNOWN
    limited, unlimited = _covered(service, name, table)
    if not limited:
        return Limit.IMPOSSIBLE if unlimited else Limit.NOT_KNOWN
    if breadth(pattern) is Breadth.READS and len(unlimited) > len(limited):
        return Limit.IMPOSSIBLE
    return Limit.POSSIBLE


def _covered(service: str, name: str, table: ServiceActions) -> tuple[set[str], set[str]]:
    """The actions that a pattern covers: those that can be limited, and the others."""
    if re.search(r"[*?]", name):
        limited = {one for one in table.limited if fnmatchcase(one, name)}
        unlimited = {one for one in table.unlimited if fnmatchcase(one, name)}
    else:
        limited, unlimited = {name} & table.limited, {name} & table.unlimited
    left_out = {one for one in limited if f"{service}:{one}" in DOCUMENTED_FOR_ALL or f"{service}:{one}" == PASSING}
    return limited - left_out, unlimited | left_out


def weight(action: str) -> Weight:
    """How much it matters that an action is allowed on everything."""
    pattern = action.strip().lower()
    if pattern.startswith("logs:"):
        return Weight.LOGS
    return Weight.READS if reads(pattern) else Weight.CHANGES


def acts_on(action: str, arn_service: str) -> bool:
    """Whether an action can work on resources whose ARNs name a service; `*` stands for any."""
    service = action.strip().lower().partition(":")[0]
    if _ANY in (arn_service, service) or service == arn_service:
        return True
    table = actions_of(service)
    return table is not None and arn_service in table.arns
