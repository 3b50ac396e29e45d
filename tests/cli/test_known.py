"""Suppressions, baselines and revisions as a user meets them, through the real command."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pipecheck.syntax.document import Tagged
from pipecheck.syntax.read import read
from tests.cli.test_scan import FAILING, pipecheck

SECOND = """\
  Second:
    Type: AWS::CodeBuild::Project
    Properties:
      Name: second
      ServiceRole: !GetAtt Role.Arn
      Artifacts: {Type: NO_ARTIFACTS}
      Source: {Type: GITHUB, Location: "https://github.com/o/r"}
      LogsConfig: {CloudWatchLogs: {Status: DISABLED}}
      Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/standard:7.0"}
"""
OAUTH = "source-oauth-v1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pipeline.yaml").write_text(FAILING)
    return tmp_path


def report(folder: Path, *arguments: str) -> dict[str, list[dict[str, object]]]:
    found = json.loads(pipecheck("scan", "-f", "json", *arguments, cwd=folder).stdout)
    assert isinstance(found, dict)
    return found


def written(folder: Path) -> None:
    assert pipecheck("baseline", "write", "known.json", cwd=folder).returncode == 0


def rules(findings: list[dict[str, object]]) -> set[object]:
    return {finding["rule"] for finding in findings}


def test_what_is_in_the_baseline_is_not_new(folder: Path) -> None:
    written(folder)
    result = pipecheck("scan", "--baseline", "known.json", cwd=folder)
    assert result.returncode == 0
    assert "0 new, " in result.stdout
    assert "0 fixed since known.json" in result.stdout


def test_one_new_defect_is_exactly_what_is_new(folder: Path) -> None:
    written(folder)
    (folder / "pipeline.yaml").write_text(FAILING + SECOND)
    found = report(folder, "--baseline", "known.json", "--select", "build-logs-enabled,source-*,artifact-*")
    assert rules(found["findings"]) == {"build-logs-enabled"}


def test_moved_resources_and_renamed_files_are_not_new(folder: Path) -> None:
    (folder / "pipeline.yaml").write_text(FAILING + SECOND)
    written(folder)
    head, pipeline = FAILING.split("  Pipeline:\n")
    pipeline, role = pipeline.split("  Role:")
    (folder / "pipeline.yaml").unlink()
    (folder / "moved.yaml").write_text(f"{head}{SECOND}  Role:{role}# a comment\n\n  Pipeline:\n{pipeline}")
    assert report(folder, "--baseline", "known.json")["findings"] == []


def test_the_same_template_in_json_is_not_new(folder: Path) -> None:
    def plain(node: object) -> object:
        if isinstance(node, Tagged):
            return {"Fn::GetAtt": str(node.value).split(".")}
        if isinstance(node, dict):
            return {key: plain(value) for key, value in node.items()}
        return [plain(value) for value in node] if isinstance(node, list) else node

    written(folder)
    (folder / "pipeline.yaml").unlink()
    (folder / "pipeline.json").write_text(json.dumps(plain(read(FAILING, "t.yaml").root)))
    assert report(folder, "--baseline", "known.json")["findings"] == []


def test_a_second_copy_of_a_known_defect_is_new(folder: Path) -> None:
    written(folder)
    (folder / "copy").mkdir()
    (folder / "copy" / "pipeline.yaml").write_text(FAILING)
    found = report(folder, "--baseline", "known.json", "--select", OAUTH)
    (finding,) = found["findings"]
    assert finding["location"]["uri"] == "copy/pipeline.yaml"  # type: ignore[index]


def test_fixed_findings_are_counted_and_pruned(folder: Path) -> None:
    (folder / "pipeline.yaml").write_text(FAILING + SECOND)
    written(folder)
    (folder / "pipeline.yaml").write_text(FAILING)
    assert "build-logs-enabled" in (folder / "known.json").read_text()
    result = pipecheck("scan", "--baseline", "known.json", "--baseline-prune", cwd=folder)
    assert ", 0 fixed" not in result.stdout
    assert "build-logs-enabled" not in (folder / "known.json").read_text()
    assert ", 0 fixed since known.json" in pipecheck("scan", "--baseline", "known.json", cwd=folder).stdout


def test_what_was_not_looked_at_is_not_fixed(folder: Path) -> None:
    (folder / "other.yaml").write_text("Resources: {B: {Type: 'AWS::S3::Bucket'}}\n")
    written(folder)
    for arguments in (["other.yaml"], ["--select", OAUTH]):
        assert ", 0 fixed" in pipecheck("scan", *arguments, "--baseline", "known.json", cwd=folder).stdout


def test_an_earlier_sarif_report_is_a_baseline(folder: Path) -> None:
    pipecheck("scan", "-f", "sarif=before.sarif", cwd=folder)
    result = pipecheck("scan", "--baseline", "before.sarif", "-f", "sarif", cwd=folder)
    assert result.returncode == 0
    states = {entry["baselineState"] for entry in json.loads(result.stdout)["runs"][0]["results"]}
    assert states == {"unchanged"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"schema": "pipecheck/baseline/v2", "findings": []}', "pipecheck/baseline/v2"),
        ('{"schema": "pipecheck/baseline/v1", "findings": [{"rule": 1}]}', "finding 1 of the baseline is broken"),
        ('{"schema": "pipecheck/baseline/v1"}', "no list of findings"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("{}", "neither a baseline nor SARIF"),
        (None, "cannot be read"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_one_message(folder: Path, text: str | None, said: str) -> None:
    if text is not None:
        (folder / "known.json").write_text(text)
    result = pipecheck("scan", "--baseline", "known.json", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def test_what_is_new_since_a_revision_is_found_also_where_lines_were_deleted(folder: Path) -> None:
    file = folder / "pipeline.yaml"
    file.write_text(FAILING.replace("Branch: b,", "Branch: b, PollForSourceChanges: false,"))
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "before")
    assert report(folder, "--diff-base", "HEAD")["findings"] == []
    file.write_text(FAILING)
    assert rules(report(folder, "--diff-base", "HEAD")["findings"]) == {"source-polling"}
    assert rules(report(folder, "pipeline.yaml", "--diff-base", "HEAD")["findings"]) == {"source-polling"}
    for revision in ("nonsense", "--upload-pack=x"):
        result = pipecheck("scan", f"--diff-base={revision}", cwd=folder)
        assert (result.returncode, result.stdout) == (2, "")
        assert f"git knows no revision {revision}" in result.stderr


def test_a_folder_outside_git_has_no_revision(folder: Path) -> None:
    result = pipecheck("scan", "--diff-base", "HEAD", cwd=folder)
    assert result.returncode == 2
    assert "is in no git repository" in result.stderr


def commented(comment: str) -> str:
    return FAILING.replace("ActionTypeId", f"{comment}\n              ActionTypeId", 1)


def test_a_comment_suppresses_and_stays_in_the_report(folder: Path) -> None:
    (folder / "pipeline.yaml").write_text(commented("# pipecheck: ignore[source-oauth-v1] the host is going away"))
    found = report(folder, "--select", f"{OAUTH},gov-suppression-hygiene")
    (finding,) = found["findings"]
    assert finding["rule"] == OAUTH
    assert finding["suppressed"]["kind"] == "comment"  # type: ignore[index]
    assert finding["suppressed"]["reason"] == "the host is going away"  # type: ignore[index]
    result = pipecheck("scan", "--select", OAUTH, cwd=folder)
    assert result.returncode == 0
    assert "1 finding is suppressed" in result.stdout
    sarif = json.loads(pipecheck("scan", "--select", OAUTH, "-f", "sarif", cwd=folder).stdout)
    (entry,) = sarif["runs"][0]["results"]
    assert entry["suppressions"][0]["kind"] == "inSource"
    assert "<skipped" in pipecheck("scan", "--select", OAUTH, "-f", "junit", cwd=folder).stdout


def test_without_a_reason_it_suppresses_nothing(folder: Path) -> None:
    (folder / "pipeline.yaml").write_text(commented("# pipecheck: ignore[source-oauth-v1]"))
    found = report(folder, "--select", f"{OAUTH},gov-suppression-hygiene")["findings"]
    assert rules(found) == {OAUTH, "gov-suppression-hygiene"}
    assert all(finding["suppressed"] is None for finding in found)


WAIVER = """\
waivers:
  - rule: source-oauth-v1
    subject: "{subject}"
    reason: the host is going away
    owner: platform
    expires: {expires}
