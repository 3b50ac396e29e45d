"""Why something is unknown: a closed list, each with a sentence saying what the user can do about it."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    """The reason of an Unknown. `value` is its name in every output; `advice` is for the user."""

    NOT_SCANNED = "not-scanned"
    PARAMETER_WITHOUT_DEFAULT = "parameter-without-default"
    DEFAULT_NOT_ASSUMED = "default-not-assumed"
    CONDITION_UNDECIDED = "condition-undecided"
    PSEUDO_PARAMETER = "pseudo-parameter"
    GENERATED_NAME = "generated-name"
    RESOURCE_ATTRIBUTE = "resource-attribute"
    DYNAMIC_REFERENCE = "dynamic-reference"
    IMPORTED_VALUE = "imported-value"
    TRANSFORM = "transform"
    UNSUPPORTED_FUNCTION = "unsupported-function"
    TOO_COMPLEX = "too-complex"
    INVALID_VALUE = "invalid-value"
    DUPLICATE_KEY = "duplicate-key"
    RUNTIME_VARIABLE = "runtime-variable"
    AMBIGUOUS_NAME = "ambiguous-name"
    ENVIRONMENT_NOT_STATED = "environment-not-stated"
    OPAQUE_ACTION = "opaque-action"
    MANAGED_POLICY_NOT_KNOWN = "managed-policy-not-known"
    CONDITION_NOT_EVALUATED = "condition-not-evaluated"
    ACTION_NOT_KNOWN = "action-not-known"
    ACCESS_DENIED = "access-denied"
    NOT_RETURNED = "not-returned"
    NOT_FETCHED = "not-fetched"
    BLURRED = "blurred"

    @property
    def advice(self) -> str:
        """What the user can do so that it becomes known."""
        return _ADVICE[self]


_ADVICE = {
    Reason.NOT_SCANNED: "scan the file that defines it together with this one",
    Reason.PARAMETER_WITHOUT_DEFAULT: "give its value with --parameters NAME=VALUE",
    Reason.DEFAULT_NOT_ASSUMED: "give its value with --parameters NAME=VALUE, or drop --no-assume-defaults",
    Reason.CONDITION_UNDECIDED: "give the parameters that the condition reads with --parameters NAME=VALUE",
    Reason.PSEUDO_PARAMETER: "give it with --parameters, for example AWS::Region=eu-west-1",
    Reason.GENERATED_NAME: "name the resource in the template, or audit the deployed stack",
    Reason.RESOURCE_ATTRIBUTE: "it is known only after deployment: audit the deployed stack",
    Reason.DYNAMIC_REFERENCE: "it is read at deployment: audit the deployed stack",
    Reason.IMPORTED_VALUE: "scan the template that exports it together with this one",
    Reason.TRANSFORM: "scan the processed template (aws cloudformation get-template --template-stage Processed)",
    Reason.UNSUPPORTED_FUNCTION: "scan the processed template or the deployed stack",
    Reason.TOO_COMPLEX: "write it more simply, with fewer functions inside each other",
    Reason.INVALID_VALUE: "correct the value; CloudFormation would refuse it",
    Reason.DUPLICATE_KEY: "keep one of the two keys",
    Reason.RUNTIME_VARIABLE: "it is set when the pipeline runs: write it out, or check it where it is set",
    Reason.AMBIGUOUS_NAME: "refer to the resource with Ref or GetAtt, or scan the templates apart",
    Reason.ENVIRONMENT_NOT_STATED: "say in pipecheck.yaml which names, accounts or stacks are production",
    Reason.OPAQUE_ACTION: "put an approval before it, or say in pipecheck.yaml that this is not production",
    Reason.MANAGED_POLICY_NOT_KNOWN: "scan the template that defines the managed policy, or audit the account",
    Reason.CONDITION_NOT_EVALUATED: "check the condition of the statement by hand",
    Reason.ACTION_NOT_KNOWN: "check its spelling, and whether the action can be limited to resources",
    Reason.ACCESS_DENIED: "grant the read permission that the audit names",
    Reason.NOT_RETURNED: "AWS does not return this value: check it where it is set",
    Reason.NOT_FETCHED: "fetch the rest of the snapshot with --resume",
    Reason.BLURRED: "show the value that was hidden for the test",
}
