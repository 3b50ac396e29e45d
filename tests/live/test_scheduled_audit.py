"""The template that audits on a schedule: accepted by cfn-lint and pipecheck, with the policy that audit prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipecheck.syntax.document import Tagged
from pipecheck.syntax.read import read
from tests.live.audit import run

TEMPLATE = Path(__file__).parent.parent.parent / "deploy" / "scheduled-audit.yaml"


@pytest.fixture(scope="module")
def resources() -> Any:
    root: Any = read(TEMPLATE.read_bytes(), str(TEMPLATE)).root
    return root["Resources"]


def test_its_role_has_the_printed_policy(resources: Any) -> None:
    printed = json.loads(run("audit", "--print-policy").stdout)

    written = next(
        policy["PolicyDocument"]
        for policy in resources["AuditRole"]["Properties"]["Policies"]
        if policy["PolicyName"] == "pipecheck-reads"
    )

    assert written == printed


def test_pipecheck_lets_it_pass() -> None:
    result = run("scan", TEMPLATE, "-f", "json")

    assert result.exit_code == 0
    failed = [f["rule"] for f in json.loads(result.stdout)["findings"] if f["verdict"] != "pass"]
    assert set(failed) <= {"iam-wildcard-resource"}  # an audit reads whatever there is


def test_the_options_it_calls_with_exist(resources: Any) -> None:
    text = resources["Audit"]["Properties"]["Source"]["BuildSpec"]
    known = run("audit", "--help").stdout

    options = set(re.findall(r"--[a-z-]+", text)) - {"--quiet", "--topic-arn", "--subject", "--message"}
    assert {"--out", "--all-regions", "--organization", "--role-name"} <= options
    assert all(option in known for option in options)


def test_every_parameter_is_described() -> None:
    root: Any = read(TEMPLATE.read_bytes(), str(TEMPLATE)).root
    assert all(parameter.get("Description") for parameter in root["Parameters"].values())
    assert not isinstance(root["Parameters"], Tagged)


def test_new_findings_are_those_that_the_last_report_lacks(resources: Any, tmp_path: Path) -> None:
    text = resources["Audit"]["Properties"]["Source"]["BuildSpec"]
    lines = text.split("<<'END'\n", 1)[1].splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    script = "\n".join(line[indent:] for line in lines[: [line.strip() for line in lines].index("END")])
    old = {"fingerprint": "a", "verdict": "fail", "severity": "high", "rule": "r", "message": "old"}
    new = {"fingerprint": "b", "verdict": "fail", "severity": "high", "rule": "r", "message": "new"}
    hidden = {**new, "fingerprint": "c", "verdict": "unknown"}
    (tmp_path / "last.json").write_text(json.dumps({"findings": [old]}))
    (tmp_path / "report.json").write_text(json.dumps({"findings": [old, new, hidden]}))

    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout == "high: r: new\n"


@pytest.mark.long
def test_cfn_lint_accepts_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import cfnlint.runner; cfnlint.runner.main()", str(TEMPLATE)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
