"""An S3 bucket, as far as it keeps artifacts."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class LifecycleRule:
    """One lifecycle rule. `prefix` is "" for the whole bucket; the `…_days` are days after creation.

    `filtered_otherwise` says that tags or object sizes make it cover less than its prefix.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
    """

    status: Value[str]
    prefix: Value[str]
    filtered_otherwise: Value[bool]
    expiration_days: Value[int]
    expiration_date: Value[str]
    noncurrent_days: Value[int]
    abort_multipart_days: Value[int]
    place: Place


@record
class Bucket:
    """A bucket. `versioning` is Enabled or Suspended; absent means it was never switched on."""

    name: Value[str]
    lifecycle_rules: Items[LifecycleRule]
    versioning: Value[str]
    place: Place
