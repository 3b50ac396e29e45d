"""The JSON Schema of a configuration, for editors: draft 2020-12, with the ids and parameters of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipecheck.engine.config.keys import CONFIGURATION, SEVERITIES
from pipecheck.engine.config.shapes import Schema
from pipecheck.rules.catalog import Catalog
from pipecheck.rules.rule import Parameter, Rule

_GLOB_OF_IDS = r"^[^:]*[*?\[][^:]*$"


def configuration_schema(catalog: Catalog) -> Schema:
    """The schema of a configuration for the rules of a catalogue."""
    rules = catalog.rules
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of pipecheck",
        **CONFIGURATION.schema(),
        "$defs": {
            "rule": {"enum": list(rules)},
            "selector": {"anyOf": [{"enum": _selectors(rules)}, {"type": "string", "pattern": _GLOB_OF_IDS}]},
            "severities": _mapping({id: _severity(rule) for id, rule in rules.items()}),
            "parameters": _mapping({id: _parameters(rule) for id, rule in rules.items()}),
        },
    }


def _selectors(rules: Mapping[str, Rule]) -> list[str]:
    kinds = {f"group:{rule.group}" for rule in rules.values()}
    kinds |= {f"tag:{tag}" for rule in rules.values() for tag in rule.tags}
    kinds |= {f"framework:{slug}" for rule in rules.values() for slug in rule.controls}
    return ["ALL", *rules, *sorted(kinds)]


def _mapping(properties: Mapping[str, Any], description: str | None = None) -> Schema:
    made: Schema = {"type": ["object", "null"], "additionalProperties": False, "properties": dict(properties)}
    return made if description is None else {"description": description, **made}


def _severity(rule: Rule) -> Schema:
    return {"description": rule.title, "enum": list(SEVERITIES), "default": rule.severity.value}


def _parameters(rule: Rule) -> Schema:
    return _mapping({parameter.name: _parameter(parameter) for parameter in rule.params}, rule.title)


def _parameter(parameter: Parameter) -> Schema:
    text: Schema = {"type": "string"} | ({"enum": list(parameter.values)} if parameter.values else {})
    shape: Schema = {"type": "array", "items": text} if parameter.type == "list" else text
    if parameter.type in {"integer", "boolean"}:
        shape = {"type": parameter.type}
    default = list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
    return {"description": parameter.description, **shape, "default": default}
