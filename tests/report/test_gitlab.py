import json
from pathlib import PurePosixPath

import pytest

from pipecheck.report.gitlab import render
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from tests.report.hostile import HOSTILE
from tests.report.reports import at, finding, report, sources, unknown


def test_a_finding_is_an_issue_with_all_that_gitlab_requires() -> None:
    (issue,) = json.loads(render(report(finding(at(4, 9, 21))), sources(), RenderOptions()))
    assert issue == {
        "description": "the store uses alias/aws/s3",
        "check_name": "store-key",
        "fingerprint": finding().fingerprint,
        "severity": "critical",
        "location": {
            "path": "template.yaml",
            "positions": {"begin": {"line": 4, "column": 9}, "end": {"line": 4, "column": 21}},
        },
    }


def test_fingerprints_are_unique() -> None:
    issues = json.loads(render(report(finding(at(1)), finding(at(2))), sources(), RenderOptions()))
    assert len({issue["fingerprint"] for issue in issues}) == 2


def test_paths_start_from_the_root_of_the_repository() -> None:
    options = RenderOptions(base=PurePosixPath("/repo/infra"), root=PurePosixPath("/repo"))
    (issue,) = json.loads(render(report(finding()), sources(), options))
    assert issue["location"]["path"] == "infra/template.yaml"


def test_severities() -> None:
    found = report(
        *(finding(severity=severity) for severity in Severity),
        unknown(severity=Severity.CRITICAL),
        finding(verdict=Verdict.ERROR, severity=Severity.LOW),
    )
    issues = json.loads(render(found, sources(), RenderOptions()))
    assert [issue["severity"] for issue in issues] == [
        "blocker",
        "blocker",
        "critical",
        "major",
        "minor",
        "info",
        "info",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_it(text: str) -> None:
    (issue,) = json.loads(render(report(finding(message=text)), sources(), RenderOptions()))
    assert "\n" not in issue["description"]
    assert "\x1b" not in issue["description"]
