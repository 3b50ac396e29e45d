"""What goes wrong on the way to AWS, made by the front: each run ends with all that could be read."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.live.account import NUMBER, Account, deploy, source
from tests.live.audit import fetched, manifest, report, resource, run
from tests.live.front import Answer, Call, Fault, Front, checked, error

PIPELINES = f"{NUMBER}/eu-west-1/codepipeline/pipeline"


def first(name: str, answer: Answer) -> Fault:
    """Answers the first try of an operation so."""
    left = itertools.count()

    def fault(call: Call) -> Answer | None:
        return answer if call.name == name and next(left) == 0 else None

    return fault


def always(name: str, code: str, status: int = 400) -> Fault:
    def fault(call: Call) -> Answer | None:
        return error(call, code, status) if call.name == name else None

    return fault


@pytest.mark.long
def test_throttling_on_half_the_calls_is_waited_out(front: Front, account: Account, tmp_path: Path) -> None:
    odd = itertools.count()
    front.faults.append(lambda call: error(call, "ThrottlingException") if next(odd) % 2 else None)
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--region", "eu-west-1")

    assert result.exit_code == 0, result.stderr
    assert sum(manifest(out)["throttled"].values()) > 5
    assert {path.stem for path in out.glob(f"{PIPELINES}/*.json")} == {"shop", "shop-two"}


@pytest.mark.parametrize(
    "answer",
    [Answer(500), Answer(0), Answer(200, delay=1.5)],
    ids=["500", "reset", "timeout"],
)
def test_a_call_that_fails_once_is_tried_again(
    front: Front, account: Account, tmp_path: Path, answer: Answer
) -> None:
    front.faults.append(first("codepipeline:GetPipeline", answer))
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--region", "eu-west-1", "--timeout", "1")

    assert result.exit_code == 0, result.stderr
    assert {path.stem for path in out.glob(f"{PIPELINES}/*.json")} == {"shop", "shop-two"}


def test_credentials_that_expire_in_the_middle_leave_what_there_is(
    front: Front, account: Account, tmp_path: Path
) -> None:
    front.faults.append(always("codebuild:BatchGetProjects", "ExpiredTokenException"))
    out = tmp_path / "snapshot"

    result = run("audit", "--endpoint-url", front.url, "--region", "eu-west-1", "--out", out, "-f", "json")

    assert result.exit_code == 3
    assert "--resume" in result.stderr
    findings = json.loads(result.stdout)["findings"]
    assert any(f["rule"] == "approval-before-production" for f in findings)
    assert {f["reason"] for f in findings if f["rule"] == "secret-plaintext-env"} <= {"not-fetched", None}
    front.faults.clear()
    front.calls.clear()

    assert fetched(front.url, out, "--region", "eu-west-1", "--resume").exit_code == 0
    assert "codepipeline:GetPipeline" not in front.names()
    assert "codepipeline:ListPipelines" not in front.names()
    assert any(f["rule"] == "secret-plaintext-env" and f["verdict"] == "fail" for f in report(out)["findings"])


def test_a_second_run_asks_nothing_again(front: Front, account: Account, tmp_path: Path) -> None:
    out = tmp_path / "snapshot"
    fetched(front.url, out)
    before = {path: path.read_bytes() for path in out.rglob("*/*.json")}
    front.calls.clear()

    assert fetched(front.url, out, "--resume").exit_code == 0
    assert set(front.names()) == {"sts:GetCallerIdentity"}
    assert {path: path.read_bytes() for path in out.rglob("*/*.json")} == before


def test_a_denied_service_is_asked_again_when_the_permission_is_there(
    front: Front, account: Account, tmp_path: Path
) -> None:
    out = tmp_path / "snapshot"
    front.faults.append(always("s3:GetBucketPolicy", "AccessDenied", 403))
    assert fetched(front.url, out).exit_code == 0
    front.faults.clear()
    front.calls.clear()

    fetched(front.url, out, "--resume")

    assert set(front.names()) == {"sts:GetCallerIdentity", "s3:GetBucketPolicy"}


def test_a_region_that_is_not_enabled_is_passed_over(front: Front, account: Account, tmp_path: Path) -> None:
    front.faults.append(
        lambda call: (
            error(call, "UnrecognizedClientException")
            if call.region == "us-east-1" and call.service == "codepipeline"
            else None
        )
    )
    out = tmp_path / "snapshot"

    result = fetched(front.url, out)

    assert result.exit_code == 0, result.stderr
    assert f"skipped: {NUMBER}/us-east-1: the region is not enabled" in result.stderr
    assert (out / PIPELINES / "shop.json").exists()
    assert all(f["reason"] != "not-fetched" for f in report(out)["findings"])


def test_a_pipeline_that_is_gone_is_no_pipeline(front: Front, account: Account, tmp_path: Path) -> None:
    front.faults.append(
        lambda call: (
            error(call, "PipelineNotFoundException")
            if call.name == "codepipeline:GetPipeline" and b'"shop"' in call.body
            else None
        )
    )
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--region", "eu-west-1")

    assert result.exit_code == 0, result.stderr
    found = report(out)
    assert {name for entry in found["inputs"] for name in entry["pipelines"]} == {"shop-two"}


def test_a_page_that_never_ends_is_left(front: Front, account: Account, tmp_path: Path) -> None:
    numbers = itertools.count()

    def endless(call: Call) -> Answer | None:
        if call.name != "codepipeline:ListWebhooks":
            return None
        return checked("codepipeline", "ListWebhooks", {"webhooks": [], "NextToken": str(next(numbers))})

    front.faults.append(endless)
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--region", "eu-west-1")

    assert result.exit_code == 3
    assert "codepipeline:ListWebhooks: endless" in result.stderr
    assert (out / PIPELINES / "shop.json").exists()


def test_a_page_that_is_interrupted_leaves_the_list_open(front: Front, account: Account, tmp_path: Path) -> None:
    front.faults.append(
        lambda call: (
            error(call, "AccessDeniedException")
            if call.name == "codepipeline:ListPipelines" and b"nextToken" in call.body
            else None
        )
    )
    for name in ("third", "fourth"):
        account.pipeline(name, f"arn:aws:iam::{NUMBER}:role/shop-pipeline", "shop-artifacts", source(), deploy())
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--region", "eu-west-1")

    assert result.exit_code == 0, result.stderr
    assert len(list(out.glob(f"{PIPELINES}/*.json"))) == 2
    assert any(f["reason"] == "access-denied" for f in report(out)["findings"])


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [
        ("ExpiredToken", 3, "the credentials have expired"),
        ("InvalidClientTokenId", 3, "the credentials are not valid"),
        ("AccessDenied", 3, "sts:GetCallerIdentity is denied"),
    ],
)
def test_who_is_not_let_in_is_told_why(front: Front, tmp_path: Path, code: str, exit_code: int, said: str) -> None:
    front.faults.append(always("sts:GetCallerIdentity", code, 403))

    result = fetched(front.url, tmp_path / "snapshot")

    assert result.exit_code == exit_code
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "snapshot").exists()


def test_without_credentials_nothing_is_called(front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    result = fetched(front.url, tmp_path / "snapshot")

    assert result.exit_code == 2
    assert "no AWS credentials were found" in result.stderr
    assert not front.calls


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("--endpoint-url", "http://127.0.0.1:9", "--region", "eu-west-1", "--timeout", "1"), 3, "cannot be reached"),
        (("--endpoint-url", "nonsense", "--region", "eu-west-1"), 2, "--endpoint-url"),
        (("--region", "not a region"), 2, "not a region"),
        (("--profile", "nobody", "--region", "eu-west-1"), 2, "nobody"),
    ],
    ids=["endpoint", "no-url", "region", "profile"],
)
def test_what_cannot_be_reached_is_said_in_one_line(
    front: Front,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    exit_code: int,
    said: str,
) -> None:
    monkeypatch.setattr("pipecheck.aws.caller._ATTEMPTS", 2)

    result = run("fetch", "--out", tmp_path / "snapshot", *arguments)

    assert result.exit_code == exit_code, result.stderr
    assert said in result.stderr
    assert result.stderr.startswith("error: ")


def test_an_interrupt_keeps_the_snapshot_and_says_how_to_go_on(
    front: Front, account: Account, tmp_path: Path
) -> None:
    front.faults.append(lambda call: Answer(500, delay=2.0) if call.name == "codebuild:BatchGetProjects" else None)
    out = tmp_path / "snapshot"
    command = [sys.executable, "-m", "pipecheck", "fetch", "--out", str(out), "--endpoint-url", front.url]
    running = subprocess.Popen(
        [*command, "--region", "eu-west-1", "--timeout", "5"], stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    deadline = time.monotonic() + 20
    while "codebuild:BatchGetProjects" not in front.names() and time.monotonic() < deadline:
        time.sleep(0.05)

    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=30)

    assert running.returncode == 130, stderr
    assert "--resume" in stderr
    assert "Traceback" not in stderr
    assert manifest(out)["interrupted"] is True
    front.faults.clear()
    assert fetched(front.url, out, "--region", "eu-west-1", "--resume").exit_code == 0
    assert resource(out, f"{NUMBER}/eu-west-1/codebuild/project/shop-build.json")["project"]["name"] == "shop-build"
