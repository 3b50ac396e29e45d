"""The page of one rule, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from pipecheck.rules.frameworks import Framework
from pipecheck.rules.rule import Example, Parameter, Rule
from pipecheck.rules.verdict import Verdict


def rule_page(rule: Rule, frameworks: Mapping[str, Framework], width: int = 100) -> str:
    """Everything a reader wants to know of a rule: why, how to mend it, parameters, limits, controls.

    `frameworks` gives the titles of the controls, and says whose judgement it is that the rule maps to them.
    """
    severities = f"{rule.severity.value}{_escalations(rule)}"
    since = f" · since {rule.since}" if rule.since else ""
    parts = [
        f"{rule.id}: {rule.title}",
        f"severity {severities} · called on {', '.join(rule.subjects)}{since} · {rule.status}"
        + ("" if rule.default else " · runs only when it is selected"),
        _section("Why it matters", rule.rationale, width),
        _section("How to mend it", rule.remediation, width),
        _example(rule.examples),
        _listed("Parameters", map(_parameter, rule.params)),
        _section("Limits", rule.limits, width),
        _controls(rule, frameworks, width),
        _listed("References", rule.references),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _escalations(rule: Rule) -> str:
    return "".join(f" ({severity.value} where {condition})" for condition, severity in rule.severity_when)


def _section(title: str, text: str, width: int) -> str:
    if not text.strip():
        return ""
    paragraphs = text.strip().split("\n\n")
    return "\n".join([title, *("\n".join(_wrapped(paragraph, width)) for paragraph in paragraphs)])


def _wrapped(paragraph: str, width: int) -> list[str]:
    """A paragraph at the width; indented lines, such as code, stay as they are."""
    if any(line.startswith((" ", "-", "*")) for line in paragraph.splitlines()):
        return [f"  {line}" for line in paragraph.splitlines()]
    return textwrap.wrap(paragraph, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _listed(title: str, entries: Iterable[str]) -> str:
    lines = [f"  {entry}" for entry in entries]
    return "\n".join([title, *lines]) if lines else ""


def _parameter(parameter: Parameter) -> str:
    default = list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
    values = f", of {', '.join(parameter.values)}" if parameter.values else ""
    return f"{parameter.name} ({parameter.type}{values}; default {default!r}): {parameter.description}"


def _controls(rule: Rule, frameworks: Mapping[str, Framework], width: int) -> str:
    lines: list[str] = []
    judgements: dict[str, list[str]] = {}
    for slug, ids in rule.controls.items():
        framework = frameworks.get(slug)
        if framework is not None:
            judgements.setdefault(framework.mapping, []).append(slug)
        for id in ids:
            title = framework.controls.get(id, "") if framework is not None else ""
            lines.append(f"{slug}: {id} {title}".rstrip())
    for judgement, slugs in judgements.items():
        lines += textwrap.wrap(f"{', '.join(slugs)}: {judgement}", width, break_on_hyphens=False)
    return _listed("Controls", lines)


def _example(examples: Sequence[Example]) -> str:
    """The first example that passes, as a template."""
    for example in examples:
        text = example.renderings.get("cloudformation")
        if example.verdict is Verdict.PASS and text is not None:
            return "\n".join([f"Example that passes: {example.case}", textwrap.indent(text.rstrip(), "  ")])
    return ""
