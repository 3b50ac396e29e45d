"""Trails of CloudTrail."""

from __future__ import annotations

from pipecheck.loaders.decode.part import with_default
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.trail import AdvancedEventSelector, DataResource, EventSelector, FieldSelector, Trail
from pipecheck.values import Default, Items, Value

_TRAIL = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html"
_SELECTOR = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html"
_ONE_REGION = Default(False, _TRAIL)
_ONE_ACCOUNT = Default(False, _TRAIL)
_ALL = Default("All", _SELECTOR)
_MANAGEMENT = Default(True, _SELECTOR)


def decode_trail(node: Node, names: Names) -> Trail:
    """The trail whose properties `node` holds."""
    return Trail(
        name=node.text(names["trail.name"]),
        logging=node.flag(names["trail.logging"]),
        multi_region=with_default(node.flag(names["trail.multi_region"]), _ONE_REGION),
        global_services=node.flag(names["trail.global_services"]),
        organization=with_default(node.flag(names["trail.organization"]), _ONE_ACCOUNT),
        selectors=node.items(names["trail.selectors"]).each(lambda selector: _selector(selector, names)),
        advanced_selectors=node.items(names["trail.advanced_selectors"]).each(
            lambda selector: _advanced_selector(selector, names)
        ),
        bucket=node.text(names["trail.bucket"]),
        log_group=node.text(names["trail.log_group"]),
        place=node.head,
    )


def _selector(node: Node, names: Names) -> EventSelector:
    return EventSelector(
        read_write=with_default(node.text(names["selector.read_write"]), _ALL),
        management_events=with_default(node.flag(names["selector.management_events"]), _MANAGEMENT),
        excluded_sources=node.items(names["selector.excluded_sources"]).each(element_text),
        data_resources=node.items(names["selector.data_resources"]).each(lambda entry: _data_resource(entry, names)),
        place=node.head,
    )


def _data_resource(node: Node, names: Names) -> DataResource:
    return DataResource(
        type=node.text(names["data_resource.type"]),
        values=node.items(names["data_resource.values"]).each(element_text),
        place=node.head,
    )


def _advanced_selector(node: Node, names: Names) -> AdvancedEventSelector:
    return AdvancedEventSelector(
        name=node.text(names["advanced_selector.name"]),
        fields=node.items(names["advanced_selector.fields"]).each(lambda field: _field(field, names)),
        place=node.head,
    )


def _field(node: Node, names: Names) -> FieldSelector:
    def texts(operator: str) -> Items[Value[str]]:
        return node.items(names[f"field_selector.{operator}"]).each(element_text)

    return FieldSelector(
        field=node.text(names["field_selector.field"]),
        equals=texts("equals"),
        starts_with=texts("starts_with"),
        ends_with=texts("ends_with"),
        not_equals=texts("not_equals"),
        not_starts_with=texts("not_starts_with"),
        not_ends_with=texts("not_ends_with"),
        place=node.head,
    )
