"""Choose the rules of a run and make them ready."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.checks.registry import check_named
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.run import Prepared
from pipecheck.engine.variants import variants_of
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.expression import expression_check
from pipecheck.rules.rule import Rule
from pipecheck.values.record import replace


def prepared_rules(
    select: Sequence[str], ignore: Sequence[str], configuration: Configuration
) -> tuple[Prepared, ...]:
    """The selected rules; the command line's selection comes before the configuration's.

    Raises UsageError for a selector that names nothing, ConfigurationError for what the
    configuration says of rules that do not exist.
    """
    catalog = load_bundled()
    if configuration.source is not None:
        from pipecheck.engine.config.check import check_against  # noqa: PLC0415 - nothing to check without one

        check_against(configuration, catalog)
    chosen = catalog.select(select or configuration.select, (*configuration.ignore, *ignore))
    return tuple(prepared(rule, configuration) for rule in chosen)


def prepared(rule: Rule, configuration: Configuration) -> Prepared:
    """The rule with its check and what the configuration makes of its parameters and severity."""
    check = check_named(rule.python) if rule.python is not None else expression_check(rule)
    severity = configuration.severity.get(rule.id)
    waivers = configuration.waivers if "suppression" in rule.subjects else ()
    stated = rule if severity is None else replace(rule, severity=severity)
    return Prepared(stated, check, configuration.params(rule), severity, variants_of(rule, configuration), waivers)
