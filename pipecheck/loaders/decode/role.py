"""Roles."""

from __future__ import annotations

from pipecheck.loaders.decode.policy import decode_policy, decode_statements
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.role import Role
from pipecheck.values import Absent, Default

_SOURCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html"
_PATH = Default("/", _SOURCE)
_SESSION = Default(3600, "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html")


def decode_role(node: Node, names: Names) -> Role:
    """The role whose properties `node` holds; policies attached from elsewhere are not among its policies yet."""
    path = node.text(names["role.path"])
    session = node.integer(names["role.max_session_duration"])
    return Role(
        name=node.text(names["role.name"]),
        path=Absent(path.place, _PATH) if isinstance(path, Absent) else path,
        trust=decode_statements(node, names["role.trust"]),
        policies=node.items(names["role.policies"]).each(lambda policy: decode_policy(policy, names)),
        managed_policy_arns=node.items(names["role.managed_policy_arns"]).each(element_text),
        permissions_boundary=node.text(names["role.permissions_boundary"]),
        max_session_duration=Absent(session.place, _SESSION) if isinstance(session, Absent) else session,
        place=node.head,
    )
