"""`pipecheck rules` and `explain`: listing, beginning and testing rules."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from pipecheck.cli.group import pipecheck
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.rule import Rule
from tests.checkout import ROOT

NAIVE_RULE = dedent(
    """\
    id: acme-naive
    title: Pipeline is called shop
    severity: low
    subject: pipeline
    python: acme_naive
    rationale: r
    remediation: r
    examples:
      - case: shop
        verdict: fail
        cloudformation: |
          Resources:
            Pipeline:
              Type: AWS::CodePipeline::Pipeline
              Properties:
                Name: shop
    """
)
NAIVE_CHECK = dedent(
    """\
    from pipecheck.rules.clause import Clause
    from pipecheck.values import Known, Truth


    def acme_naive(subject, inventory, params):
        name = subject.value.name
        bad = isinstance(name, Known) and name.value == "shop"
        yield Clause(Truth.TRUE, Truth.FALSE if bad else Truth.TRUE, name.place, "is called shop")
    """
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(pipecheck, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.mark.parametrize(
    "arguments",
    [
        ("--group", "iam"),
        ("--tag", "encryption"),
        ("--framework", "soc2"),
        ("--status", "stable"),
        ("group:iam", "--framework", "soc2"),
    ],
)
def test_the_list_is_filtered(arguments: tuple[str, ...]) -> None:
    shown = {rule["id"] for rule in json.loads(call("rules", "list", "-f", "json", *arguments).output)}
    fits: dict[str, Callable[[Rule, str], bool]] = {
        "--group": lambda rule, name: rule.group == name,
        "--tag": lambda rule, name: name in rule.tags,
        "--framework": lambda rule, name: name in rule.controls,
        "--status": lambda rule, name: rule.status == name,
    }
    wanted = dict(zip(arguments[-2::2], arguments[-1::2], strict=True))
    rules = load_bundled().rules.values()
    expected = {rule.id for rule in rules if all(fits[option](rule, name) for option, name in wanted.items())}
    assert shown == (
        expected & {rule.id for rule in rules if rule.group == "iam"} if len(arguments) > 2 else expected
    )
    assert shown


def test_a_filter_that_names_nothing_is_a_mistake() -> None:
    result = call("rules", "list", "--framework", "socc2")
    assert (result.exit_code, "did you mean framework:soc2?" in result.output) == (2, True)


def test_the_tables_have_a_line_for_each_rule() -> None:
    rules = load_bundled().rules
    text, markdown = (call("rules", "list", "-f", format).output.splitlines() for format in ("text", "markdown"))
    assert text[0].split() == ["rule", "severity", "status", "default", "subject", "title"]
    assert [line.split()[0] for line in text[1:]] == list(rules)
    assert [line.split()[1].strip("`") for line in markdown[2:]] == list(rules)


def test_a_rule_is_explained_with_its_example_and_its_controls() -> None:
    page = call("explain", "artifact-store-cmk").output
    assert page == call("rules", "show", "artifact-store-cmk").output
    for part in (
        "Why it matters",
        "How to mend it",
        "Example that passes",
        "require_for (list",
        "Limits",
        "References",
    ):
        assert part in page
    assert "nist-800-53-r5: SC-28 Protection of Information at Rest" in page
    assert "this project's judgement" in page


def test_a_rule_that_was_begun_is_whole_and_is_not_begun_twice(folder: Path) -> None:
    (folder / "pipecheck.yaml").write_text("rules: [./policies]\n")
    assert call("rules", "new", "acme-owner").output.startswith("policies/acme-owner.yaml: written")
    assert call("rules", "test").output == "1 rule, 8 proofs: all hold\n"
    (folder / "policies" / "acme-owner.yaml").write_text("mine")
    refused = call("rules", "new", "acme-owner", "--config", str(ROOT / "missing.yaml"))
    assert refused.exit_code == 2
    again = call("rules", "new", "acme-owner", "--folder", "policies")
    assert again.exit_code == 2
    assert (folder / "policies" / "acme-owner.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("id", "message"), [("Acme", "is no id of a rule"), ("iam-admin-policy", "there is already a rule")]
)
def test_only_a_new_id_begins_a_rule(id: str, message: str, folder: Path) -> None:
    result = call("rules", "new", id)
    assert (result.exit_code, message in result.output) == (2, True)
    assert list(folder.glob("*.yaml")) == []


def test_a_clause_that_no_example_needs_is_named_at_its_place(folder: Path) -> None:
    call("rules", "new", "acme-owner", "--folder", ".")
    file = folder / "acme-owner.yaml"
    text = file.read_text().replace('== "owner")\n', '== "owner") && pipeline.name != "x"\n', 1)
    file.write_text(text)
    column = text.splitlines()[4].index('pipeline.name != "x"') + 1
    result = call("rules", "test", "acme-owner.yaml")
    assert result.exit_code == 1
    assert f'acme-owner.yaml:5:{column}: acme-owner: clause require: without pipeline.name != "x"\n' in result.output
    assert "expected  some example notices" in result.output


def test_an_example_that_does_not_hold_is_shown_with_its_place(folder: Path) -> None:
    call("rules", "new", "acme-owner", "--folder", ".")
    file = folder / "acme-owner.yaml"
    file.write_text(file.read_text().replace("verdict: pass", "verdict: fail"))
    result = call("rules", "test", ".")
    assert result.exit_code == 1
    assert "acme-owner.yaml:14:11: acme-owner: example the tag is there (cloudformation)" in result.output
    assert "  expected  fail\n  got       pass\n" in result.output
    assert "an example whose verdict is pass" in result.output


def test_an_example_that_cannot_be_read_is_shown_with_its_place(folder: Path) -> None:
    call("rules", "new", "acme-owner", "--folder", ".")
    file = folder / "acme-owner.yaml"
    file.write_text(
        file.read_text().replace(
            "Name: shop\n            Tags: [{Key: owner", "Name: [\n            Tags: [{Key: owner"
        )
    )
    result = call("rules", "test", ".")
    assert result.exit_code == 1
    assert "expected  an example that can be read" in result.output
    assert "template.yaml:" in result.output


def test_blur_catches_a_check_that_guesses(folder: Path) -> None:
    (folder / "acme-naive.yaml").write_text(NAIVE_RULE)
    (folder / "acme_naive.py").write_text(NAIVE_CHECK)
    result = call("rules", "test", ".", "--allow-python-rules")
    assert result.exit_code == 1
    assert "acme-naive.yaml:9:11: acme-naive: blurred example shop (cloudformation)" in result.output
    assert "  without Pipeline[0].name\n  expected  fail or unknown\n  got       pass\n" in result.output


def test_python_beside_a_tested_rule_needs_permission(folder: Path) -> None:
    (folder / "acme-naive.yaml").write_text(NAIVE_RULE)
    (folder / "acme_naive.py").write_text("raise SystemExit(3)")
    refused = call("rules", "test", "acme-naive.yaml")
    assert (refused.exit_code, "--allow-python-rules" in refused.output) == (2, True)
    crashed = call("rules", "test", "acme-naive.yaml", "--allow-python-rules")
    assert (crashed.exit_code, "acme_naive.py:1: crashed when it was loaded" in crashed.output) == (4, True)


def test_the_proofs_as_junit(folder: Path) -> None:
    (folder / "acme-naive.yaml").write_text(NAIVE_RULE)
    (folder / "acme_naive.py").write_text(NAIVE_CHECK)
    root = ElementTree.fromstring(call("rules", "test", ".", "--allow-python-rules", "-f", "junit").output)  # noqa: S314
    (suite,) = root
    failed = {case.get("name"): case.get("line") for case in suite if case.find("failure") is not None}
    assert failed == {"blurred example shop (cloudformation)": "9", "examples: pass, fail and unknown": "8"}
    assert suite.get("tests") == str(len(list(suite)))
    assert suite.get("failures") == "2"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "there is nothing to test"),
        (("nowhere",), "nowhere: there is no such file or folder"),
        ((".git",), "there is no rule to test"),
    ],
)
def test_there_must_be_something_to_test(arguments: tuple[str, ...], message: str) -> None:
    result = call("rules", "test", *arguments)
    assert (result.exit_code, message in result.output) == (2, True)


def test_our_own_rules_can_be_tested_too() -> None:
    file = ROOT / "rules" / "structure" / "valid-source-stage.yaml"
    result = call("rules", "test", str(file))
    assert result.output.endswith("all hold\n")


class TestCoverage:
    """`scan --framework`."""

    WEBSHOP = str(ROOT / "fixtures" / "webshop")

    @pytest.fixture(autouse=True)
    def collector(self) -> Iterator[None]:
        """Lets the garbage collector, which a scan stops, go on for the other tests."""
        yield
        gc.unfreeze()
        gc.enable()

    def test_the_report_ends_with_each_control(self) -> None:
        output = call("scan", self.WEBSHOP, "--framework", "owasp-cicd-sec").output
        assert "OWASP Top 10 CI/CD Security Risks 2022: " in output
        assert "CICD-SEC-1   fail            Insufficient Flow Control Mechanisms" in output
        assert "this project's judgement" in output

    def test_json_holds_it_too(self) -> None:
        report = json.loads(call("scan", self.WEBSHOP, "--framework", "soc2", "-f", "json").output)
        (coverage,) = report["coverage"]
        states = {control["id"]: control["state"] for control in coverage["controls"]}
        assert (coverage["framework"], states["CC8.1"], states["C1.2"]) == ("soc2", "fail", "fail")
        ran = {finding["rule"] for finding in report["findings"]}
        assert ran <= {rule.id for rule in load_bundled().rules.values() if "soc2" in rule.controls}

    def test_a_framework_that_no_rule_maps_to_is_a_mistake(self) -> None:
        result = call("scan", self.WEBSHOP, "--framework", "sox")
        assert (result.exit_code, "framework:sox selects nothing" in result.output) == (2, True)
