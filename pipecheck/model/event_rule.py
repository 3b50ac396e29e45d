"""An EventBridge rule, which may start a pipeline or tell somebody about it."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class EventTarget:
    """What a rule starts, and the role it starts it with."""

    arn: Value[str]
    role_arn: Value[str]
    place: Place


@record
class EventMatcher:
    """One way in which a field of an event may fit.

    `operator` is `equals` for a plain value, else as it is written: prefix, suffix, anything-but, wildcard, exists …
    """

    operator: Value[str]
    values: Items[Value[str]]
    place: Place


@record
class EventField:
    """What one field of an event, such as `detail.state`, has to be: one of its matchers has to fit."""

    path: Value[str]
    matchers: Items[EventMatcher]
    place: Place


@record
class EventRule:
    """A rule and its targets.

    `pattern` holds the fields that an event must have, all of them; without any, only the `schedule` starts the rule.
    `state` is ENABLED, DISABLED or ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS. `role_arn` is the role for targets
    that have none of their own.
    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    """

    name: Value[str]
    bus: Value[str]
    state: Value[str]
    pattern: Items[EventField]
    schedule: Value[str]
    role_arn: Value[str]
    targets: Items[EventTarget]
    place: Place
