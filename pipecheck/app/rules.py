"""Look rules up, begin new ones and test them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipecheck.app.rule_set import RuleSet, rules_at
from pipecheck.engine.config.configuration import Configuration
from pipecheck.errors import UsageError
from pipecheck.findings.proof import Proof
from pipecheck.rules.nearest import did_you_mean
from pipecheck.rules.rule import Rule
from pipecheck.values.record import record


def listed_rules(
    rules: RuleSet,
    selectors: Sequence[str],
    *,
    group: str | None = None,
    tag: str | None = None,
    framework: str | None = None,
    status: str | None = None,
) -> tuple[Rule, ...]:
    """The rules that the selectors name, all of them without selectors, and that fit every filter.

    Raises UsageError for a selector or a filter that names nothing.
    """
    kinds = {"group": group, "tag": tag, "framework": framework}
    chosen = rules.catalog.select(selectors or ("ALL",))
    for kind, name in kinds.items():
        if name is not None:
            wanted = {rule.id for rule in rules.catalog.select((f"{kind}:{name}",))}
            chosen = tuple(rule for rule in chosen if rule.id in wanted)
    return tuple(rule for rule in chosen if status in (None, rule.status))


def rule_called(rules: RuleSet, id: str) -> Rule:
    """The rule of that id. Raises UsageError, which names the nearest one."""
    known = rules.catalog.rules
    if id not in known:
        help = did_you_mean(id, known) or ("pipecheck rules list shows all rules",)
        raise UsageError(f"there is no rule {id}", help=help)
    return known[id]


@record
class Tested:
    """What testing some rules says: their ids, and every proof of them."""

    rules: tuple[str, ...]
    proofs: tuple[Proof, ...]


def tested(paths: Iterable[str], configuration: Configuration, cwd: Path, *, allow_python: bool) -> Tested:
    """The proofs of all rules in some files and folders.

    Raises UsageError where there is no rule, and what `rules_at` and `RuleSet.check` raise.
    """
    found = rules_at([_existing(path, cwd) for path in paths], configuration, cwd, allow_python=allow_python)
    ids = tuple(found.catalog.rules)
    if not ids:
        raise UsageError("there is no rule to test", help=("name a rule file, or a folder that holds some",))
    return Tested(ids, tuple(proof for rule in found.catalog.rules.values() for proof in _proofs(found, rule, cwd)))


def _proofs(rules: RuleSet, rule: Rule, cwd: Path) -> Iterator[Proof]:
    from pipecheck.app.kit.prove import proofs  # noqa: PLC0415 - to list rules needs no engine
    from pipecheck.syntax.read import read  # noqa: PLC0415

    text = (cwd / rule.source).read_text("utf-8-sig")
    return proofs(rule, rules.check(rule), read(text, rule.source))


def _existing(path: str, cwd: Path) -> Path:
    if not (cwd / path).exists():
        raise UsageError("there is no such file or folder", source=path)
    return cwd / path