"""


@pytest.mark.parametrize("subject", ["shop", "Fetch", "shop/Source/Fetch", "sh*", "Pipeline", "Resources.Pipeline.*"])
def test_a_waiver_covers_a_subject_by_any_of_its_names(folder: Path, subject: str) -> None:
    (folder / "pipecheck.yaml").write_text(WAIVER.format(subject=subject, expires="2999-01-01"))
    (finding,) = report(folder, "--select", OAUTH)["findings"]
    assert finding["suppressed"]["owner"] == "platform"  # type: ignore[index]


def test_an_expired_waiver_lets_the_finding_return_and_is_named(folder: Path) -> None:
    (folder / "pipecheck.yaml").write_text(WAIVER.format(subject="shop", expires="2020-01-01"))
    found = report(folder, "--select", f"{OAUTH},gov-suppression-hygiene")["findings"]
    (returned,) = [finding for finding in found if finding["rule"] == OAUTH]
    assert "ended on 2020-01-01" in str(returned["related"])
    assert rules(found) == {OAUTH, "gov-suppression-hygiene"}
    assert pipecheck("scan", "--select", OAUTH, cwd=folder).returncode == 1


def test_unused_waivers_and_unknown_rules_are_findings(folder: Path) -> None:
    (folder / "pipecheck.yaml").write_text(WAIVER.format(subject="other", expires="2999-01-01"))
    (folder / "pipeline.yaml").write_text(FAILING + "# pipecheck: ignore[source-oauth-v2] typo\n  More: {Type: A}\n")
    found = report(folder, "--select", f"{OAUTH},gov-suppression-hygiene", "--waiver-warn-days", "9999999")[
        "findings"
    ]
    said = " ".join(str(finding["message"]) for finding in found)
    assert "covers no finding of source-oauth-v1" in said
    assert "there is no rule source-oauth-v2; did you mean source-oauth-v1?" in said


def test_waivers_that_end_soon_are_told(folder: Path) -> None:
    (folder / "pipecheck.yaml").write_text(WAIVER.format(subject="shop", expires="2999-01-01"))
    assert "ends in" in pipecheck("scan", "--waiver-warn-days", "9999999", cwd=folder).stderr
    assert "ends" not in pipecheck("scan", "--waiver-warn-days", "7", cwd=folder).stderr
