"""`pipecheck scan` as a user runs it: what it prints, where, and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

FAILING = dedent(
    """
    Resources:
      Pipeline:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          Name: shop
          RoleArn: !GetAtt Role.Arn
          ArtifactStore: {Type: S3, Location: elsewhere}
          Stages:
            - Name: Source
              Actions:
                - Name: Fetch
                  ActionTypeId: {Category: Source, Owner: ThirdParty, Provider: GitHub, Version: "1"}
                  Configuration: {Owner: o, Repo: r, Branch: b, OAuthToken: ghp_0123456789abcdefghij0123456789abcdef}
                  OutputArtifacts: [{Name: code}]
      Role: {Type: AWS::IAM::Role, Properties: {}}
    """
)
CLEAN = "Resources: {B: {Type: 'AWS::S3::Bucket', Properties: {}}}\n"


def pipecheck(
    *arguments: str, cwd: Path, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipecheck", *arguments],
        cwd=cwd, input=stdin, capture_output=True, text=True, timeout=60, check=False,
        env={**{k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}, **(env or {})},
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pipeline.yaml").write_text(FAILING)
    return tmp_path


def rules_of(output: str) -> set[tuple[str, str]]:
    return {(finding["rule"], finding["verdict"]) for finding in json.loads(output)["findings"]}


def test_findings_go_to_stdout_and_exit_with_1(folder: Path) -> None:
    result = pipecheck("scan", cwd=folder)
    assert result.returncode == 1
    assert "source-oauth-v1" in result.stdout
    assert "pipeline.yaml:13" in result.stdout
    assert result.stderr == ""


def test_nothing_found_exits_with_0(tmp_path: Path) -> None:
    (tmp_path / "bucket.yaml").write_text(CLEAN)
    assert pipecheck("scan", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "never"], 0),
        (["--fail-on", "critical"], 0),
        (["--fail-on", "medium"], 1),
        (["--severity", "critical"], 0),
        (["--ignore", "source-*,artifact-store-cmk"], 0),
        (["--select", "artifact-bucket-lifecycle"], 0),
        (["--select", "artifact-bucket-lifecycle", "--unknown", "fail", "--fail-on", "medium"], 1),
        (["--select", "artifact-bucket-lifecycle", "--strict", "--fail-on", "high"], 0),
        (["--select", "group:source"], 1),
    ],
)
def test_the_threshold_decides_the_exit_code(folder: Path, arguments: list[str], code: int) -> None:
    few = ["--select", "source-oauth-v1,artifact-store-cmk,artifact-bucket-lifecycle"]
    chosen = arguments if "--select" in arguments else [*few, *arguments]
    assert pipecheck("scan", *chosen, cwd=folder).returncode == code


def test_the_format_changes_nothing_of_the_exit_code(folder: Path) -> None:
    for format in ("text", "json", "sarif", "junit"):
        assert pipecheck("scan", "-f", format, cwd=folder).returncode == 1


def test_a_broken_file_is_one_message_and_the_others_are_scanned(folder: Path) -> None:
    (folder / "broken.yaml").write_text("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {a: [}\n")
    result = pipecheck("scan", cwd=folder)
    assert result.returncode == 3
    assert "source-oauth-v1" in result.stdout
    assert result.stderr.count("error:") == 1
    assert result.stderr.startswith("error: broken.yaml:4:")


def test_a_file_that_is_not_there_is_one_message(folder: Path) -> None:
    result = pipecheck("scan", "pipeline.yaml", "none.yaml", cwd=folder)
    assert result.returncode == 3
    assert result.stderr == "error: none.yaml: cannot be read: No such file or directory\n"
    assert "source-oauth-v1" in result.stdout


def test_a_binary_file_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01AWS::\xff")
    result = pipecheck("scan", "a.bin", cwd=tmp_path)
    assert result.returncode == 3
    assert result.stderr.startswith("error: a.bin: is not a text file\n")


def test_an_empty_folder_has_nothing_to_scan(tmp_path: Path) -> None:
    result = pipecheck("scan", cwd=tmp_path)
    assert result.returncode == 3
    assert result.stderr.startswith("error: nothing to scan")


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (["--select", "source-oath-v1"], "source-oath-v1", "source-oauth-v1"),
        (["--format", "srif"], "unknown format srif", "did you mean sarif?"),
        (["-f", "json", "-f", "text"], "more than one format would be written to stdout", "give all but one a file"),
        (["--parameters", "Env"], "expected NAME=VALUE", ""),
        (["--config", "none.yaml"], "none.yaml: cannot be read", ""),
    ],
)
def test_wrong_usage_exits_with_2_and_scans_nothing(
    folder: Path, arguments: list[str], message: str, help: str
) -> None:
    result = pipecheck("scan", *arguments, cwd=folder)
    assert result.returncode == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert help in result.stderr
    assert "Traceback" not in result.stderr


def test_several_formats_at_once(folder: Path) -> None:
    result = pipecheck("scan", "-f", "json", "-f", "sarif=out.sarif", "-f", "junit=out.xml", cwd=folder)
    assert ("source-oauth-v1", "fail") in rules_of(result.stdout)
    assert json.loads((folder / "out.sarif").read_text())["version"] == "2.1.0"
    assert "<testsuites" in (folder / "out.xml").read_text()


def test_output_names_the_file(folder: Path) -> None:
    result = pipecheck("scan", "-f", "json", "-o", "report.json", cwd=folder)
    assert result.stdout == ""
    assert ("source-oauth-v1", "fail") in rules_of((folder / "report.json").read_text())


def test_stdin(tmp_path: Path) -> None:
    result = pipecheck("scan", "-f", "json", "-", cwd=tmp_path, stdin=FAILING)
    assert ("source-oauth-v1", "fail") in rules_of(result.stdout)
    assert {finding["location"]["uri"] for finding in json.loads(result.stdout)["findings"]} == {"stdin"}


def test_unknown_ignore_leaves_cannot_tells_out_and_still_counts_them(folder: Path) -> None:
    report = json.loads(pipecheck("scan", "-f", "json", "--unknown", "ignore", cwd=folder).stdout)
    assert "unknown" not in {finding["verdict"] for finding in report["findings"]}
    assert report["summary"]["verdicts"]["unknown"] > 0


def test_report_only_reads_everything_and_reports_one_file(folder: Path) -> None:
    (folder / "other.yaml").write_text(FAILING.replace("Name: shop", "Name: other"))
    report = json.loads(pipecheck("scan", "-f", "json", "--report-only", "other.yaml", cwd=folder).stdout)
    assert {finding["location"]["uri"] for finding in report["findings"]} == {"other.yaml"}


def test_two_folders_are_two_inventories(tmp_path: Path) -> None:
    bucket = "Resources: {B: {Type: 'AWS::S3::Bucket', Properties: {BucketName: elsewhere}}}"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "pipeline.yaml").write_text(FAILING)
    (tmp_path / "two" / "bucket.yaml").write_text(bucket)
    apart = pipecheck("scan", "-f", "json", "one", "two", cwd=tmp_path).stdout
    together = pipecheck("scan", "-f", "json", "one/pipeline.yaml", "two/bucket.yaml", cwd=tmp_path).stdout
    assert ("artifact-bucket-lifecycle", "unknown") in rules_of(apart)
    assert ("artifact-bucket-lifecycle", "fail") in rules_of(together)


def test_no_secret_is_printed_in_any_format(folder: Path) -> None:
    for format in ("text", "json", "sarif", "junit"):
        result = pipecheck("scan", "--verbose", "-f", format, cwd=folder)
        assert "ghp_0123456789" not in result.stdout + result.stderr


def test_colour_only_where_it_is_wanted(folder: Path) -> None:
    assert "\x1b[" not in pipecheck("scan", cwd=folder).stdout
    assert "\x1b[" in pipecheck("scan", "--color", "always", cwd=folder).stdout
    assert "\x1b[" in pipecheck("scan", cwd=folder, env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in pipecheck("scan", cwd=folder, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_verbose_names_what_was_passed_over(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert "note: passed over: loop is a link to a folder" in pipecheck("scan", "--verbose", cwd=folder).stderr
    assert pipecheck("scan", cwd=folder).stderr == ""


def test_the_same_scan_twice_says_the_same(folder: Path) -> None:
    assert pipecheck("scan", "-f", "json", cwd=folder).stdout == pipecheck("scan", "-f", "json", cwd=folder).stdout


def test_explain_and_rules_list(tmp_path: Path) -> None:
    page = pipecheck("explain", "source-oauth-v1", cwd=tmp_path)
    assert page.returncode == 0
    assert "How to mend it" in page.stdout
    table = pipecheck("rules", "list", cwd=tmp_path)
    assert "source-oauth-v1" in table.stdout
    unknown = pipecheck("explain", "source-oauth", cwd=tmp_path)
    assert unknown.returncode == 2
    assert "did you mean source-oauth-v1?" in unknown.stderr


@pytest.mark.parametrize("paths", [(".", "pipeline.yaml"), ("pipeline.yaml", "./pipeline.yaml"), (".", "sub", ".")])
def test_an_input_that_is_named_twice_counts_once(folder: Path, paths: tuple[str, ...]) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "bucket.yaml").write_text(CLEAN)
    once = json.loads(pipecheck("scan", "pipeline.yaml", "-f", "json", cwd=folder).stdout)
    result = json.loads(pipecheck("scan", *paths, "-f", "json", cwd=folder).stdout)
    assert result["summary"]["pipelines"] == 1
    assert [f["fingerprint"] for f in result["findings"]] == [f["fingerprint"] for f in once["findings"]]


def test_two_reports_in_one_file_are_refused(folder: Path) -> None:
    result = pipecheck("scan", "-f", "json=out", "-f", "text=./out", cwd=folder)
    assert result.returncode == 2
    assert "more than one report would be written to ./out" in result.stderr
    assert not (folder / "out").exists()


def test_a_parameter_that_no_template_has_is_noted(folder: Path) -> None:
    (folder / "given.json").write_text('{"Parameters": {"Branhc": "main"}}')
    (folder / "bucket.yaml").write_text("Parameters: {Branch: {Type: String}}\n" + CLEAN)
    given = ("--parameters", "Stgae=x", "--parameters", "AWS::Region=eu-west-1", "--parameters", "Branch=main")
    result = pipecheck("scan", *given, "--parameters-file", "given.json", cwd=folder)
    assert result.returncode == 1
    assert "note: no template has a parameter Branhc: did you mean Branch?" in result.stderr
    assert "note: no template has a parameter Stgae" in result.stderr
    assert "AWS::Region" not in result.stderr
    assert "no template" not in pipecheck("scan", *given, "--quiet", cwd=folder).stderr


def test_a_file_to_report_that_does_not_exist_is_noted(folder: Path) -> None:
    result = pipecheck("scan", "--report-only", "pipelin.yaml", "--report-only", "pipeline.yaml", cwd=folder)
    assert "note: --report-only pipelin.yaml: there is no such file" in result.stderr
    assert "pipeline.yaml: there" not in result.stderr
