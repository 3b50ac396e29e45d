"""Calls a check on a subject and says what comes out."""

from __future__ import annotations

from pipecheck.checks.registry import check_named
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.clause import Clause
from pipecheck.rules.verdict import Verdict, clause_verdict, worst


def clauses(name: str, subject: Subject, **params: object) -> list[Clause]:
    inventory: Inventory = subject.inventory
    return list(check_named(name)(subject, inventory, params))


def verdict(found: list[Clause]) -> Verdict:
    return worst(map(clause_verdict, found))


def of(found: list[Clause], wanted: Verdict) -> list[Clause]:
    """The clauses with one verdict."""
    return [clause for clause in found if clause_verdict(clause) is wanted]
