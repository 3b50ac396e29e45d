"""A careful team hears little of its pipeline, and all of it worth doing; of a good one nothing is said."""

import pytest

from pipecheck.app.scan import ScanRequest, scan
from pipecheck.engine.config.configuration import Configuration
from pipecheck.rules.verdict import Verdict
from tests.checkout import ROOT


def said(fixture: str, *select: str) -> list[tuple[str, str, str]]:
    """Rule, verdict and logical id of everything that a scan of a fixture reports."""
    result = scan(ScanRequest((f"fixtures/{fixture}",), ROOT, select=select), Configuration())
    assert not result.report.errors
    assert result.report.summary.verdicts[Verdict.PASS]
    return [(f.rule, f.verdict.value, (f.subject.address or "").split(".")[-1]) for f in result.report.findings]


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_a_careful_team_hears_of_what_it_would_mend() -> None:
    assert said("decent") == [
        ("artifact-bucket-lifecycle", "fail", "ArtifactBucket"),
        ("iam-passrole-wildcard", "fail", "PipelineRole"),
        ("iam-wildcard-resource", "fail", "BuildRole"),
        ("iam-wildcard-action", "fail", "DeployRole"),
    ]


def test_nothing_is_said_of_an_exemplary_pipeline() -> None:
    assert said("exemplary") == []


def test_all_rules_together_ask_of_it_only_for_a_second_account() -> None:
    assert {(rule, verdict) for rule, verdict, _ in said("exemplary", "ALL")} == {
        ("cross-env-account-separation", "fail")
    }
