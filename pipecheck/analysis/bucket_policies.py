"""The policies of a bucket, and what their statements cover of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import logical_id
from pipecheck.analysis.privileges.covering import exceptions
from pipecheck.analysis.privileges.requests import wildcard
from pipecheck.analysis.privileges.statements import Attached
from pipecheck.model.bucket import Bucket, BucketPolicy
from pipecheck.model.inventory import Inventory
from pipecheck.model.policy import Statement
from pipecheck.values import Absent, Items, Known, Member, Reason, Truth, Unknown, Value, truth
from pipecheck.values.record import record
from pipecheck.values.text import equals, spelled

_WITHOUT_VALUE = frozenset({Reason.PARAMETER_WITHOUT_DEFAULT, Reason.DEFAULT_NOT_ASSUMED})
_S3_ARN = re.compile(r"arn:(?:\$\{[^}]*\}|[^:$])*:s3:::(.*)", re.DOTALL)
_ANY_KEY = "\ue000/\ue000"
"""The key of an object that only a wildcard matches."""


def policies_of(bucket: Bucket, inventory: Inventory) -> Items[BucketPolicy]:
    """The policies of the input that are for a bucket; open where one may be and its bucket cannot be told."""
    links = inventory.once(_links)
    unseen = inventory.all(BucketPolicy).open
    unseen = unseen or next((cause for policy, cause in links.loose if _may_be_for(policy, bucket)), None)
    return Items(links.by_bucket.get(id(bucket), ()), bucket.place, unseen)


@record
class _Links:
    """Bucket policies by the identity of their bucket, and those whose bucket is not known, each with the reason."""

    by_bucket: Mapping[int, tuple[Member[BucketPolicy], ...]]
    loose: tuple[tuple[BucketPolicy, Unknown], ...]


def _links(inventory: Inventory) -> _Links:
    by_bucket: dict[int, tuple[Member[BucketPolicy], ...]] = {}
    loose: list[tuple[BucketPolicy, Unknown]] = []
    for member in inventory.all(BucketPolicy).members:
        match inventory.find(Bucket, member.value.bucket):
            case Known(found):
                by_bucket[id(found)] = (*by_bucket.get(id(found), ()), member)
            case Unknown() as unknown:
                loose.append((member.value, unknown))
            case Absent():
                pass
    return _Links(by_bucket, tuple(loose))


def _may_be_for(policy: BucketPolicy, bucket: Bucket) -> bool:
    """Whether a policy may be for a bucket although that cannot be seen."""
    if isinstance(bucket.name, Known):
        return equals(policy.bucket, bucket.name.value) is not Truth.FALSE
    if isinstance(policy.bucket, Known):
        return isinstance(bucket.name, Unknown) and equals(bucket.name, policy.bucket.value) is not Truth.FALSE
    generated = isinstance(bucket.name, Absent) and policy.place.source == bucket.place.source
    given = isinstance(policy.bucket, Unknown) and policy.bucket.reason in _WITHOUT_VALUE
    return not (generated and given)  # nobody can give a stack the name of a bucket that it makes itself


def statements_of(policies: Items[BucketPolicy]) -> Iterator[Attached]:
    """Every statement in view."""
    for policy in policies.members:
        for statement in policy.value.statements.members:
            there = all_hold([presence(policy, policy.value.place), presence(statement, statement.value.place)])
            yield Attached(statement.value, there)


def hidden_statements_of(policies: Items[BucketPolicy]) -> Iterator[Unknown]:
    """Why there may be policies or statements that are not in view."""
    if policies.open is not None:
        yield policies.open
    yield from (
        policy.value.statements.open for policy in policies.members if policy.value.statements.open is not None
    )


def covers_bucket(statement: Statement, bucket: Bucket) -> Answer:
    """Whether a statement is about the bucket itself."""
    return _covers(statement, bucket, "")


def covers_objects(statement: Statement, bucket: Bucket) -> Answer:
    """Whether a statement is about every object in the bucket."""
    return _covers(statement, bucket, f"/{_ANY_KEY}")


def _covers(statement: Statement, bucket: Bucket, rest: str) -> Answer:
    resources = statement.resources
    return any_holds(
        [
            *(
                all_hold([presence(member, resources.place), _resource_covers(member.value, bucket, rest)])
                for member in resources.members
            ),
            *(undecided(items.open) for items in (resources, statement.not_resources) if items.open is not None),
            *(undecided(exceptions(statement)) for _ in statement.not_resources.members[:1]),
        ]
    )


def _resource_covers(resource: Value[str], bucket: Bucket, rest: str) -> Answer:
    """Whether a resource of a policy, `*` or `arn:aws:s3:::bucket/*`, covers the bucket's name followed by `rest`."""
    if isinstance(resource, Absent):
        return NO
    text = spelled(resource)
    if text is not None and text.strip("*") == "" and text:
        return YES
    named = None if text is None else _S3_ARN.fullmatch(text)
    if named is None:
        return undecided(resource) if isinstance(resource, Unknown) else NO
    name = _written_name(bucket)
    if name is None:
        return undecided(bucket.name) if isinstance(bucket.name, Unknown) else NO
    if wildcard(named.group(1)).fullmatch(name + rest) is not None:
        return told(Truth.TRUE, resource)
    return _misses(resource, named.group(1), bucket, name)


def _misses(resource: Known[str] | Unknown, written: str, bucket: Bucket, name: str) -> Answer:
    """A resource that is written otherwise: another one for sure where it begins with the name or both are known."""
    if written.startswith(name) or (isinstance(resource, Known) and not isinstance(bucket.name, Unknown)):
        return told(truth(False), resource)
    return undecided(resource if isinstance(resource, Unknown) else _as_unknown(bucket))


def _as_unknown(bucket: Bucket) -> Unknown:
    assert isinstance(bucket.name, Unknown)  # noqa: S101 - the caller has asked
    return bucket.name


def _written_name(bucket: Bucket) -> str | None:
    """The bucket's name as a template writes it; a generated one by its logical id."""
    if isinstance(bucket.name, Absent):
        return f"${{{logical_id(bucket.place)}}}"
    return spelled(bucket.name)
