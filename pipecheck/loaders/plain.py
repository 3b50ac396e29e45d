"""The scope of formats without functions: what is written is what is meant."""

from __future__ import annotations

from pipecheck.loaders.node import Branch, Node
from pipecheck.loaders.text_lines import text_lines
from pipecheck.syntax.document import Tagged
from pipecheck.values import Guard, Known, Place, Reason, Unknown, Value
from pipecheck.values.record import record


@record
class PlainScope:
    """Takes every value as it stands."""

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:
        """The node of `raw` itself; a YAML tag has no meaning here."""
        if isinstance(raw, Tagged):
            return Unknown(Reason.INVALID_VALUE, f"the tag {raw.tag} has no meaning here", place)
        return Known(Node(raw, place, self, case), place)

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:  # noqa: ARG002
        """There are no conditionals."""
        return None

    def lines(self, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:  # noqa: ARG002 - see branches
        """See `Scope.lines`."""
        return text_lines(raw, place) if isinstance(raw, str) else (place,)

    def structure(self, raw: object, place: Place, case: Guard) -> Node | None:  # noqa: ARG002 - see branches
        """Texts are written as such."""
        return None
