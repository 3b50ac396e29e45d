"""Choose the rules of a run and make them ready."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.app.rule_set import RuleSet
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.run import Prepared
from pipecheck.engine.variants import variants_of
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.rule import Check, Rule
from pipecheck.values.record import replace


def prepared_rules(
    select: Sequence[str], ignore: Sequence[str], configuration: Configuration, rules: RuleSet | None = None
) -> tuple[Prepared, ...]:
    """The selected ones of the rules, ready to be called. Raises what `selected_rules` and `RuleSet.check` raise."""
    rules = rules or RuleSet(load_bundled())
    chosen = selected_rules(select, ignore, configuration, rules)
    return tuple(prepared(rule, rules.check(rule), configuration) for rule in chosen)


def selected_rules(
    select: Sequence[str], ignore: Sequence[str], configuration: Configuration, rules: RuleSet
) -> tuple[Rule, ...]:
    """The rules that run; the command line's selection comes before the configuration's.

    Raises UsageError for a selector that names nothing, ConfigurationError for what the configuration says of rules
    that do not exist.
    """
    if configuration.source is not None:
        from pipecheck.engine.config.check import check_against  # noqa: PLC0415 - nothing to check without one

        check_against(configuration, rules.catalog)
    return rules.catalog.select(select or configuration.select, (*configuration.ignore, *ignore))


def prepared(rule: Rule, check: Check, configuration: Configuration) -> Prepared:
    """The rule with its check and what the configuration makes of its parameters and severity."""
    severity = configuration.severity.get(rule.id)
    waivers = configuration.waivers if "suppression" in rule.subjects else ()
    variants = variants_of(rule, configuration)
    return Prepared(stated(rule, configuration), check, configuration.params(rule), severity, variants, waivers)


def stated(rule: Rule, configuration: Configuration) -> Rule:
    """The rule with the severity that the configuration states."""
    severity = configuration.severity.get(rule.id)
    return rule if severity is None else replace(rule, severity=severity)
