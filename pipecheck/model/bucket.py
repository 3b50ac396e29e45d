"""An S3 bucket: what it keeps, for how long, encrypted how, and whom its policy lets in."""

from __future__ import annotations

from pipecheck.model.policy import Statement
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Transition:
    """When objects change their storage class: `days` after creation or becoming noncurrent, or on `date`."""

    storage_class: Value[str]
    days: Value[int]
    date: Value[str]
    place: Place


@record
class LifecycleRule:
    """One lifecycle rule. `prefix` is "" for the whole bucket; the `…_days` are days after creation.

    `noncurrent_kept` is how many old versions of each object stay whatever their age.
    `filtered_otherwise` says that tags or object sizes make it cover less than its prefix.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
    """

    id: Value[str]
    status: Value[str]
    prefix: Value[str]
    filtered_otherwise: Value[bool]
    expiration_days: Value[int]
    expiration_date: Value[str]
    noncurrent_days: Value[int]
    noncurrent_kept: Value[int]
    abort_multipart_days: Value[int]
    transitions: Items[Transition]
    noncurrent_transitions: Items[Transition]
    place: Place


@record
class DefaultEncryption:
    """How objects are encrypted that are written without saying how; `algorithm` is AES256, aws:kms or aws:kms:dsse.

    `key_id` is the KMS key, absent for the AWS managed one. `bucket_key` saves calls to KMS.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
    """

    algorithm: Value[str]
    key_id: Value[str]
    bucket_key: Value[bool]
    place: Place


@record
class PublicAccessBlock:
    """What a bucket refuses to make public. A flag that is not written has its documented default.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """

    block_public_acls: Value[bool]
    block_public_policy: Value[bool]
    ignore_public_acls: Value[bool]
    restrict_public_buckets: Value[bool]
    place: Place


@record
class AccessLogging:
    """Where the log of requests goes; `destination` is absent where it goes to the bucket itself."""

    destination: Value[str]
    prefix: Value[str]
    place: Place


@record
class Bucket:
    """A bucket. `versioning` is Enabled or Suspended; absent means it was never switched on.

    `ownership` is BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter, `acl` a canned one such as PublicRead.
    `region` is where the bucket is. Its policy is a resource of its own, `BucketPolicy`.
    """

    name: Value[str]
    region: Value[str]
    lifecycle_rules: Items[LifecycleRule]
    versioning: Value[str]
    encryption: DefaultEncryption
    public_access_block: PublicAccessBlock
    logging: Value[AccessLogging]
    ownership: Value[str]
    acl: Value[str]
    place: Place


@record
class BucketPolicy:
    """A policy and the bucket it is for, which may be declared elsewhere in the input or not at all."""

    bucket: Value[str]
    statements: Items[Statement]
    place: Place

    @property
    def name(self) -> Value[str]:
        """A bucket policy has no name of its own: it goes by its bucket's."""
        return self.bucket
