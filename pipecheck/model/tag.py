"""Tags of a resource."""

from __future__ import annotations

from pipecheck.values import Place, Value
from pipecheck.values.record import record


@record
class Tag:
    """One tag."""

    key: Value[str]
    value: Value[str]
    place: Place
