"""The configuration as users meet it: where it is found, what it changes, and how its mistakes are told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.cli.test_scan import pipecheck

TEMPLATE = """
Resources:
  {id}Bucket: {{Type: AWS::S3::Bucket, Properties: {{BucketName: {bucket}}}}}
  {id}:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: {name}
      RoleArn: arn:aws:iam::111122223333:role/pipeline
      ArtifactStore: {{Type: S3, Location: {store}}}
      Stages:
        - Name: Source
          Actions:
            - Name: Fetch
              ActionTypeId: {{Category: Source, Owner: AWS, Provider: S3, Version: "1"}}
              Configuration: {{S3Bucket: elsewhere, S3ObjectKey: k, PollForSourceChanges: "false"}}
              OutputArtifacts: [{{Name: code}}]
        - Name: Deploy
          Actions:
            - Name: Deploy
              ActionTypeId: {{Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}
              Configuration: {{StackName: {name}, ActionMode: CREATE_UPDATE}}
              InputArtifacts: [{{Name: code}}]
"""
CMK = "artifact-store-cmk"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pipelines in two folders: `shop` and `lab`."""
    (tmp_path / ".git").mkdir()
    for name in ("shop", "lab"):
        (tmp_path / name).mkdir()
        text = TEMPLATE.format(id=name.title(), name=name, bucket=f"{name}-artifacts", store=f"{name}-artifacts")
        (tmp_path / name / "pipeline.yaml").write_text(text)
    return tmp_path


def found(folder: Path, *options: str, rule: str = CMK) -> dict[str, str]:
    """The severity with which a rule fails, by pipeline."""
    done = pipecheck("scan", ".", "-f", "json", "--fail-on", "never", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return {
        f["subject"]["pipeline"]: f["severity"]
        for f in json.loads(done.stdout)["findings"]
        if f["rule"] == rule and f["verdict"] == "fail"
    }


def configure(folder: Path, text: str, name: str = "pipecheck.yaml") -> None:
    (folder / name).write_text(dedent(text))


def error_of(folder: Path, *arguments: str) -> str:
    done = pipecheck(*arguments, cwd=folder)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pipecheck.yaml", f"severity: {{{CMK}: critical}}"),
        (".pipecheck.yaml", f"severity: {{{CMK}: critical}}"),
        ("pyproject.toml", f'[project]\nname = "x"\n[tool.pipecheck.severity]\n{CMK} = "critical"\n'),
    ],
)
def test_it_is_found_above_the_scanned_folder(folder: Path, name: str, text: str) -> None:
    configure(folder, text, name)
    assert found(folder / "shop") == {"shop": "critical"}


def test_a_project_file_without_our_table_is_passed_over(folder: Path) -> None:
    configure(folder / "shop", '[project]\nname = "pipecheck-user"\n', "pyproject.toml")
    configure(folder, f"ignore: [{CMK}]")
    assert found(folder / "shop") == {}


def test_severities_and_exceptions_by_pipeline_and_path(folder: Path) -> None:
    configure(
        folder,
        f"""
        severity: {{{CMK}: low}}
        overrides:
          - {{pipelines: [SHO*], severity: {{{CMK}: critical}}}}
          - {{paths: [lab/], ignore: ["group:artifacts"]}}
        """,
    )
    assert found(folder) == {"shop": "critical"}
    assert found(folder / "lab") == {}
    configure(folder, f"overrides: [{{paths: [shop], pipelines: [lab], ignore: [{CMK}]}}]")
    assert set(found(folder)) == {"shop", "lab"}


def test_parameters_by_pipeline_and_later_overrides_win(folder: Path) -> None:
    configure(
        folder,
        f"""
        parameters: {{{CMK}: {{require_for: [cross-account]}}}}
        overrides:
          - {{pipelines: ["*"], parameters: {{{CMK}: {{require_for: [all]}}}}}}
          - {{pipelines: [lab], parameters: {{{CMK}: {{require_for: []}}}}}}
        """,
    )
    assert set(found(folder)) == {"shop"}


def test_what_pipelines_share_is_judged_for_each_of_them(folder: Path) -> None:
    shared = TEMPLATE.format(id="Other", name="other", bucket="other-artifacts", store="shop-artifacts")
    (folder / "shop" / "other.yaml").write_text(shared)
    rule = "artifact-bucket-versioning"

    def failing(text: str) -> list[tuple[str, str]]:
        configure(folder, text)
        done = pipecheck("scan", "shop", "-f", "json", "--fail-on", "never", "--select", rule, cwd=folder)
        found = json.loads(done.stdout)["findings"]
        return [(f["severity"], f["location"]["uri"]) for f in found if f["verdict"] == "fail"]

    place = "shop/pipeline.yaml"
    assert failing(f"overrides: [{{pipelines: [other], ignore: [{rule}]}}]") == [("low", place)]
    assert failing(f"overrides: [{{pipelines: [other], severity: {{{rule}: high}}}}]") == [("high", place)]
    assert failing(f"overrides: [{{pipelines: [other, shop], ignore: [{rule}]}}]") == []


