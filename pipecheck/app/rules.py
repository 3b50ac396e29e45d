"""Look rules up in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from pipecheck.errors import UsageError
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.rule import Rule


def listed_rules(select: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that the selectors name, all of them without selectors. Raises UsageError."""
    return load_bundled().select(select or ("ALL",), ())


def rule_called(id: str) -> Rule:
    """The rule of that id. Raises UsageError, which names the nearest one."""
    rules = load_bundled(examples=True).rules
    if id not in rules:
        nearest = get_close_matches(id, rules, 1)
        hint = f"did you mean {nearest[0]}?" if nearest else "pipecheck rules list shows all rules"
        raise UsageError(f"there is no rule {id}", help=(hint,))
    return rules[id]
