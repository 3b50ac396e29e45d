"""Which kind of action an action is, as the tables of kinds name it."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.model.pipeline import Action
from pipecheck.values import Known, Unknown, Value
from pipecheck.values.record import record


@record
class ActionKind:
    """`name` is `Category/Owner/Provider`; None where a part is missing, or not known as `hidden` says."""

    name: str | None
    hidden: Unknown | None = None

    @property
    def is_custom(self) -> bool:
        """Whether it is a type that somebody has made for an account."""
        return self.name is not None and self.name.split("/")[1] == "Custom"


def kind_of(action: Action) -> ActionKind:
    """The kind of an action."""
    parts = tuple(_parts(action))
    texts = [part.value for part in parts if isinstance(part, Known)]
    if len(texts) == len(parts):
        return ActionKind("/".join(texts))
    return ActionKind(None, next((part for part in parts if isinstance(part, Unknown)), None))


def _parts(action: Action) -> Iterator[Value[str]]:
    yield from (action.category, action.owner, action.provider)
