"""An EventBridge rule, which may start a pipeline."""

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
class EventRule:
    """A rule and its targets.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
    """

    name: Value[str]
    targets: Items[EventTarget]
    place: Place
