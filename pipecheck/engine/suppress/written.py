"""A suppression as it is written, wherever that is."""

from __future__ import annotations

from datetime import date

from pipecheck.findings.finding import Location
from pipecheck.values import Absent, Known, Place, Unknown, Value
from pipecheck.values.record import record


@record
class Written:
    """One suppression.

    `kind` is comment, metadata or waiver. `rules` are the ids it names; `problem` says why it cannot be read, None
    where it can. `label` is what a reader calls it, `target` what it covers: a line, the logical id of a resource, or
    the glob of a waiver. `place` is where its reason, owner and end would stand.
    """

    kind: str
    rules: tuple[str, ...]
    reason: Value[str]
    owner: Value[str]
    expires: Value[str]
    problem: str | None
    label: str
    target: int | str | None
    location: Location
    place: Place

    def complete(self) -> bool:
        """Whether it says all that it must: a reason, and for a waiver an owner and an end."""
        stated = [self.reason] if self.kind != "waiver" else [self.reason, self.owner, self.expires]
        return self.problem is None and all(isinstance(value, Known) and value.value for value in stated)

    def days_left(self, today: date) -> Value[int]:
        """The days from today to its end, which is included; absent where it has none."""
        if not isinstance(self.expires, Known):
            return self.expires
        return Known((date.fromisoformat(self.expires.value) - today).days, self.expires.place)

    def holds(self, today: date) -> bool:
        """Whether it suppresses what it covers. An end that cannot be told may have passed."""
        match self.days_left(today):
            case Known(days):
                return self.complete() and days >= 0
            case Absent():
                return self.complete()
            case Unknown():
                return False

    def expired(self, today: date) -> bool:
        """Whether it would suppress what it covers, had it not ended."""
        left = self.days_left(today)
        return self.complete() and isinstance(left, Known) and left.value < 0
