"""What testing a rule file says: proofs, each of which holds or shows what does not."""

from __future__ import annotations

from pipecheck.values.record import record


@record
class Mismatch:
    """Something that does not hold of a rule: what it is about, what was expected and what came out."""

    case: str
    expected: str
    got: str


@record
class Proof:
    """One test of a rule; it holds where there are no mismatches.

    `test` is `example`, `verdicts`, `parity`, `blur` or `clause`, and `case` says which one. `source`, `line` and
    `column` are the place in the rule's file that the test is about.
    """

    rule: str
    test: str
    case: str
    source: str
    line: int
    column: int
    mismatches: tuple[Mismatch, ...] = ()
