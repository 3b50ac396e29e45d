"""An ECR repository of images, and how the registry scans repositories.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html
"""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class TagFilter:
    """Tags that are excluded from the mutability of the others; `pattern` may hold `*`."""

    type: Value[str]
    pattern: Value[str]
    place: Place


@record
class ImageExpiry:
    """One rule of a lifecycle policy. `tag_status` is tagged, untagged or any; `count_type` imageCountMoreThan or
    sinceImagePushed …; `count` a number of images or of `count_unit`s. `action` is expire or transition.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
    """

    tag_status: Value[str]
    count_type: Value[str]
    count_unit: Value[str]
    count: Value[int]
    action: Value[str]
    place: Place


@record
class Repository:
    """A repository.

    the JSON text whose rules `expiries` are.
    """

    name: Value[str]
    tag_mutability: Value[str]
    exclusions: Items[TagFilter]
    scan_on_push: Value[bool]
    lifecycle_policy: Value[str]
    expiries: Items[ImageExpiry]
    encryption_type: Value[str]
    encryption_key: Value[str]
    place: Place


@record
class ScanningRule:
    """When the registry scans the repositories whose names match a filter; a filter may hold `*`.

    `frequency` is SCAN_ON_PUSH, CONTINUOUS_SCAN or MANUAL.
    """

    frequency: Value[str]
    filters: Items[Value[str]]
    place: Place


@record
class RegistryScanning:
    """How the registry of an account and region scans its repositories. `type` is BASIC or ENHANCED.

    `name` is absent: there is one per registry. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
    """

    name: Value[str]
    type: Value[str]
    rules: Items[ScanningRule]
    place: Place
