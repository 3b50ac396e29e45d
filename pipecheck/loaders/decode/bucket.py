"""Buckets and their lifecycle."""

from __future__ import annotations

from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.bucket import Bucket, LifecycleRule
from pipecheck.values import Absent, Default, Items, Known, Truth, Unknown, Value, bind, every, exists

_WHOLE_BUCKET = Default(
    "", "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html"
)


def decode_bucket(node: Node, names: Names) -> Bucket:
    """The bucket whose properties `node` holds."""
    versioning = node.get(names["bucket.versioning"])
    return Bucket(
        name=node.text(names["bucket.name"]),
        lifecycle_rules=_lifecycle_rules(node, names),
        versioning=bind(versioning, lambda settings: settings.text(names["versioning.status"])),
        place=node.head,
    )


def _lifecycle_rules(node: Node, names: Names) -> Items[LifecycleRule]:
    match node.get(names["bucket.lifecycle"]):
        case Known(lifecycle):
            return lifecycle.items(names["lifecycle.rules"]).each(lambda rule: _lifecycle_rule(rule, names))
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), node.head, unknown)


def _lifecycle_rule(node: Node, names: Names) -> LifecycleRule:
    prefix = node.text(names["lifecycle_rule.prefix"])
    noncurrent = node.get(names["lifecycle_rule.noncurrent"])
    noncurrent_days = bind(noncurrent, lambda expiration: expiration.integer(names["noncurrent.days"]))
    if isinstance(noncurrent_days, Absent):
        noncurrent_days = node.integer(names["lifecycle_rule.noncurrent_days"])
    abort = node.get(names["lifecycle_rule.abort"])
    return LifecycleRule(
        status=node.text(names["lifecycle_rule.status"]),
        prefix=Absent(prefix.place, _WHOLE_BUCKET) if isinstance(prefix, Absent) else prefix,
        filtered_otherwise=_filtered_otherwise(node, names),
        expiration_days=node.integer(names["lifecycle_rule.expiration_days"]),
        expiration_date=node.text(names["lifecycle_rule.expiration_date"]),
        noncurrent_days=noncurrent_days,
        abort_multipart_days=bind(abort, lambda upload: upload.integer(names["abort.days"])),
        place=node.head,
    )


def _filtered_otherwise(node: Node, names: Names) -> Value[bool]:
    tags = node.items(names["lifecycle_rule.tag_filters"])
    sizes = (node.text(names[f"lifecycle_rule.{size}"]) for size in ("larger_than", "smaller_than"))
    filtered = ~every(tags, lambda _: Truth.FALSE)
    for size in sizes:
        filtered |= exists(size)
    if filtered is Truth.UNKNOWN and tags.open is not None:
        return tags.open
    return Known(filtered is not Truth.FALSE, node.place)
