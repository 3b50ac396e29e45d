"""Whether the policy of an artifact bucket refuses requests that do not come over TLS."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.bucket_policies import (
    covers_bucket,
    covers_objects,
    hidden_statements_of,
    policies_of,
    statements_of,
)
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.privileges.audience import is_for_everybody
from pipecheck.analysis.privileges.covering import covers_service
from pipecheck.analysis.privileges.requests import Request, conditions_hold
from pipecheck.analysis.privileges.statements import Attached
from pipecheck.model.bucket import Bucket, BucketPolicy
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Items, Place, Truth
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import equals

PLAIN: Request = {"aws:securetransport": "false", "s3:tlsversion": None}
"""A request over plain HTTP; it has no version of TLS.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
"""


@record
class _Fault:
    """What is missing, in words after "accepts requests without TLS: ", and where."""

    text: str
    place: Place


def artifact_bucket_tls_only(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause: whether statements deny everybody everything on the bucket and its objects without TLS."""
    bucket = subject.value
    assert isinstance(bucket, Bucket)  # noqa: S101 - the rule file names the kind of subject
    policies = policies_of(bucket, inventory)
    statements = tuple(statements_of(policies))
    hidden = [undecided(unseen) for unseen in hidden_statements_of(policies)]
    on_bucket = any_holds([*(_denies(one, covers_bucket(one.statement, bucket)) for one in statements), *hidden])
    on_objects = any_holds([*(_denies(one, covers_objects(one.statement, bucket)) for one in statements), *hidden])
    secure = all_hold([on_bucket, on_objects])
    fault = _fault(policies, statements, on_bucket, on_objects)
    label = f"artifact bucket {quoted(bucket.name, logical_id(bucket.place))}"
    yield clause_of(
        secure.about(f"whether {label} accepts requests without TLS is not known"),
        fault.place if secure.cause is None else secure.cause.place,
        f"{label} accepts requests without TLS: {fault.text}",
    )


def _denies(attached: Attached, covers: Answer) -> Answer:
    """Whether a statement denies plain requests, for all actions, on what it `covers`."""
    return all_hold([_is_about_plain_requests(attached), covers, covers_service(attached.statement, "s3")])


def _is_about_plain_requests(attached: Attached) -> Answer:
    statement = attached.statement
    return all_hold(
        [
            attached.there,
            told(equals(statement.effect, "Deny"), statement.effect),
            conditions_hold(statement, PLAIN),
            is_for_everybody(statement),
        ]
    )


def _fault(
    policies: Items[BucketPolicy], statements: tuple[Attached, ...], on_bucket: Answer, on_objects: Answer
) -> _Fault:
    """The most telling of what is missing: half of a denial, a denial that is too narrow, none, no policy."""
    missed = [name for name, answer in _targets(on_bucket, on_objects) if answer.truth is Truth.FALSE]
    about = (one for one in statements if _is_about_plain_requests(one).truth is Truth.TRUE)
    near = next((one for one in about if one.statement.conditions.members), None)
    if near is not None:
        statement = near.statement
        if covers_service(statement, "s3").truth is Truth.FALSE:
            return _Fault("the statement that denies them is not for s3:*", statement.actions.place)
        where = " and ".join(missed)
        return _Fault(f"the statement that denies them is not for {where}", statement.resources.place)
    policy = next(iter(values(policies)), None)
    if policy is None:
        return _Fault("it has no policy that denies them", policies.place)
    return _Fault("no statement of its policy denies them to everybody", policy.place)


def _targets(on_bucket: Answer, on_objects: Answer) -> tuple[tuple[str, Answer], ...]:
    return (("the bucket itself", on_bucket), ("its objects", on_objects))
