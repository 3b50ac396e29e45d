"""Waivers: findings that the configuration accepts, with the reason, an owner and an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipecheck.values.record import record

if TYPE_CHECKING:
    from datetime import date


@record
class Waiver:
    """A finding that is accepted.

    `rule` is the id of a rule; `subject` is a glob over every name that a subject has. `reason`, `owner` and
    `expires` are None where the configuration does not give them: such a waiver holds for nothing and is reported.
    `source`, `line` and `column` say where it is written.
    """

    rule: str
    subject: str
    reason: str | None
    owner: str | None
    expires: date | None
    source: str
    line: int
    column: int
