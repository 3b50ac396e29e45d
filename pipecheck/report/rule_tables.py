"""Several rules: as a table for the terminal or a page, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from pipecheck.rules.rule import Parameter, Rule

_COLUMNS = ("rule", "severity", "status", "default", "subject", "title")


def text_table(rules: Sequence[Rule]) -> str:
    """One line per rule: id, severity, status, whether it runs by default, subject, title."""
    rows = [_COLUMNS, *(_row(rule) for rule in rules)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) + "\n"
        for row in rows
    )


def markdown_table(rules: Sequence[Rule]) -> str:
    """The same as a table in Markdown."""
    return "".join(f"| {' | '.join(row)} |\n" for row in (_COLUMNS, ("---",) * len(_COLUMNS), *map(_cells, rules)))


def _row(rule: Rule) -> tuple[str, ...]:
    default = "yes" if rule.default else "no"
    return rule.id, rule.severity.value, rule.status, default, ", ".join(rule.subjects), rule.title


def _cells(rule: Rule) -> tuple[str, ...]:
    id, *others = _row(rule)
    return f"`{id}`", *(cell.replace("|", "\\|") for cell in others)


def json_list(rules: Sequence[Rule]) -> str:
    """A list of objects with everything that the file of each rule says, but its expressions and examples."""
    return json.dumps([_members(rule) for rule in rules], ensure_ascii=False, indent=2) + "\n"


def _members(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity.value,
        "status": rule.status,
        "default": rule.default,
        "group": rule.group,
        "tags": list(rule.tags),
        "subjects": list(rule.subjects),
        "since": rule.since or None,
        "params": {parameter.name: _parameter(parameter) for parameter in rule.params},
        "rationale": rule.rationale,
        "remediation": rule.remediation,
        "limits": rule.limits,
        "controls": {slug: list(ids) for slug, ids in rule.controls.items()},
        "references": list(rule.references),
        "source": rule.source,
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    made: dict[str, object] = {
        "type": parameter.type,
        "default": parameter.default,
        "description": parameter.description,
    }
    return made | ({"values": list(parameter.values)} if parameter.values else {})


TABLES: Mapping[str, Callable[[Sequence[Rule]], str]] = {
    "text": text_table,
    "json": json_list,
    "markdown": markdown_table,
}
"""The formats of `pipecheck rules list`."""
