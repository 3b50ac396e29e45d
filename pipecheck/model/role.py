"""An IAM role and the policies that say what it may do."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Statement:
    """One statement of a policy. Exactly one of actions and not_actions, and of resources and not_resources, is
    usually written; the others have no members.

    `condition` is the JSON text of the condition block, absent where there is none.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """

    sid: Value[str]
    effect: Value[str]
    actions: Items[Value[str]]
    not_actions: Items[Value[str]]
    resources: Items[Value[str]]
    not_resources: Items[Value[str]]
    condition: Value[str]
    place: Place


@record
class Policy:
    """A policy document and the name it is known by."""

    name: Value[str]
    statements: Items[Statement]
    place: Place


@record
class Role:
    """A role with every policy of the input that is attached to it, inline or managed.

    `managed_policy_arns` are those attached by ARN whose documents are not in the input, such as AWS's own.
    """

    name: Value[str]
    policies: Items[Policy]
    managed_policy_arns: Items[Value[str]]
    permissions_boundary: Value[str]
    place: Place
