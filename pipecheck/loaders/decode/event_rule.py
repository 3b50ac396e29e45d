"""EventBridge rules and their event patterns, whose words are the same in every format."""

from __future__ import annotations

from pipecheck.loaders.decode.part import with_default
from pipecheck.loaders.json_in_text import json_in_text
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.loaders.texts import joined
from pipecheck.model.event_rule import EventField, EventMatcher, EventRule, EventTarget
from pipecheck.values import Absent, Default, Items, Known, Member, Reason, Unknown, Value

_SOURCE = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html"
_ENABLED = Default("ENABLED", _SOURCE)
_DEFAULT_BUS = Default("default", _SOURCE)
_EQUALS = "equals"
_ALTERNATIVES = "$or"


def decode_event_rule(node: Node, names: Names) -> EventRule:
    """The rule whose properties `node` holds."""
    return EventRule(
        name=node.text(names["event_rule.name"]),
        bus=with_default(node.text(names["event_rule.bus"]), _DEFAULT_BUS),
        state=with_default(node.text(names["event_rule.state"]), _ENABLED),
        pattern=node.items(names["event_rule.pattern"], single=True).spread(_pattern),
        schedule=node.text(names["event_rule.schedule"]),
        role_arn=node.text(names["event_rule.role_arn"]),
        targets=node.items(names["event_rule.targets"]).each(lambda target: _target(target, names)),
        place=node.head,
    )


def _target(node: Node, names: Names) -> EventTarget:
    return EventTarget(
        arn=node.text(names["target.arn"]),
        role_arn=node.text(names["target.role_arn"]),
        place=node.head,
    )


def _pattern(node: Node) -> Items[EventField]:
    """The fields of a pattern, which is a mapping or the JSON text of one.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
    """
    match node.raw:
        case str(text):
            return _written_pattern(Known(text, node.place))
        case Unknown(pieces=()) as unknown:
            return Items((), node.place, unknown)
        case Unknown() as text:
            return _written_pattern(text)
        case _:
            return _fields(node, ())


def _written_pattern(text: Known[str] | Unknown) -> Items[EventField]:
    root = json_in_text(text)
    if root is None or not isinstance(root.raw, dict):
        detail = "the event pattern is not JSON"
        return Items((), text.place, Unknown(Reason.INVALID_VALUE, detail, text.place))
    return _fields(root, ())


def _fields(node: Node, path: tuple[Value[str], ...]) -> Items[EventField]:
    return node.names().spread(lambda key: _field(node, key, path))


def _field(node: Node, key: str, path: tuple[Value[str], ...]) -> Items[EventField]:
    if key == _ALTERNATIVES:
        detail = f"alternatives ({_ALTERNATIVES}) of an event pattern are not read"
        place = node.place.child(key)
        return Items((), place, Unknown(Reason.CONDITION_NOT_EVALUATED, detail, place))
    name = node.name(key)
    inner = (*path, name)
    match node.get(key):
        case Known(found) if isinstance(found.raw, dict):
            return _fields(found, inner)
        case Absent(place):
            return Items((), place)
        case _:
            place = node.place.child(key)
            field = EventField(_dotted(inner), node.items(key).each(_matcher), place)
            return Items((Member(field),), place)


def _dotted(path: tuple[Value[str], ...]) -> Value[str]:
    *_, last = path
    parts = [part for step in path for part in (Known(".", last.place), step)]
    return joined(parts[1:], last.place)


def _matcher(node: Node) -> EventMatcher:
    if not isinstance(node.raw, dict):
        value = Items((Member(element_text(node)),), node.place)
        return EventMatcher(Known(_EQUALS, node.place), value, node.place)
    if len(node.keys) != 1:
        unknown = Unknown(Reason.INVALID_VALUE, "expected one operator", node.place)
        return EventMatcher(unknown, Items((), node.place, unknown), node.place)
    [operator] = node.keys
    values = node.items(operator, single=True).each(element_text)
    return EventMatcher(node.name(operator), values, node.place)
