"""Choosing rules, and finding those that come with the package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import pipecheck
from pipecheck.errors import RuleFileError, UsageError
from pipecheck.rules import catalog
from pipecheck.rules.catalog import Catalog, catalog_of, load_bundled, prebuilt
from pipecheck.rules.file import read_rule
from pipecheck.rules.prebuilt import as_json, from_json
from pipecheck.rules.rule import Rule

TEMPLATE = """\
id: {id}
title: t
severity: low
since: 0.1.0
subject: pipeline
require: has(pipeline.name)
message: m
rationale: r
remediation: r
limits: l
controls: {{}}
references: []
examples: []
"""


def rule(id: str, group: str, *tags: str, default: bool = True, framework: str | None = None) -> Rule:
    made = read_rule(TEMPLATE.format(id=id), f"rules/{group}/{id}.yaml")
    return replace(made, tags=tags, default=default, controls={framework: ("X-1",)} if framework else {})


@pytest.fixture
def rules() -> Catalog:
    return catalog_of(
        [
            rule("source-branch", "source", "branch"),
            rule("iam-admin", "iam", framework="soc2"),
            rule("iam-wildcard", "iam", "noisy", default=False, framework="soc2"),
        ]
    )


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ([], [], ["iam-admin", "source-branch"]),
        (["ALL"], [], ["iam-admin", "iam-wildcard", "source-branch"]),
        (["iam-wildcard"], [], ["iam-wildcard"]),
        (["iam-*"], [], ["iam-admin", "iam-wildcard"]),
        (["group:iam"], ["iam-admin"], ["iam-wildcard"]),
        (["tag:noisy", "source-branch"], [], ["iam-wildcard", "source-branch"]),
        (["framework:soc2"], ["tag:noisy"], ["iam-admin"]),
        (["ALL"], ["ALL"], []),
        ([], ["group:source"], ["iam-admin"]),
    ],
)
def test_selectors(rules: Catalog, select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert [rule.id for rule in rules.select(select, ignore)] == expected


@pytest.mark.parametrize(
    ("selector", "help"),
    [
        ("iam-admn", "did you mean iam-admin?"),
        ("IAM-ADMIN", "did you mean iam-admin?"),
        ("group:sources", "did you mean group:source?"),
        ("tag:noise", "did you mean tag:noisy?"),
        ("framework:soc", "did you mean framework:soc2?"),
        ("kind:iam", "selectors are ids, globs, group:NAME"),
        ("zzz-*", "known: iam-admin, iam-wildcard, source-branch"),
    ],
)
def test_a_selector_that_names_nothing_is_a_mistake(rules: Catalog, selector: str, help: str) -> None:
    for chosen in ({"select": [selector]}, {"ignore": [selector]}):
        with pytest.raises(UsageError) as caught:
            rules.select(**chosen)
        assert selector in caught.value.message
        assert help in "".join(caught.value.help)


def test_two_rules_of_one_id_are_a_mistake() -> None:
    with pytest.raises(RuleFileError, match=r"iam-admin is also in rules/iam/iam-admin\.yaml"):
        catalog_of([rule("iam-admin", "iam"), rule("iam-admin", "source")])


def test_the_rules_of_a_checkout_are_found_beside_the_package() -> None:
    folder = Path(pipecheck.__file__).parent.parent / "rules"
    expected = {path.stem for path in folder.glob("*/*.yaml") if path.parent.name != "frameworks"}
    assert set(load_bundled().rules) == expected


def test_the_rules_of_an_installed_package_are_found_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "pipecheck" / "_rules" / "iam"
    folder.mkdir(parents=True)
    (folder / "iam-only.yaml").write_text(TEMPLATE.format(id="iam-only"))
    frameworks = tmp_path / "pipecheck" / "_rules" / "frameworks"
    frameworks.mkdir()
    (frameworks / "soc2.yaml").write_text("controls: {}")
    monkeypatch.setattr(catalog, "__file__", str(tmp_path / "pipecheck" / "rules" / "catalog.py"))
    assert list(load_bundled().rules) == ["iam-only"]
    assert load_bundled().rules["iam-only"].source == "rules/iam/iam-only.yaml"


def test_examples_are_read_only_when_they_are_asked_for() -> None:
    assert not any(rule.examples for rule in load_bundled().rules.values())
    assert all(rule.examples for rule in load_bundled(examples=True).rules.values())


def test_prebuilt_rules_equal_those_of_the_files() -> None:
    folder = Path(pipecheck.__file__).parent.parent / "rules"
    from_files = {rule.id: replace(rule, examples=()) for rule in load_bundled(examples=True).rules.values()}
    assert catalog_of(from_json(prebuilt(folder))).rules == from_files


def test_an_installed_package_reads_the_prebuilt_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "pipecheck" / "_rules"
    folder.mkdir(parents=True)
    (folder / "catalog.json").write_text(as_json([rule("iam-only", "iam")]), "utf-8")
    monkeypatch.setattr(catalog, "__file__", str(tmp_path / "pipecheck" / "rules" / "catalog.py"))
    assert load_bundled().rules == {"iam-only": rule("iam-only", "iam")}
