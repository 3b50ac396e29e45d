"""Rules as one JSON text, which reads in a hundredth of the time of their files. Examples are left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipecheck.rules.rule import Parameter, Rule
from pipecheck.rules.severity import Severity

FILE_NAME = "catalog.json"
FRAMEWORKS = "frameworks"
"""The folder beside those of the groups that holds no rules."""


def as_json(rules: Iterable[Rule]) -> str:
    """The rules as JSON; `from_json` makes equal rules of it."""
    return json.dumps([_members(rule) for rule in rules], ensure_ascii=False, separators=(",", ":"))


def _members(rule: Rule) -> dict[str, Any]:
    members = {name: getattr(rule, name) for name in Rule.__match_args__ if name != "examples"}
    params = [{name: getattr(one, name) for name in Parameter.__match_args__} for one in rule.params]
    severity_when = [(text, severity.value) for text, severity in rule.severity_when]
    return members | {"severity": rule.severity.value, "params": params, "severity_when": severity_when}


def from_json(text: str) -> tuple[Rule, ...]:
    """The rules that `as_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return tuple(_rule(members) for members in json.loads(text))


def _rule(members: Mapping[str, Any]) -> Rule:
    made: dict[str, Any] = {name: _frozen(value) for name, value in members.items()}
    made["severity"] = Severity(members["severity"])
    made["params"] = tuple(_parameter(one) for one in members["params"])
    made["controls"] = {slug: tuple(ids) for slug, ids in members["controls"].items()}
    made["severity_when"] = tuple((text, Severity(value)) for text, value in members["severity_when"])
    return Rule(examples=(), **made)


def _parameter(members: Mapping[str, Any]) -> Parameter:
    return Parameter(**{name: _frozen(value) for name, value in members.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
