"""SARIF logs against the OASIS schema and the rules of Microsoft's SARIF multitool, which knows GitHub's too."""

import json
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from jsonschema.validators import validator_for

from pipecheck.errors import InputError
from pipecheck.findings.finding import Location, Report
from pipecheck.report.options import RenderOptions
from pipecheck.report.sarif import render
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Span
from tests.report.reports import ACTION, ROLE, URI, at, finding, outcome, related, report, rule, sources, unknown

TEMPLATE = "Store:\n  Type: S3\n  EncryptionKey:\n    Id: alias/aws/s3 # 🚀\n    Type: KMS\n"
SEVERITIES = [rule(f"rule-{severity.value}", severity) for severity in Severity]
FULL = report(
    *(finding(at(4, 9, 21), rule=f"rule-{severity.value}", severity=severity) for severity in Severity),
    finding(
        Location(URI, Span(2, 3, 5, 7)), rule="rule-low", subject=ACTION, related=(related("here", at(1, 1, 6)),)
    ),
    finding(at(1, uri="/elsewhere/my keys.yaml"), rule="rule-low", subject=ROLE, assumptions=("a default",)),
    unknown(at(1, 1, 6), rule="rule-high"),
    finding(at(4, 9, 21), rule="rule-low", verdict=Verdict.ERROR, message="the rule crashed"),
    rules=SEVERITIES,
    outcomes=[outcome(rule="rule-low"), outcome(rule="rule-low", verdict=Verdict.NOT_APPLICABLE)],
    errors=[InputError("found a tab", source="broken.yaml", line=2, column=1, help=("use spaces",))],
)
BASE = PurePosixPath("/home/me/shop")
CASES = {
    "full": (FULL, RenderOptions(base=BASE)),
    "verbose": (FULL, RenderOptions(base=BASE, verbose=True)),
    "github": (FULL, RenderOptions(base=BASE, sarif_profile="github")),
    "github with unknown": (FULL, RenderOptions(base=BASE, sarif_profile="github", unknown_in_github=True)),
    "without folders": (FULL, RenderOptions()),
    "empty": (report(rules=SEVERITIES, inputs=[]), RenderOptions(base=BASE)),
}

# The project has no page of its own that `informationUri` could name.
NOT_OURS_TO_MEND = {("SARIF2005", "Warning_ProvideToolnformationUri")}


@pytest.fixture(params=CASES.values(), ids=list(CASES))
def log(request: pytest.FixtureRequest) -> str:
    made: tuple[Report, RenderOptions] = request.param
    return render(made[0], sources(TEMPLATE), made[1])


def test_a_log_is_valid_against_the_schema_of_oasis(log: str, sarif_multitool: Path) -> None:
    schema = json.loads((sarif_multitool.parent / "sarif-2.1.0.json").read_text("utf-8"))
    validator = validator_for(schema)(schema)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(log))] == []


def test_the_multitool_finds_no_error_and_no_warning(log: str, sarif_multitool: Path, tmp_path: Path) -> None:
    assert complaints(log, sarif_multitool, tmp_path) == []


def test_the_multitool_would_find_an_error(sarif_multitool: Path, tmp_path: Path) -> None:
    """It exits with 0 whatever it finds, and says nothing of a file that it cannot read."""
    log = json.loads(render(FULL, sources(TEMPLATE), RenderOptions(base=BASE)))
    log["runs"][0]["results"][0]["ruleIndex"] = 99
    assert "SARIF1009" in {rule for rule, _ in complaints(json.dumps(log), sarif_multitool, tmp_path)}


def complaints(log: str, multitool: Path, folder: Path) -> list[tuple[str, str]]:
    """Rule and message id of every result at level warning or error."""
    (folder / "log.sarif").write_text(log, "utf-8")
    options = ["--output", "verdict.sarif", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note"]
    command = [str(multitool), "validate", "log.sarif", *options, "--log", "ForceOverwrite"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    verdict: dict[str, Any] = json.loads((folder / "verdict.sarif").read_text("utf-8-sig"))
    (run,) = verdict["runs"]
    assert run["results"], f"the multitool was silent: {done.stdout}{done.stderr}"
    found = [
        (result["ruleId"], result["message"]["id"])
        for result in run["results"]
        if result.get("level", "warning") in ("error", "warning")
    ]
    return [complaint for complaint in found if complaint not in NOT_OURS_TO_MEND]
