"""pipecheck's findings inside cfn-lint, run as its users run it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.checkout import ROOT

WEBSHOP = ROOT / "fixtures" / "webshop"
RUN = "import sys; from cfnlint.runner import main; sys.exit(main())"


def cfn_lint(*arguments: str, cwd: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-W", "ignore", "-c", RUN, "--format", "json", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def pipecheck(file: str, cwd: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "pipecheck", "scan", file, "--unknown", "ignore", "-f", "json"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_findings_have_the_same_ids_places_and_words() -> None:
    found = cfn_lint("--append-rules", "pipecheck.cfn_lint.rules", "--", "pipeline.yaml", cwd=WEBSHOP)
    theirs = {
        (
            one["Rule"]["Id"],
            one["Location"]["Start"]["LineNumber"],
            one["Location"]["Start"]["ColumnNumber"],
            one["Location"]["End"]["ColumnNumber"],
            one["Message"],
        )
        for one in found
    }
    ours = {
        (
            one["rule"],
            one["location"]["line"],
            one["location"]["column"],
            one["location"]["end_column"],
            one["message"],
        )
        for one in pipecheck("pipeline.yaml", WEBSHOP)["findings"]
    }
    assert ours
    assert theirs == ours
    levels = {one["Rule"]["Id"]: one["Level"] for one in found}
    assert levels["approval-before-production"] == "Error"


def test_a_rule_can_be_ignored_as_any_other_and_the_configuration_holds(tmp_path: Path) -> None:
    (tmp_path / "pipeline.yaml").write_text((WEBSHOP / "pipeline.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "pipecheck.yaml").write_text("ignore: [valid-artifact-flow]\n", "utf-8")
    arguments = ("--append-rules", "pipecheck.cfn_lint.rules", "--ignore-checks", "source-oauth-v1")
    found = {one["Rule"]["Id"] for one in cfn_lint(*arguments, "--", "pipeline.yaml", cwd=tmp_path)}
    assert "approval-before-production" in found
    assert not {"valid-artifact-flow", "source-oauth-v1"} & found


def scanned(folder: Path, *options: str) -> tuple[dict[str, Any], str]:
    file = folder / "out.sarif"
    command = [sys.executable, "-m", "pipecheck", "scan", ".", "--cfn-lint", "-f", f"sarif={file}", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    log: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return log, done.stderr


def test_what_cfn_lint_says_of_pipelines_is_a_second_run(tmp_path: Path) -> None:
    text = (WEBSHOP / "pipeline.yaml").read_text("utf-8")
    mark = "    Type: AWS::CodePipeline::Pipeline\n    Properties:\n"
    assert mark in text
    (tmp_path / "pipeline.yaml").write_text(text.replace(mark, mark + "      Naem: x\n"), "utf-8")
    (tmp_path / "topic.yaml").write_text(
        "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties: {Naem: x}\n", "utf-8"
    )
    line = 1 + text[: text.index(mark)].count("\n") + 2
    log, said = scanned(tmp_path)

    ours, theirs = log["runs"]
    assert ours["tool"]["driver"]["name"] == "pipecheck"
    assert theirs["tool"]["driver"]["name"] == "cfn-lint"
    assert theirs["automationDetails"]["id"] != ours["automationDetails"]["id"]
    places = {
        (result["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"])
        for result in theirs["results"]
        for place in [result["locations"][0]["physicalLocation"]]
    }
    assert ("E3002", "pipeline.yaml", line) in places
    assert {uri for _, uri, _ in places} == {"pipeline.yaml"}
    described = {rule["id"]: rule for rule in theirs["tool"]["driver"]["rules"]}
    assert all(described[result["ruleId"]]["shortDescription"]["text"] for result in theirs["results"])
    assert f"note: cfn-lint E3002 pipeline.yaml:{line}" in said


def test_without_templates_with_pipelines_the_second_run_is_empty(tmp_path: Path) -> None:
    (tmp_path / "pipeline.json").write_text((WEBSHOP / "search-index.json").read_text("utf-8"), "utf-8")
    log, _ = scanned(tmp_path)
    assert log["runs"][1]["results"] == []
