"""What a check yields: one statement about a subject, with its place and the reason it may be undecided."""

from __future__ import annotations

from pipecheck.rules.severity import Severity
from pipecheck.values import Place, Step, Truth, Unknown
from pipecheck.values.record import record


@record
class Related:
    """Another place that belongs to a finding, and what it has to do with it."""

    place: Place
    message: str


@record
class Clause:
    """One requirement on a subject.

    `applies` and `holds` decide the verdict together; a check never does. `primary` is what the finding points at,
    `say` the message where it does not hold. `cause` is the unknown value that keeps it undecided, None where it is
    decided. `assumptions` are the defaults it rests on. `severity` overrides the rule's.
    """

    applies: Truth
    holds: Truth
    primary: Place
    say: str
    related: tuple[Related, ...] = ()
    cause: Unknown | None = None
    assumptions: tuple[Step, ...] = ()
    severity: Severity | None = None
