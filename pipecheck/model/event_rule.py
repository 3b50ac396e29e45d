"""An EventBridge rule, which may start a pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from pipecheck.values import Items, Place, Value


@dataclass(frozen=True, slots=True)
class EventTarget:
    """What a rule starts, and the role it starts it with."""

    arn: Value[str]
    role_arn: Value[str]
    place: Place


@dataclass(frozen=True, slots=True)
class EventRule:
    """A rule and its targets.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
    """

    name: Value[str]
    targets: Items[EventTarget]
    place: Place
