"""The filters of a pipeline's triggers, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.answer import Answer, all_hold, presence, told
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.trigger import Patterns, PushFilter, Trigger
from pipecheck.values import Known, Truth, Unknown, Value, known
from pipecheck.values.record import record
from pipecheck.values.text import equals, spelled

KINDS = ("branches", "tags")
"""What pushes are filtered by that names what is built."""


@record
class Filter:
    """One filter of pushes, and whether it is there."""

    trigger: Trigger
    push: PushFilter
    present: Answer

    def patterns(self, kind: str) -> Value[Patterns]:
        """The patterns of one of `KINDS`."""
        return self.push.branches if kind == "branches" else self.push.tags


def push_filters(pipeline: Pipeline) -> Iterator[Filter]:
    """Every filter of pushes in view."""
    for trigger in pipeline.triggers.members:
        for push in trigger.value.pushes.members:
            there = [presence(trigger, trigger.value.place), presence(push, push.value.place)]
            yield Filter(trigger.value, push.value, all_hold(there))


def hidden_filters(pipeline: Pipeline) -> Iterator[Unknown]:
    """Why there may be filters of pushes that are not in view."""
    for items in (pipeline.triggers, *(trigger.value.pushes for trigger in pipeline.triggers.members)):
        if items.open is not None:
            yield items.open


def is_for(trigger: Trigger, action: Action) -> Answer:
    """Whether a trigger is the one of a source action."""
    name = known(action.name)
    if name is None:
        same = spelled(trigger.source_action) is not None and spelled(trigger.source_action) == spelled(action.name)
        return told(Truth.TRUE if same else Truth.UNKNOWN, action.name)
    return told(equals(trigger.source_action, name), trigger.source_action)


def pattern_list(patterns: Value[Patterns], which: str) -> Iterator[tuple[Value[str], Answer]]:
    """Each of the patterns to include or to exclude (`includes`, `excludes`), and whether it is there."""
    if isinstance(patterns, Known):
        items = patterns.value.includes if which == "includes" else patterns.value.excludes
        for member in items.members:
            yield member.value, presence(member, member.value.place)
