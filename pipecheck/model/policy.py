"""A policy document: of a role, a bucket, a key, a topic, or the trust of a role."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Principal:
    """Somebody a statement speaks of.

    `type` is AWS, Service, Federated or CanonicalUser; `*` where everybody is written without one (`Principal: "*"`).
    `id` is what is written: an account, an ARN, a service's host name, or `*`.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """

    type: Value[str]
    id: Value[str]
    place: Place


@record
class PolicyCondition:
    """One test of a condition block: the request's `key` against `values`, of which one has to fit.

    `operator` and `key` are as written, with `IfExists` and the prefix `ForAnyValue:` or `ForAllValues:`. Every test
    of a statement has to hold.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    """

    operator: Value[str]
    key: Value[str]
    values: Items[Value[str]]
    place: Place


@record
class Statement:
    """One statement of a policy. Exactly one of actions and not_actions, of resources and not_resources, and of
    principals and not_principals, is usually written; the others have no members.

    The policy of a role has no principals, its trust no resources. No `conditions`: nothing else is demanded.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """

    sid: Value[str]
    effect: Value[str]
    principals: Items[Principal]
    not_principals: Items[Principal]
    actions: Items[Value[str]]
    not_actions: Items[Value[str]]
    resources: Items[Value[str]]
    not_resources: Items[Value[str]]
    conditions: Items[PolicyCondition]
    place: Place


@record
class Policy:
    """A policy document and the name it is known by."""

    name: Value[str]
    statements: Items[Statement]
    place: Place
