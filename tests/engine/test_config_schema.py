"""The schema of the configuration and its reader: they say the same of every configuration."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from pipecheck.engine.config.check import check_against
from pipecheck.engine.config.keys import CONFIGURATION
from pipecheck.engine.config.parse import parse_configuration
from pipecheck.engine.config.schema import configuration_schema
from pipecheck.errors import ConfigurationError
from pipecheck.rules.catalog import load_bundled

GOOD = [
    "",
    "select: ALL",
    "select: [artifact-store-cmk, 'iam-*', 'group:iam', 'tag:encryption', 'framework:owasp-cicd-sec']",
    "ignore:",
    "severity: {artifact-store-cmk: info}",
    "parameters: {artifact-bucket-lifecycle: {min_days: 7}, artifact-store-cmk: {require_for: [cross-account]}}",
    "parameters: {artifact-bucket-lifecycle: }",
    "parameters: {artifact-store-encrypted: {level: cmk}, iam-wildcard-action: {allow_read_wildcards: false}}",
    "production: {names: blue, accounts: [111122223333], stacks: ['web-[ab]'], pipelines: []}",
    "not_production: {names: [sandbox], pipelines: 'x*'}",
    "environments: [{name: live, production: true, accounts: ['1*'], regions: [eu-west-1], tags: {env: 'live*'}}]",
    "environments: [{name: lab, production: false, clusters: a, services: b, pipelines: c, stacks: d}]",
    "continuous_deployment: docs",
    "overrides: [{paths: ['a/**', '!a/b'], pipelines: x, parameters: {}, severity: {}, ignore: ['*']}]",
    "overrides: [{}]",
    "rules: [./policies, {path: more, python_rules: true}]",
    "plugins: [ours, theirs]",
    "waivers: [{rule: artifact-store-cmk, subject: 'shop*', reason: r, owner: o, expires: 2027-02-28}]",
    "waivers: [{rule: artifact-store-cmk, subject: shop}]",
    "baseline: known.json",
    "{fail_on: never, unknown: fail, exclude: [node_modules/]}",
]
BAD = [
    "[]",
    "text",
    "selekt: ALL",
    "select: artifact-store-cmkk",
    "select: ['group:none']",
    "select: {a: b}",
    "ignore: [1]",
    "severity: {artifact-store-cmk: worst}",
    "severity: {artifact-store-cmkk: low}",
    "severity: low",
    "parameters: {artifact-bucket-lifecycle: {min_days: soon}}",
    "parameters: {artifact-bucket-lifecycle: {min_days: true}}",
    "parameters: {artifact-bucket-lifecycle: {min_day: 7}}",
    "parameters: {artifact-bucket-lifecicle: {min_days: 7}}",
    "parameters: {artifact-bucket-lifecycle: 7}",
    "parameters: {artifact-store-cmk: {require_for: all}}",
    "parameters: {artifact-store-cmk: {require_for: [some]}}",
    "parameters: {artifact-store-encrypted: {level: best}}",
    "production: {names: [true]}",
    "production: {stacks: ['']}",
    "production: {stacks: ['a[b']}",
    "production: {environments: []}",
    "not_production: [x]",
    "environments: [{name: live}]",
    "environments: [{name: live, production: 1}]",
    "environments: [{name: live, production: true, tags: [a]}]",
    "environments: {name: live, production: true}",
    "overrides: [{path: x}]",
    "overrides: [x]",
    "overrides: [{severity: {artifact-store-cmk: x}}]",
    "overrides: [{parameters: {artifact-store-cmk: {x: 1}}}]",
    "overrides: [{ignore: [nonsense]}]",
    "rules: ./policies",
    "rules: [{folder: x}]",
    "rules: [{python_rules: true}]",
    "rules: [{path: x, python_rules: maybe}]",
    "rules: ['']",
    "plugins: [{a: b}]",
    "waivers: [{rule: artifact-store-cmk}]",
    "waivers: [{rule: nonsense, subject: x}]",
    "waivers: [{rule: artifact-store-cmk, subject: x, expires: '2027-02-30'}]",
    "waivers: [{rule: artifact-store-cmk, subject: x, expires: soon}]",
    "waivers: [{rule: artifact-store-cmk, subject: x, expires: 27-2-3}]",
    "waivers: [{rule: artifact-store-cmk, subject: x, until: 2027-02-03}]",
    "baseline: []",
    "baseline: ''",
    "fail_on: warning",
    "unknown: maybe",
    "exclude: ['a[']",
]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return configuration_schema(load_bundled())


def plain(text: str) -> Any:
    """What an editor sees: dates are texts there, as they are here."""
    found = yaml.safe_load(text)
    return json.loads(json.dumps(found, default=str))


def refused(text: str) -> ConfigurationError | None:
    try:
        check_against(parse_configuration(text, "pipecheck.yaml"), load_bundled())
    except ConfigurationError as error:
        return error
    return None


def test_the_schema_is_one(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("text", GOOD)
def test_what_the_reader_takes_the_schema_takes(text: str, schema: dict[str, Any]) -> None:
    assert refused(text) is None
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(validator.iter_errors(plain(text))) == []


@pytest.mark.parametrize("text", BAD)
def test_what_the_reader_refuses_the_schema_refuses(text: str, schema: dict[str, Any]) -> None:
    error = refused(text)
    assert error is not None
    assert (error.source, error.line) == ("pipecheck.yaml", 1)
    assert error.column is not None
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert not validator.is_valid(plain(text))


def test_every_key_is_described_and_tried(schema: dict[str, Any]) -> None:
    assert all(entry["description"] for entry in schema["properties"].values())
    assert {key for text in GOOD for key in plain(text) or {}} == set(CONFIGURATION.keys)


def test_rules_and_parameters_come_with_their_descriptions_and_defaults(schema: dict[str, Any]) -> None:
    level = schema["$defs"]["parameters"]["properties"]["artifact-store-encrypted"]["properties"]["level"]
    assert level["enum"] == ["sse-s3", "sse-kms", "cmk"]
    assert level["default"] == "sse-s3"
    assert level["description"]
    assert "framework:owasp-cicd-sec" in schema["$defs"]["selector"]["anyOf"][0]["enum"]
