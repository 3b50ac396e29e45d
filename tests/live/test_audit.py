"""An account, fetched over real HTTP and scanned: what is found, where, and how the commands end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.live.account import NUMBER, Account, deploy, source
from tests.live.audit import fetched, manifest, report, resource, run
from tests.live.front import Front

ARN = f"arn:aws:iam::{NUMBER}:role"


def test_a_snapshot_has_a_file_for_everything_the_pipelines_rest_on(
    front: Front, account: Account, tmp_path: Path
) -> None:
    out = tmp_path / "snapshot"

    result = fetched(front.url, out)

    assert result.exit_code == 0, result.stderr
    names = {path.relative_to(out).as_posix() for path in out.rglob("*.json")}
    ireland = f"{NUMBER}/eu-west-1"
    assert {
        f"{ireland}/codepipeline/pipeline/shop.json",
        f"{ireland}/codepipeline/pipeline/shop-two.json",
        f"{ireland}/codebuild/project/shop-build.json",
        f"{ireland}/events/rule/start-shop.json",
        f"{NUMBER}/us-east-1/codepipeline/pipeline/web.json",
        f"{NUMBER}/us-east-1/codebuild/project/web-build.json",
        f"{NUMBER}/global/s3/bucket/shop-artifacts.json",
        f"{NUMBER}/global/s3/bucket/web-artifacts.json",
        "manifest.json",
    } <= names
    assert len(list(out.glob(f"{NUMBER}/global/iam/role/*.json"))) == 4
    assert len(list(out.glob(f"{ireland}/kms/key/*.json"))) == 1
    pipeline = resource(out, f"{ireland}/codepipeline/pipeline/shop-two.json")
    assert pipeline["pipeline"]["executionMode"] == "QUEUED"
    assert pipeline["tags"] == [{"key": "team", "value": "shop"}]
    assert manifest(out)["interrupted"] is False


def test_each_resource_is_fetched_once_and_in_bulk(front: Front, account: Account, tmp_path: Path) -> None:
    fetched(front.url, tmp_path / "snapshot")

    names = front.names()
    assert names.count("codebuild:BatchGetProjects") == 2  # once for each region
    assert names.count("s3:GetBucketPolicy") == 2  # once for each bucket
    assert names.count("kms:GetKeyPolicy") == 1
    assert names.count("codepipeline:ListPipelines") == 2  # two pipelines fill the only page of Ireland
    assert names.count("iam:GetAccountAuthorizationDetails") <= 4


def test_the_scan_finds_the_defects_at_lines_of_the_snapshot(front: Front, account: Account, tmp_path: Path) -> None:
    out = tmp_path / "snapshot"
    fetched(front.url, out)

    findings = report(out)["findings"]

    found = {(f["rule"], f["subject"]["arn"]) for f in findings if f["verdict"] == "fail"}
    assert ("iam-admin-policy", f"{ARN}/shop-pipeline") in found
    assert ("iam-wildcard-action", f"{ARN}/shop-build") in found
    assert ("secret-plaintext-env", f"arn:aws:codebuild:eu-west-1:{NUMBER}:project/shop-build") in found
    assert ("approval-before-production", f"arn:aws:codepipeline:eu-west-1:{NUMBER}:shop") in found
    admin = next(f for f in findings if f["rule"] == "iam-admin-policy" and f["verdict"] == "fail")
    line = Path(admin["location"]["uri"]).read_text().splitlines()[admin["location"]["line"] - 1]
    assert '"Action": "*"' in line or "AdministratorAccess" in line
    assert admin["subject"]["arn"] in admin["message"]


def test_an_audit_is_a_fetch_and_a_scan(front: Front, account: Account, tmp_path: Path) -> None:
    out = tmp_path / "snapshot"
    arguments = ("--endpoint-url", front.url, "--all-regions", "--out", out, "-f", "json")

    result = run("audit", *arguments)

    assert result.exit_code == 1
    audited = json.loads(result.stdout)
    assert audited["summary"]["pipelines"] == 3
    assert {f["fingerprint"] for f in audited["findings"]} <= {f["fingerprint"] for f in report(out)["findings"]}
    assert run("audit", *arguments[:-1], "json", "--resume", "--fail-on", "never").exit_code == 0


@pytest.mark.long
def test_fingerprints_are_the_same_from_run_to_run(front: Front, account: Account, tmp_path: Path) -> None:
    fetched(front.url, tmp_path / "one")
    fetched(front.url, tmp_path / "two")

    one, two = (
        {f["fingerprint"] for f in report(tmp_path / name)["findings"] if f["verdict"] == "fail"}
        for name in ("one", "two")
    )
    assert one == two
    assert None not in one


def test_only_the_pipelines_asked_for_are_fetched(front: Front, account: Account, tmp_path: Path) -> None:
    out = tmp_path / "snapshot"

    fetched(front.url, out, "--pipeline", "web*")

    assert [path.stem for path in out.glob("*/*/codepipeline/pipeline/*.json")] == ["web"]
    assert not list(out.glob("*/*/s3/bucket/shop*"))


def test_an_account_without_pipelines_is_clean(front: Front, tmp_path: Path) -> None:
    result = run("audit", "--endpoint-url", front.url, "--region", "eu-west-1", "--out", tmp_path / "snapshot")

    assert result.exit_code == 0, result.stderr


def test_accounts_are_entered_by_their_roles(front: Front, account: Account, tmp_path: Path) -> None:
    other = "111122223333"
    role = f"arn:aws:iam::{other}:role/reader"
    taken = account.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    credentials = {
        "aws_access_key_id": taken["AccessKeyId"],
        "aws_secret_access_key": taken["SecretAccessKey"],
        "aws_session_token": taken["SessionToken"],
    }
    second = Account(front.url, credentials)
    second.bucket("second-artifacts")
    # A role of this name is in the first account too: what is found has to be that of the second.
    account.role("second-pipeline", "codepipeline.amazonaws.com", {"Effect": "Allow", "Action": "*", "Resource": "*"})
    arn = second.role("second-pipeline", "codepipeline.amazonaws.com")
    assert f":{other}:" in arn
    second.pipeline("second", arn, "second-artifacts", source(), deploy())
    accounts = tmp_path / "accounts.txt"
    accounts.write_text(f"# all of them\n{NUMBER}\n{role}\n")
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--accounts-file", str(accounts), "--role-name", "reader")

    assert result.exit_code == 0, result.stderr
    assert [entry["account"] for entry in manifest(out)["accounts"]] == [NUMBER, other]
    roles = {f["subject"]["arn"] for f in report(out)["findings"] if f["rule"] == "iam-admin-policy"}
    assert f"{ARN}/shop-pipeline" in roles
    assert arn in {f["subject"]["arn"] for f in report(out)["findings"]}
    assert f"{ARN}/second-pipeline" not in roles
    verdict = next(
        f["verdict"]
        for f in report(out)["findings"]
        if f["rule"] == "iam-admin-policy" and f["subject"]["arn"] == arn
    )
    assert verdict == "pass"


def test_options_that_do_not_fit_are_said_before_anything_is_called(front: Front, tmp_path: Path) -> None:
    result = run(
        "fetch", "--out", tmp_path / "s", "--region", "eu-west-1", "--all-regions", "--endpoint-url", front.url
    )

    assert result.exit_code == 2
    assert "--all-regions" in result.stderr
    assert not front.calls


def test_a_folder_with_something_else_in_it_is_left_alone(front: Front, account: Account, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    result = fetched(front.url, tmp_path)

    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_sarif_of_an_audit_tells_its_account_and_region(front: Front, account: Account, tmp_path: Path) -> None:
    out = tmp_path / "snapshot"
    fetched(front.url, out, "--pipeline", "web")

    [sarif] = json.loads(run("scan", out, "-f", "sarif").stdout)["runs"]

    assert sarif["automationDetails"]["id"] == f"pipecheck/{NUMBER}/us-east-1/"
    names = {
        place["fullyQualifiedName"]
        for found in sarif["results"]
        for place in found["locations"][0]["logicalLocations"]
    }
    assert "arn:aws:s3:::web-artifacts" in names


def test_a_baseline_says_what_is_new_in_an_account(front: Front, account: Account, tmp_path: Path) -> None:
    fetched(front.url, tmp_path / "one", "--pipeline", "web")
    baseline = tmp_path / "known.json"
    assert run("baseline", "write", baseline, tmp_path / "one").exit_code == 0
    arguments = (
        "--endpoint-url",
        front.url,
        "--region",
        "eu-west-1",
        "--region",
        "us-east-1",
        "--baseline",
        baseline,
    )

    same = run("audit", *arguments, "--pipeline", "web", "--out", tmp_path / "two")
    more = run("audit", *arguments, "--out", tmp_path / "three")

    assert same.exit_code == 0, same.stdout
    assert more.exit_code == 1
    assert "shop" in more.stdout
