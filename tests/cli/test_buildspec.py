"""`pipecheck buildspec` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

SPEC = dedent(
    """
    version: 0.2
    phases:
      pre_build:
        commands:
          - bandit -r src || true
          - |
            npm audit
            echo done
      build:
        commands:
          - trivy image --exit-code 1 shop
          - pytest
          - ./check.sh
      post_build:
        commands:
          - docker push shop
    """
)


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipecheck", "buildspec", *arguments]
    environment = os.environ | {"COLUMNS": "200"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "buildspec.yml").write_text(SPEC)
    (tmp_path / "check.sh").write_text("#!/bin/bash\nset -e\nnpm audit\necho done\n")
    return tmp_path


def parts(folder: Path) -> dict[str, dict[str, object]]:
    done = run("buildspec.yml", "-f", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    [build] = json.loads(done.stdout)["builds"]
    found = [part for listed in build["lists"] for command in listed["commands"] for part in command["parts"]]
    return {f"{part['kind']} {part['tool'] or part['text']}": part for part in found}


def test_each_command_is_told_what_it_is_for_and_whether_it_stops_the_build(folder: Path) -> None:
    found = parts(folder)

    assert found["scan bandit"]["stops_the_build"] == "no"
    assert found["scan trivy"]["stops_the_build"] == "yes"
    assert found["test pytest"]["stops_the_build"] == "yes"
    assert found["publish docker push shop"]["kind"] == "publish"


def test_what_takes_a_failure_away_is_underlined_itself(folder: Path) -> None:
    decided = parts(folder)["scan bandit"]["decided_at"]

    line = SPEC.splitlines().index("      - bandit -r src || true") + 1
    assert decided == {"uri": "buildspec.yml", "line": line, "column": 23, "end_line": line, "end_column": 30}


def test_a_script_of_the_folder_is_read(folder: Path) -> None:
    audits = parts(folder)["scan npm-audit"]

    assert audits["stops_the_build"] == "yes"
    (folder / "check.sh").unlink()
    assert parts(folder)["scan npm-audit"]["stops_the_build"] == "no"  # the one in the block of two lines


def test_the_page_names_what_runs_although_the_build_failed(folder: Path) -> None:
    done = run("buildspec.yml", cwd=folder)

    assert "`docker push shop` runs although it failed" in done.stdout
    assert "`|| true` takes it away" in done.stdout


def test_builds_of_a_template_are_shown(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(
        dedent(
            """
            Resources:
              Project:
                Type: AWS::CodeBuild::Project
                Properties:
                  Name: shop
                  Source:
                    Type: CODEPIPELINE
                    BuildSpec: |
                      version: 0.2
                      phases: {build: {commands: ["checkov -d . | tee out"]}}
            """
        )
    )

    done = run("template.yaml", cwd=tmp_path)

    assert done.returncode == 0
    assert 'build project "shop"' in done.stdout
    assert "the last command of the pipe" in done.stdout


@pytest.mark.parametrize("text", ["a: 1\n", "", "[\n"])
def test_a_file_without_builds_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text(text)

    done = run("other.yml", cwd=tmp_path)

    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("error: other.yml")


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    key = "AKIA" + "ABCDEFGHIJKLMNOP"
    (tmp_path / "b.yml").write_text(
        f"version: 0.2\nphases:\n  build:\n    commands:\n      - AWS_ACCESS_KEY_ID={key} bandit -r src\n"
    )

    assert key not in run("b.yml", cwd=tmp_path).stdout
    assert key not in run("b.yml", "-f", "json", cwd=tmp_path).stdout
