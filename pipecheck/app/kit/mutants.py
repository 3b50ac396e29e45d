"""Change a rule a little: some example must notice, or a part of the rule is not tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace

from pipecheck.app.kit.examples import Case, outcome, verdict_of
from pipecheck.findings.proof import Mismatch
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.cel.parser import parse
from pipecheck.rules.cel.tree import All, Any
from pipecheck.rules.clause import Clause
from pipecheck.rules.expression import expression_check
from pipecheck.rules.rule import Check, Params, Rule
from pipecheck.rules.verdict import Verdict, worst
from pipecheck.values.record import record


@record
class Mutant:
    """A changed rule: what was changed, and its check.

    The change begins at the character `offset` of the expression `key`; `key` is `python` for a check in Python.
    """

    change: str
    check: Check
    key: str = "python"
    offset: int = 0


def survivors(rule: Rule, cases: Sequence[Case]) -> Iterator[Mismatch]:
    """The changes to the rule after which every case still has its verdict."""
    for mutant in mutants(rule, cases):
        if unnoticed(mutant, cases):
            yield Mismatch(f"{rule.id}: {mutant.change}", "some example notices", "none does")


def unnoticed(mutant: Mutant, cases: Sequence[Case]) -> bool:
    """Whether every case has its verdict with the changed rule too."""
    return all(verdict_of(outcome(case, mutant.check)) is case.verdict for case in cases)


def mutants(rule: Rule, cases: Sequence[Case]) -> Iterator[Mutant]:
    """Each operand of the expressions dropped and negated; each kind of clause of a Python check likewise."""
    if rule.require is None:
        yield from _clause_mutants(cases)
        return
    for name, text in (("require", rule.require), ("when", rule.when)):
        if text is not None:
            for change, changed, offset in _changed(text):
                changed_rule = replace(rule, require=changed) if name == "require" else replace(rule, when=changed)
                yield Mutant(f"{name}: {change}", expression_check(changed_rule), name, offset)


def _changed(text: str) -> Iterator[tuple[str, str, int]]:
    """The texts that differ from an expression in one operand of `&&` or `||`, and where they begin to."""
    yield "negated", f"!({text})", 0
    for node in _connectives(parse(text)):
        for start, end in node.extents:
            operand = text[start:end]
            neutral = "true" if isinstance(node, All) else "false"
            yield f"without {operand}", text[:start] + neutral + text[end:], start
            yield f"with {operand} negated", f"{text[:start]}!({operand}){text[end:]}", start


def _connectives(node: object) -> Iterator[All | Any]:
    if isinstance(node, All | Any):
        yield node
    if isinstance(node, tuple):
        for part in node:
            yield from _connectives(part)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _connectives(getattr(node, field.name))


def _clause_mutants(cases: Sequence[Case]) -> Iterator[Mutant]:
    """The check without its n-th clause, and with it negated, for as many clauses as it ever yields in the cases."""
    for position in range(_most_clauses(cases)):
        check = cases[0].check
        yield Mutant(f"without clause {position + 1}", _Changed(check, position, negate=False))
        yield Mutant(f"with clause {position + 1} negated", _Changed(check, position, negate=True))


def _most_clauses(cases: Sequence[Case]) -> int:
    counts = [0]
    for case in cases:
        own = case.check

        def count(subject: Subject, inventory: Inventory, params: Params, own: Check = own) -> Iterable[Clause]:
            clauses = list(own(subject, inventory, params))
            counts.append(len(clauses))
            return clauses

        outcome(case, count)
    return max(counts)


@record
class _Changed:
    check: Check
    position: int
    negate: bool

    def __call__(self, subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
        for position, clause in enumerate(self.check(subject, inventory, params)):
            if position != self.position:
                yield clause
            elif self.negate:
                yield replace(clause, holds=~clause.holds)


def missing_verdicts(rule: Rule) -> Iterator[Mismatch]:
    """The verdicts of which a rule has no example; it needs one that passes, one that fails, one that cannot tell."""
    shown = {example.verdict for example in rule.examples}
    shown |= {verdict for example in rule.examples for verdict in example.verdicts.values()}
    for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN):
        if verdict not in shown:
            yield Mismatch(rule.id, f"an example whose verdict is {verdict.value}", worst(shown).value)
