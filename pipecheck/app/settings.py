"""What a configuration comes to, setting by setting, and its schema."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from pipecheck.app.prepare import selected_rules, stated
from pipecheck.app.rule_set import rule_set
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.config.effective import effective_settings
from pipecheck.engine.config.schema import configuration_schema
from pipecheck.report.settings import ShownSetting


def settings(
    configuration: Configuration,
    select: Sequence[str],
    ignore: Sequence[str],
    others: Mapping[str, object],
    cwd: Path,
) -> tuple[ShownSetting, ...]:
    """Every setting that holds and what says so; `select`, `ignore` and `others`, by key, are of the command line.

    Raises ConfigurationError and UsageError where rules or parameters are named that do not exist.
    """
    chosen = selected_rules(select, ignore, configuration, rule_set(configuration, cwd))
    rules = [stated(rule, configuration) for rule in chosen]
    given = {"select": select, "ignore": ignore, **others}
    return tuple(
        ShownSetting(one.route, one.value, one.origin)
        for one in effective_settings(configuration, rules, {name: value for name, value in given.items() if value})
    )


def configuration_schema_text(configuration: Configuration, cwd: Path) -> str:
    """The JSON Schema of a configuration that brings the same rules, as text."""
    return json.dumps(configuration_schema(rule_set(configuration, cwd).catalog), indent=2, ensure_ascii=False) + "\n"


def report_schema_text() -> str:
    """The JSON Schema of the JSON report, as text."""
    return files("pipecheck.report").joinpath("report.schema.json").read_text("utf-8")
