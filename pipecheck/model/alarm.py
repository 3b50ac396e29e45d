"""A CloudWatch alarm."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Dimension:
    """What a metric is narrowed to."""

    name: Value[str]
    value: Value[str]
    place: Place


@record
class Metric:
    """A metric that an alarm watches."""

    namespace: Value[str]
    name: Value[str]
    dimensions: Items[Dimension]
    place: Place


@record
class Alarm:
    """An alarm. `metrics` are the one it watches, or those that its expression is made of.

    `actions` are the ARNs of what it starts or tells, where `actions_enabled`. `threshold` is the number as it is
    written; absent where a band of another metric takes its place.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
    """

    name: Value[str]
    metrics: Items[Metric]
    threshold: Value[str]
    comparison: Value[str]
    actions_enabled: Value[bool]
    actions: Items[Value[str]]
    place: Place
