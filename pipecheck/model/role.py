"""An IAM role, who may take it, and the policies that say what it may do."""

from __future__ import annotations

from pipecheck.model.policy import Policy, Statement
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Role:
    """A role with every policy of the input that is attached to it, inline or managed.

    `trust` are the statements that say who may take the role. `managed_policy_arns` are those attached by ARN whose
    documents are not in the input, such as AWS's own. `max_session_duration` is in seconds.
    """

    name: Value[str]
    path: Value[str]
    trust: Items[Statement]
    policies: Items[Policy]
    managed_policy_arns: Items[Value[str]]
    permissions_boundary: Value[str]
    max_session_duration: Value[int]
    place: Place
