"""CloudWatch alarms."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part, with_default
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.alarm import Alarm, Dimension, Metric
from pipecheck.values import Absent, Default, Items, Known, Member, Unknown

_ACTS = Default(True, "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html")


def decode_alarm(node: Node, names: Names) -> Alarm:
    """The alarm whose properties `node` holds."""
    return Alarm(
        name=node.text(names["alarm.name"]),
        metrics=_metrics(node, names),
        threshold=node.text(names["alarm.threshold"]),
        comparison=node.text(names["alarm.comparison"]),
        actions_enabled=with_default(node.flag(names["alarm.actions_enabled"]), _ACTS),
        actions=node.items(names["alarm.actions"]).each(element_text),
        place=node.head,
    )


def _metrics(node: Node, names: Names) -> Items[Metric]:
    """The metric that is written in the alarm itself, and those of its list of queries."""
    listed = node.items(names["alarm.metrics"]).spread(lambda query: _queried(query, names))
    if isinstance(node.get(names["metric.name"]), Absent):
        return listed
    return Items((Member(_metric(node, names)), *listed.members), node.head, listed.open)


def _queried(query: Node, names: Names) -> Items[Metric]:
    """The metric of a query; none where the query is an expression over others."""
    match Part(query.get(names["metric_query.metric"])).part(names["metric_stat.metric"]).node:
        case Known(metric):
            return Items((Member(_metric(metric, names)),), metric.head)
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), unknown.place, unknown)


def _metric(node: Node, names: Names) -> Metric:
    return Metric(
        namespace=node.text(names["metric.namespace"]),
        name=node.text(names["metric.name"]),
        dimensions=node.items(names["metric.dimensions"]).each(
            lambda entry: Dimension(
                entry.text(names["dimension.name"]), entry.text(names["dimension.value"]), entry.head
            )
        ),
        place=node.head,
    )
