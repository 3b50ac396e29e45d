"""A place where a team says that it accepts findings: a comment, the metadata of a resource, or a waiver."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class Suppression:
    """Findings that are accepted, with what was said about it.

    `kind` is comment, metadata or waiver. `rules` are the ids it names; `unused` are those of them whose rules ran
    and found nothing that it covers. `expires` is a date as it is written, `days_left` the days until then, negative
    once it has passed. `problem` says why it cannot be read; absent where it can.
    """

    kind: Value[str]
    rules: Items[Value[str]]
    unused: Items[Value[str]]
    reason: Value[str]
    owner: Value[str]
    expires: Value[str]
    days_left: Value[int]
    problem: Value[str]
    place: Place