def test_an_environment_is_named_in_the_finding(folder: Path) -> None:
    configure(folder, "environments: [{name: customers, production: true, stacks: [shop]}]")
    done = pipecheck("scan", "shop", "--select", "approval-before-production", cwd=folder)
    assert done.returncode == 1
    assert 'reaches production (environment "customers" (shop))' in done.stdout
    configure(folder, "environments: [{name: tests, production: false, accounts: ['1111*']}]")
    done = pipecheck("scan", "shop", "--select", "approval-before-production", "--strict", cwd=folder)
    assert done.returncode == 0, done.stdout


def test_the_command_line_wins(folder: Path) -> None:
    configure(folder, f"{{select: [{CMK}], fail_on: medium, unknown: ignore, exclude: [lab]}}")
    assert pipecheck("scan", cwd=folder).returncode == 1
    assert pipecheck("scan", "--fail-on", "high", cwd=folder).returncode == 0
    assert set(found(folder)) == {"shop"}
    assert found(folder, "--select", "lifecycle-*") == {}
    configure(folder, "{select: [artifact-bucket-policy-public], unknown: fail, fail_on: low}")
    assert pipecheck("scan", cwd=folder).returncode == 1
    assert pipecheck("scan", "--unknown", "report", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("selekt: ALL", "1:1", "did you mean select?"),
        ("select:\n  - artifact-store-cmkk", "2:5", f"did you mean {CMK}?"),
        ("overrides:\n  - ignore: [iam-none]", "2:14", "there is no rule iam-none"),
        ("severity:\n  artifact-store-cmk: hihg", "2:23", "did you mean high?"),
        ("production:\n  stacks: ['a[']", "2:12", "a [ has no ]"),
        ("waivers:\n  - {rule: artifact-store-cmk, subject: x, expires: 2027-02-30}", "2:53", "a date as YYYY-MM-DD"),
        ("waivers:\n  - {rule: artifact-store-cmk}", "2:6", "waivers[0]: subject is missing"),
        ("a: [", "1:5", ""),
    ],
)
def test_mistakes_are_told_with_their_place(folder: Path, text: str, place: str, message: str) -> None:
    configure(folder, text)
    told = error_of(folder, "scan")
    assert told.startswith(f"error: pipecheck.yaml:{place}: ")
    assert message in told
    assert error_of(folder, "config") == told


def test_mistakes_in_a_project_file_too(folder: Path) -> None:
    configure(folder, '[tool.pipecheck]\nignore = ["x"]\n[[tool.pipecheck.waivers]]\nrule = 1.5\n', "pyproject.toml")
    assert error_of(folder, "scan").startswith(
        "error: pyproject.toml:4:8: waivers[0].rule: expected the id of a rule"
    )


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(folder: Path) -> Path:
    (folder / ".git").rmdir()
    git(folder, "init", "-q", "-b", "main")
    configure(folder, f"severity: {{{CMK}: critical}}")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "policy")
    return folder


def test_the_policy_of_a_revision_holds_against_the_change_under_review(repository: Path) -> None:
    configure(repository, f"ignore: [{CMK}]")
    configure(repository / "shop", f"ignore: [{CMK}]")
    assert found(repository / "shop") == {}
    assert found(repository / "shop", "--config-from", "HEAD") == {"shop": "critical"}
    assert found(repository / "shop", "--config-from", "main", "--config", "../pipecheck.yaml") == {
        "shop": "critical"
    }
    assert "main:pipecheck.yaml:1" in pipecheck("config", "--config-from", "main", cwd=repository).stdout


OWN = """
id: acme-name
title: Pipeline is not called as it should be
severity: high
since: 0.1.0
subject: pipeline
python: acme_name
rationale: Ours.
remediation: Rename it.
limits: None.
controls: {{}}
references: []
examples: []
"""
CHECK = """
from pipecheck.rules.clause import Clause
from pipecheck.values import Truth


def acme_name(subject, inventory, params):
    yield Clause(Truth.TRUE, Truth.{answer}, subject.place, "the name is not one of ours")
"""


def test_own_rules_and_their_python_checks_are_those_of_the_revision_too(repository: Path) -> None:
    configure(repository, "rules: [{path: policies, python_rules: true}]")
    (repository / "policies").mkdir()
    (repository / "policies" / "acme-name.yaml").write_text(OWN.format())
    (repository / "policies" / "acme_name.py").write_text(CHECK.format(answer="FALSE"))
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "own rules")
    (repository / "policies" / "acme_name.py").write_text(CHECK.format(answer="TRUE"))
    own = ("--allow-python-rules",)
    assert found(repository, *own, rule="acme-name") == {}
    held = {"shop": "high", "lab": "high"}
    assert found(repository, *own, "--config-from", "HEAD", rule="acme-name") == held
    for file in (repository / "policies").iterdir():
        file.unlink()
    assert found(repository, *own, "--config-from", "HEAD", rule="acme-name") == held


