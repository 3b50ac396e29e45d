"""Buckets, their lifecycle and their policies."""

from __future__ import annotations

from pipecheck.loaders.decode.policy import decode_statements
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.bucket import (
    AccessLogging,
    Bucket,
    BucketPolicy,
    DefaultEncryption,
    LifecycleRule,
    PublicAccessBlock,
    Transition,
)
from pipecheck.values import (
    Absent,
    Default,
    Items,
    Known,
    Reason,
    Truth,
    Unknown,
    Value,
    bind,
    every,
    exists,
)
from pipecheck.values.record import replace

_WHOLE_BUCKET = Default(
    "", "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html"
)
_S3_KEYS = Default("AES256", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html")
_NO_BUCKET_KEY = Default(False, "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html")
_OWNED_BY_BUCKET = Default(
    "BucketOwnerEnforced", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"
)
_LOCKED = Default("Enabled", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html")
_BLOCKED = Default(True, "https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html")
"""New buckets block public access since April 2023, unless they are given a configuration of their own."""
_NOT_BLOCKED = Default(False, "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html")
"""A configuration replaces the whole of it: what it leaves out is off."""


def decode_bucket(node: Node, names: Names, region: Value[str]) -> Bucket:
    """The bucket whose properties `node` holds, in the region where its definition is deployed."""
    return Bucket(
        name=node.text(names["bucket.name"]),
        region=region,
        lifecycle_rules=_lifecycle_rules(node, names),
        versioning=_versioning(node, names),
        encryption=_encryption(node, names),
        public_access_block=_public_access_block(node, names),
        logging=node.child(names["bucket.logging"], lambda logging: _logging(logging, names)),
        ownership=_ownership(node, names),
        acl=node.text(names["bucket.acl"]),
        place=node.head,
    )


def _versioning(node: Node, names: Names) -> Value[str]:
    """The status of versioning, which Object Lock switches on."""
    status = bind(node.get(names["bucket.versioning"]), lambda settings: settings.text(names["versioning.status"]))
    if not isinstance(status, Absent):
        return status
    match node.flag(names["bucket.object_lock"]):
        case Known(True):
            return Absent(status.place, _LOCKED)
        case Unknown() as unknown:
            return replace(unknown, place=status.place, candidates=(), written=False)
        case _:
            return status


def decode_bucket_policy(node: Node, names: Names) -> BucketPolicy:
    """The bucket policy whose properties `node` holds."""
    return BucketPolicy(
        bucket=node.text(names["bucket_policy.bucket"]),
        statements=decode_statements(node, names["policy.document"]),
        place=node.head,
    )


def _encryption(node: Node, names: Names) -> DefaultEncryption:
    configuration = node.get(names["bucket.encryption"])
    rule = bind(configuration, lambda found: _only(found.items(names["encryption.rules"])))
    by_default = bind(rule, lambda found: found.get(names["encryption.by_default"]))
    algorithm = bind(by_default, lambda found: found.text(names["encryption.algorithm"]))
    bucket_key = bind(rule, lambda found: found.flag(names["encryption.bucket_key"]))
    return DefaultEncryption(
        algorithm=Absent(algorithm.place, _S3_KEYS) if isinstance(algorithm, Absent) else algorithm,
        key_id=bind(by_default, lambda found: found.text(names["encryption.key_id"])),
        bucket_key=Absent(bucket_key.place, _NO_BUCKET_KEY) if isinstance(bucket_key, Absent) else bucket_key,
        place=configuration.place,
    )


def _public_access_block(node: Node, names: Names) -> PublicAccessBlock:
    configuration = node.get(names["bucket.public_access_block"])
    return PublicAccessBlock(
        block_public_acls=_blocks(configuration, names["public_access.block_public_acls"]),
        block_public_policy=_blocks(configuration, names["public_access.block_public_policy"]),
        ignore_public_acls=_blocks(configuration, names["public_access.ignore_public_acls"]),
        restrict_public_buckets=_blocks(configuration, names["public_access.restrict_public_buckets"]),
        place=configuration.place,
    )


def _blocks(configuration: Value[Node], key: str) -> Value[bool]:
    """One flag of the configuration; what the default is depends on whether there is a configuration at all."""
    match configuration:
        case Known(found):
            flag = found.flag(key)
            return Absent(flag.place, _NOT_BLOCKED) if isinstance(flag, Absent) else flag
        case Absent(place):
            return Absent(place, _BLOCKED)
        case Unknown(candidates=candidates):
            return replace(configuration, candidates=tuple(_blocks(candidate, key) for candidate in candidates))


def _logging(node: Node, names: Names) -> AccessLogging:
    return AccessLogging(
        destination=node.text(names["access_log.destination"]),
        prefix=node.text(names["access_log.prefix"]),
        place=node.head,
    )


def _ownership(node: Node, names: Names) -> Value[str]:
    controls = node.get(names["bucket.ownership"])
    rule = bind(controls, lambda found: _only(found.items(names["ownership.rules"])))
    ownership = bind(rule, lambda found: found.text(names["ownership.rule"]))
    return Absent(ownership.place, _OWNED_BY_BUCKET) if isinstance(ownership, Absent) else ownership


def _only(rules: Items[Node]) -> Value[Node]:
    """The one element of a list that S3 takes one element in; absent where there is none."""
    there = [member for member in rules.members if member.present is not Truth.FALSE]
    if rules.open is not None:
        return rules.open
    if not there:
        return Absent(rules.place)
    if len(there) == 1 and there[0].present is Truth.TRUE:
        node = there[0].value
        return node.raw if isinstance(node.raw, Unknown) else Known(node, node.place, node.via)
    conditional = any(member.guard for member in there)
    reason = Reason.CONDITION_UNDECIDED if conditional else Reason.INVALID_VALUE
    return Unknown(reason, "which of the rules counts is not known", rules.place)


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
        id=node.text(names["lifecycle_rule.id"]),
        status=node.text(names["lifecycle_rule.status"]),
        prefix=Absent(prefix.place, _WHOLE_BUCKET) if isinstance(prefix, Absent) else prefix,
        filtered_otherwise=_filtered_otherwise(node, names),
        expiration_days=node.integer(names["lifecycle_rule.expiration_days"]),
        expiration_date=node.text(names["lifecycle_rule.expiration_date"]),
        noncurrent_days=noncurrent_days,
        noncurrent_kept=bind(noncurrent, lambda expiration: expiration.integer(names["noncurrent.kept"])),
        abort_multipart_days=bind(abort, lambda upload: upload.integer(names["abort.days"])),
        transitions=_transitions(node, "transition", names),
        noncurrent_transitions=_transitions(node, "noncurrent_transition", names),
        place=node.head,
    )


def _transitions(node: Node, kind: str, names: Names) -> Items[Transition]:
    """Those of the list, and the one that may be written beside it without a list."""
    several = node.items(names[f"lifecycle_rule.{kind}s"])
    single = node.items(names[f"lifecycle_rule.{kind}"], single=True)
    listed = Items((*several.members, *single.members), several.place, several.open or single.open)
    return listed.each(lambda transition: _transition(transition, names))


def _transition(node: Node, names: Names) -> Transition:
    return Transition(
        storage_class=node.text(names["transition.storage_class"]),
        days=node.integer(names["transition.days"]),
        date=node.text(names["transition.date"]),
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
