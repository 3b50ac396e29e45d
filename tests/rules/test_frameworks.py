"""Frameworks: their files, and that rules name no control that they do not have."""

from __future__ import annotations

import pytest

from pipecheck.errors import RuleFileError
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.frameworks import framework_of, frameworks, read_framework
from tests.checkout import ROOT


def test_every_control_of_a_rule_is_one_of_its_framework() -> None:
    known = frameworks()
    named = {
        (slug, control, rule.id)
        for rule in load_bundled().rules.values()
        for slug, controls in rule.controls.items()
        for control in controls
    }
    unknown = [name for name in named if name[0] not in known or name[1] not in known[name[0]].controls]
    assert unknown == []


def test_each_file_is_called_like_its_framework() -> None:
    files = {path.stem for path in (ROOT / "rules" / "frameworks").glob("*.yaml")}
    assert set(frameworks()) == files
    assert {"owasp-cicd-sec", "nist-800-53-r5", "nist-ssdf", "cis-ssc", "slsa", "soc2", "pci-dss-4"} <= files


def test_the_owasp_list_is_whole() -> None:
    assert list(frameworks()["owasp-cicd-sec"].controls) == [f"CICD-SEC-{number}" for number in range(1, 11)]


def test_a_framework_of_somebody_else_is_what_rules_name() -> None:
    assert framework_of("acme", load_bundled().rules.values()).controls == {}


def test_a_mistake_in_a_file_is_at_its_place() -> None:
    text = (ROOT / "rules" / "frameworks" / "soc2.yaml").read_text("utf-8").replace("wording: own", "wording: mine")
    with pytest.raises(RuleFileError, match="wording: expected original or own") as caught:
        read_framework(text, "rules/frameworks/soc2.yaml")
    assert caught.value.location == "rules/frameworks/soc2.yaml:5:10"
