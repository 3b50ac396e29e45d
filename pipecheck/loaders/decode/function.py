"""Lambda functions and their code signing."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.function import CodeSigning, Function
from pipecheck.values import Default

_WARN = Default("Warn", "https://docs.aws.amazon.com/lambda/latest/api/API_CodeSigningPolicies.html")


def decode_function(node: Node, names: Names) -> Function:
    """The function whose properties `node` holds."""
    return Function(
        name=node.text(names["function.name"]),
        role_arn=node.text(names["function.role_arn"]),
        code_signing=node.text(names["function.code_signing"]),
        place=node.head,
    )


def decode_code_signing(node: Node, names: Names) -> CodeSigning:
    """The code signing configuration whose properties `node` holds."""
    policies = Part(node.get(names["code_signing.policies"]))
    return CodeSigning(policies.text(names["code_signing_policies.untrusted"], _WARN), node.head)
