"""Choose the rules of a run and make them ready."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.app.rule_set import RuleSet
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.run import Prepared
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.rule import Check, Rule


def prepared_rules(
    select: Sequence[str], ignore: Sequence[str], configuration: Configuration, rules: RuleSet | None = None
) -> tuple[Prepared, ...]:
    """The selected ones of the rules; the command line's selection comes before the configuration's.

    Without `rules` they are those that pipecheck brings. Raises UsageError for a selector that names nothing,
    ConfigurationError for what the configuration says of rules that do not exist, and what RuleSet.check raises.
    """
    rules = rules or RuleSet(load_bundled())
    if configuration.source is not None:
        from pipecheck.engine.config.check import check_against  # noqa: PLC0415 - nothing to check without one

        check_against(configuration, rules.catalog)
    chosen = rules.catalog.select(select or configuration.select, (*configuration.ignore, *ignore))
    return tuple(prepared(rule, rules.check(rule), configuration) for rule in chosen)


def prepared(rule: Rule, check: Check, configuration: Configuration) -> Prepared:
    """The rule with its check and the parameters that the configuration gives it."""
    return Prepared(rule, check, configuration.params(rule))