def test_a_revision_that_is_not_there_is_a_usage_error(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert "git knows no revision none" in error_of(repository, "scan", "--config-from", "none")
    assert "git knows no revision --all" in error_of(repository, "scan", "--config-from=--all")
    assert "other.yaml is not in revision HEAD" in error_of(
        repository, "scan", "--config-from", "HEAD", "--config", "other.yaml"
    )
    outside = tmp_path_factory.mktemp("outside")
    assert "is in no git repository" in error_of(outside, "scan", "--config-from", "HEAD")


def settings(folder: Path, *options: str) -> dict[str, tuple[Any, str]]:
    done = pipecheck("config", "--format", "json", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return {entry["key"]: (entry["value"], entry["origin"]) for entry in json.loads(done.stdout)["settings"]}


def test_config_names_the_source_of_each_value(folder: Path) -> None:
    configure(
        folder,
        f"""\
        ignore: [source-*]
        parameters:
          artifact-bucket-lifecycle:
            max_days: 200
        waivers:
          - rule: {CMK}
            subject: shop
            expires: 2027-01-31
        """,
    )
    found = settings(folder, "--fail-on", "low", "--ignore", "build-*")
    assert found["ignore"] == (["source-*", "build-*"], "pipecheck.yaml:1 and command line")
    assert found["parameters.artifact-bucket-lifecycle.max_days"] == (200, "pipecheck.yaml:4")
    assert found["parameters.artifact-bucket-lifecycle.min_days"] == (14, "default")
    assert found["waivers[0].expires"] == ("2027-01-31", "pipecheck.yaml:8")
    assert found["fail_on"] == ("low", "command line")
    assert found["unknown"] == ("report", "default")


def test_config_prints_a_configuration_again(folder: Path) -> None:
    text = f"""\
        select: [{CMK}, "iam-*"]
        severity: {{{CMK}: "high"}}
        production: {{accounts: [012345670123], names: ["yes", "a b", "#1"]}}
        environments:
          - {{name: live, production: true, tags: {{"a b": "x: y"}}}}
          - {{name: lab, production: false}}
        overrides:
          - {{paths: [x], parameters: {{{CMK}: {{require_for: [all]}}, artifact-bucket-lifecycle: {{min_days: 7}}}}}}
        rules: [./policies, {{path: more, python_rules: true}}]
        """
    configure(folder, text)
    for name in ("policies", "more"):
        (folder / name).mkdir()
    printed = pipecheck("config", cwd=folder).stdout
    first = settings(folder)
    configure(folder, printed)
    again = settings(folder)
    assert {key: value for key, (value, _) in again.items()} == {key: value for key, (value, _) in first.items()}
    assert all(origin.startswith("pipecheck.yaml:") for _, origin in again.values())
    assert first["production.accounts"][0] == ["012345670123"]


def test_the_schemas_are_printed(folder: Path) -> None:
    schema = json.loads(pipecheck("config", "--schema", cwd=folder).stdout)
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(yaml.safe_load(f"ignore: [{CMK}]"))
    report = json.loads(pipecheck("scan", "--schema", cwd=folder).stdout)
    Draft202012Validator.check_schema(report)
    printed = pipecheck("scan", ".", "-f", "json", "--fail-on", "never", cwd=folder).stdout
    assert Draft202012Validator(report).is_valid(json.loads(printed))


def test_rules_of_its_own_are_known_to_the_configuration_and_its_schema(folder: Path) -> None:
    configure(folder, "rules: [./policies]\nseverity: {acme-owner: high}\n")
    pipecheck("rules", "new", "acme-owner", cwd=folder)
    (folder / "policies" / "acme-python.yaml").write_text(
        "id: acme-python\ntitle: t\nseverity: low\nsubject: pipeline\npython: acme_python\n"
        "rationale: r\nremediation: r\nparams: {most: {type: integer, default: 3, description: d}}\n"
    )
    (folder / "policies" / "acme_python.py").write_text("raise SystemExit(3)")
    assert settings(folder)["parameters.acme-python.most"] == (3, "default")
    schema = json.loads(pipecheck("config", "--schema", cwd=folder).stdout)
    assert Draft202012Validator(schema).is_valid({"parameters": {"acme-python": {"most": 4}}})
    assert not Draft202012Validator(schema).is_valid({"parameters": {"acme-python": {"most": "four"}}})
