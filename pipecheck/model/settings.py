"""A free mapping of names to values, such as an action's configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pipecheck.values import Absent, Place, Unknown, Value
from pipecheck.values.record import record


@record
class Settings:
    """Named values. `open` says why there may be names that we cannot see; None: these are all."""

    entries: Mapping[str, Value[str]]
    place: Place
    open: Unknown | None = field(default=None)

    def get(self, name: str) -> Value[str]:
        """The value of `name`: absent only where the mapping is complete."""
        if name in self.entries:
            return self.entries[name]
        if self.open is None:
            return Absent(self.place)
        return Unknown(self.open.reason, self.open.detail, self.place, written=False)
