"""The scope of snapshots: what was not given is unknown, and members may be put where a template has them."""

from __future__ import annotations

from pipecheck.loaders.node import Branch, Node
from pipecheck.loaders.text_lines import text_lines
from pipecheck.model.snapshot import DENIED, MISSING, SECRET_MEMBERS, WITHHELD, why_unavailable
from pipecheck.values import Guard, Known, Place, Reason, Unknown, Value
from pipecheck.values.record import record

_EXPLANATIONS = {
    "expired": "the credentials expired before it was asked for",
    "region-disabled": "the region is not enabled",
    "throttled": "AWS asked for patience until the audit gave up",
    "unreachable": "AWS could not be reached",
    "endless": "AWS's answer had no end",
    "interrupted": "the audit was interrupted before",
}


@record
class Put:
    """A value that stands elsewhere in the snapshot: at `place`."""

    raw: object
    place: Place


@record
class LiveScope:
    """Takes every value as it stands, save those that say that there is none."""

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:
        """See `Scope.settle`."""
        if isinstance(raw, Put):
            return self.settle(raw.raw, raw.place, case)
        if isinstance(raw, Unknown):
            return raw
        why = why_unavailable(raw)
        if why is not None:
            return unseen(why, place)
        if isinstance(raw, str) and raw.removeprefix(WITHHELD) in SECRET_MEMBERS:
            return Unknown(Reason.NOT_RETURNED, "the secret is not part of the snapshot", place)
        return Known(Node(raw, place, self, case), place)

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:  # noqa: ARG002
        """There are no conditionals."""
        return None

    def lines(self, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:
        """See `Scope.lines`."""
        if isinstance(raw, Put):
            return self.lines(raw.raw, raw.place, case)
        return text_lines(raw, place) if isinstance(raw, str) else (place,)

    def structure(self, raw: object, place: Place, case: Guard) -> Node | None:  # noqa: ARG002 - see branches
        """Texts are written as such."""
        return None


def unseen(why: dict[str, str], place: Place) -> Unknown:
    """Why something of a live account is not known."""
    permission, reason = why.get("permission", ""), why.get("reason", "")
    if reason == DENIED:
        return Unknown(Reason.ACCESS_DENIED, f"{permission} is denied", place, written=False)
    if reason == MISSING:
        return Unknown(Reason.NOT_SCANNED, "it does not exist", place)
    detail = _EXPLANATIONS.get(reason, f"{permission} failed: {why.get('code', '')}")
    return Unknown(Reason.NOT_FETCHED, detail, place, written=False)
