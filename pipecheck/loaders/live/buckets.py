"""Buckets of a snapshot, whose answers have another form than the properties of a template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipecheck.loaders.decode.bucket import decode_bucket, decode_bucket_policy
from pipecheck.loaders.live.entry import Entry
from pipecheck.loaders.live.names import LIVE
from pipecheck.loaders.live.scope import Put
from pipecheck.model.bucket import Bucket, BucketPolicy
from pipecheck.model.snapshot import why_unavailable
from pipecheck.values import Absent, Default, Known, Place, Value

_US_EAST = "us-east-1"
_OLD_NAMES = {"EU": "eu-west-1"}
"""https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html"""

_NOT_CONTROLLED = Default(
    "ObjectWriter", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"
)
"""A bucket from before ownership controls has none."""

_GROUPS = "http://acs.amazonaws.com/groups/"
_WRITES = frozenset({"WRITE", "WRITE_ACP", "FULL_CONTROL"})


def bucket(entry: Entry) -> Bucket:
    """The bucket that a file describes."""
    node = entry.node(
        name=Put(entry.name, Place(entry.uri, ("name",))),
        encryption=entry.put("ServerSideEncryptionConfiguration"),
        Lifecycle=_lifecycle(entry),
        acl=_acl(entry),
    )
    found = decode_bucket(node, LIVE, _region(entry))
    ownership: Value[str] = found.ownership
    if isinstance(ownership, Absent):
        ownership = Absent(ownership.place, _NOT_CONTROLLED)
    name = found.name if isinstance(found.name, Known) else entry.known("name", entry.name)
    return replace(found, name=name, ownership=ownership)


def bucket_policy(entry: Entry) -> BucketPolicy | None:
    """The policy of the bucket; None where it has none, unknown where AWS did not say."""
    policy = entry.put("Policy")
    if policy is None and entry.why is None:
        return None
    found = decode_bucket_policy(entry.node(PolicyDocument=policy), LIVE)
    return replace(found, bucket=entry.known("name", entry.name))


def _region(entry: Entry) -> Value[str]:
    region = entry.node().text("LocationConstraint")
    if isinstance(region, Absent):
        return Known(_US_EAST, region.place)
    if isinstance(region, Known):
        return replace(region, value=_OLD_NAMES.get(region.value, region.value))
    return region


def _acl(entry: Entry) -> object:
    """The canned list that a bucket's grants to everybody amount to; none where they name single accounts.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
    """
    grants = entry.properties.get("Grants")
    if why_unavailable(grants) is not None or not isinstance(grants, list):
        return entry.put("Grants")
    for index, grant in enumerate(grants):
        place = entry.place.child("Grants", index)
        match str(grant.get("Grantee", {}).get("URI", "")).removeprefix(_GROUPS):
            case "global/AllUsers":
                writes = any(_is_to_all(other) and other.get("Permission") in _WRITES for other in grants)
                return Put("PublicReadWrite" if writes else "PublicRead", place)
            case "global/AuthenticatedUsers":
                return Put("AuthenticatedRead", place)
            case _:
                continue
    return None


def _is_to_all(grant: dict[str, Any]) -> bool:
    return str(grant.get("Grantee", {}).get("URI", "")).endswith("global/AllUsers")


def _lifecycle(entry: Entry) -> object:
    lifecycle = entry.properties.get("Lifecycle")
    if not isinstance(lifecycle, dict) or why_unavailable(lifecycle) is not None:
        return lifecycle
    rules = lifecycle.get("Rules") or []
    place = entry.place.child("Lifecycle", "Rules")
    return {"Rules": [Put(_rule(rule, place.child(index)), place.child(index)) for index, rule in enumerate(rules)]}


def _rule(rule: dict[str, Any], place: Place) -> dict[str, object]:
    """A rule with its filter and its expiration taken apart."""
    found: dict[str, object] = dict(rule)
    for key, member in (("expirationDays", "Days"), ("expirationDate", "Date")):
        found[key] = _below(rule, place, "Expiration", member)
    for member in ("Prefix", "ObjectSizeGreaterThan", "ObjectSizeLessThan"):
        below = _below(rule, place, "Filter", member) or _below(rule, place, "Filter", "And", member)
        found[member] = below or rule.get(member)
    tag, tags = _below(rule, place, "Filter", "Tag"), _below(rule, place, "Filter", "And", "Tags")
    found["tagFilters"] = tags if tag is None else [tag]
    found["NoncurrentVersionTransitions"] = [
        {"StorageClass": transition.get("StorageClass"), "Days": transition.get("NoncurrentDays")}
        for transition in rule.get("NoncurrentVersionTransitions") or ()
    ]
    return found


def _below(raw: Any, place: Place, *route: str) -> Put | None:
    for step in route:
        raw = raw.get(step) if isinstance(raw, dict) else None
    return None if raw is None else Put(raw, place.child(*route))
