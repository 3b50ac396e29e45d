"""Prove rule files: every test of a rule as one proof, with its place in the rule's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pipecheck.app.kit.blur import guesses
from pipecheck.app.kit.examples import Case, mismatches, outcome, renderings, verdict_of
from pipecheck.app.kit.mutants import missing_verdicts, mutants, unnoticed
from pipecheck.app.kit.parity import differences
from pipecheck.errors import PipecheckError
from pipecheck.findings.proof import Mismatch, Proof
from pipecheck.rules.positions import position
from pipecheck.rules.rule import Check, Rule
from pipecheck.syntax.document import Document
from pipecheck.values.place import Route
from pipecheck.values.record import record

_TESTS: tuple[tuple[str, Callable[[Case], Iterable[Mismatch]]], ...] = (("example", mismatches), ("blur", guesses))


def proofs(rule: Rule, check: Check, document: Document) -> Iterator[Proof]:
    """Every proof of a rule that was read with its examples; `document` is its file.

    Whether a part of the rule is needed is asked of those examples alone that have their verdict.
    """
    writer = _Writer(rule, document)
    yield writer.verdicts()
    sound: list[Case] = []
    for index, example in enumerate(rule.examples):
        route: Route = ("examples", index, "case")
        try:
            cases = list(renderings(rule, check, example))
        except PipecheckError as error:
            got = f"{error.location}: {error.message}" if error.source is not None else error.message
            yield writer.proof("example", example.case, route, [Mismatch("", "an example that can be read", got)])
            continue
        for test, find in _TESTS:
            for case in cases:
                yield writer.proof(test, f"{example.case} ({case.format})", route, find(case))
        if len(cases) > 1:
            yield writer.proof("parity", example.case, route, differences(cases))
        sound += [case for case in cases if verdict_of(outcome(case)) is case.verdict]
    if sound:
        yield from writer.clauses(sound)


@record
class _Writer:
    rule: Rule
    document: Document

    def verdicts(self) -> Proof:
        route: Route = ("examples",) if self.rule.examples else ("id",)
        return self.proof("verdicts", "pass, fail and unknown", route, missing_verdicts(self.rule))

    def clauses(self, cases: Sequence[Case]) -> Iterator[Proof]:
        """A proof for each part of the rule that might be changed unnoticed."""
        for mutant in mutants(self.rule, cases):
            found = [Mismatch("", "some example notices", "none does")] if unnoticed(mutant, cases) else []
            yield self.proof("clause", mutant.change, (mutant.key,), found, mutant.offset)

    def proof(self, test: str, case: str, route: Route, found: Iterable[Mismatch], offset: int = 0) -> Proof:
        line, column = position(self.document, route, offset)
        return Proof(self.rule.id, test, case, self.document.uri, line, column, tuple(found))
