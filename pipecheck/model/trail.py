"""A trail of CloudTrail: which calls to AWS are recorded.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html
"""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class DataResource:
    """Objects whose data events are recorded: of a `type` such as AWS::S3::Object, by how their ARNs begin."""

    type: Value[str]
    values: Items[Value[str]]
    place: Place


@record
class EventSelector:
    """Events that are recorded. `read_write` is All, ReadOnly or WriteOnly."""

    read_write: Value[str]
    management_events: Value[bool]
    excluded_sources: Items[Value[str]]
    data_resources: Items[DataResource]
    place: Place


@record
class FieldSelector:
    """What one field of an event, such as eventCategory, must be; an operator without values demands nothing."""

    field: Value[str]
    equals: Items[Value[str]]
    starts_with: Items[Value[str]]
    ends_with: Items[Value[str]]
    not_equals: Items[Value[str]]
    not_starts_with: Items[Value[str]]
    not_ends_with: Items[Value[str]]
    place: Place


@record
class AdvancedEventSelector:
    """Events that are recorded: those of which every field fits."""

    name: Value[str]
    fields: Items[FieldSelector]
    place: Place


@record
class Trail:
    """A trail. Without selectors it records every management event and no data event.

    `bucket` is where the records go, `log_group` the ARN of the log group that gets them too.
    """

    name: Value[str]
    logging: Value[bool]
    multi_region: Value[bool]
    global_services: Value[bool]
    organization: Value[bool]
    selectors: Items[EventSelector]
    advanced_selectors: Items[AdvancedEventSelector]
    bucket: Value[str]
    log_group: Value[str]
    place: Place
