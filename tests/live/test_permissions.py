"""The policy that an audit prints is the policy that it needs, and a denied call is not the end of it."""

from __future__ import annotations

import json
from pathlib import Path

import botocore.session
import pytest

from pipecheck.aws.calls import CALLS
from tests.live.account import NUMBER, Account
from tests.live.audit import fetched, manifest, report, run
from tests.live.front import Answer, Call, Fault, Front, error


def permissions(*arguments: str) -> set[str]:
    """What the printed policy allows."""
    policy = json.loads(run("audit", "--print-policy", *arguments).stdout)
    return {action for statement in policy["Statement"] for action in statement["Action"]}


def denying(*permissions: str) -> Fault:
    """Denies every call that needs one of the permissions."""

    def fault(call: Call) -> Answer | None:
        known = CALLS.get(call.name)
        return error(call, "AccessDenied", 403) if known is None or known.permission in permissions else None

    return fault


def test_every_call_of_the_table_exists_and_pages_where_it_says_so() -> None:
    session = botocore.session.get_session()
    for call in CALLS.values():
        model = session.get_service_model(call.service)
        assert call.operation in model.operation_names
        if call.pages:
            method = botocore.xform_name(call.operation)
            client = session.create_client(
                call.service,
                "us-east-1",
                aws_access_key_id="x",
                aws_secret_access_key="x",  # noqa: S106
            )
            tokens = [name for name in model.operation_model(call.operation).output_shape.members if "oken" in name]
            assert client.can_paginate(method) or tokens == []


def test_an_audit_makes_no_call_that_its_policy_does_not_allow(
    front: Front, account: Account, tmp_path: Path
) -> None:
    arguments = ("--role-arn", f"arn:aws:iam::{NUMBER}:role/auditor")
    allowed = permissions(*arguments)

    result = fetched(front.url, tmp_path / "snapshot", "--all-regions", *arguments)

    assert result.exit_code == 0, result.stderr
    needed = {CALLS[name].permission for name in front.names()}
    assert needed
    assert needed <= allowed


def test_the_policy_only_reads() -> None:
    verbs = {permission.split(":")[1] for permission in permissions("--role-name", "auditor")}

    assert all(verb.startswith(("Get", "List", "Describe", "BatchGet")) or verb == "AssumeRole" for verb in verbs)
    assert "AssumeRole" not in {permission.split(":")[1] for permission in permissions()}


def test_a_denied_call_makes_rules_unable_to_tell_and_is_named_once(
    front: Front, account: Account, tmp_path: Path
) -> None:
    front.faults.append(denying("s3:GetBucketPolicy"))
    out = tmp_path / "snapshot"

    result = fetched(front.url, out)

    assert result.exit_code == 0
    lines = [line for line in result.stderr.splitlines() if "s3:GetBucketPolicy" in line]
    assert lines == ["denied: s3:GetBucketPolicy: cannot tell the policies of buckets"]
    denied = [entry for entry in manifest(out)["unavailable"] if entry["permission"] == "s3:GetBucketPolicy"]
    assert {entry["about"] for entry in denied} == {"s3/bucket shop-artifacts", "s3/bucket web-artifacts"}
    findings = report(out)["findings"]
    about = [f for f in findings if f["rule"] == "artifact-bucket-tls-only"]
    assert {(f["verdict"], f["reason"]) for f in about} == {("unknown", "access-denied")}
    assert any(f["rule"] == "iam-admin-policy" and f["verdict"] == "fail" for f in findings)


@pytest.mark.parametrize(
    ("permission", "rule"),
    [
        ("iam:GetAccountAuthorizationDetails", "iam-admin-policy"),
        ("logs:DescribeLogGroups", "lifecycle-log-retention"),
        pytest.param("codebuild:BatchGetProjects", "secret-plaintext-env", marks=pytest.mark.long),
        pytest.param("kms:GetKeyPolicy", "artifact-kms-key-policy", marks=pytest.mark.long),
        pytest.param("s3:GetLifecycleConfiguration", "artifact-bucket-lifecycle", marks=pytest.mark.long),
        pytest.param("s3:GetBucketPublicAccessBlock", "artifact-bucket-public-block", marks=pytest.mark.long),
        pytest.param("codepipeline:GetPipeline", "valid-source-stage", marks=pytest.mark.long),
        ("codepipeline:ListPipelines", "valid-source-stage"),
        pytest.param("kms:DescribeKey", "artifact-kms-key-policy", marks=pytest.mark.long),
    ],
)  # fmt: skip
def test_no_rule_passes_on_what_was_denied(
    permission: str, rule: str, front: Front, account: Account, tmp_path: Path
) -> None:
    front.faults.append(denying(permission))
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--region", "eu-west-1")

    assert result.exit_code == 0, result.stderr
    about = [f for f in report(out)["findings"] if f["rule"] == rule]
    found = {(f["verdict"], f["reason"]) for f in about if f["subject"]["kind"] != "action"}
    assert ("unknown", "access-denied") in found
    assert {verdict for verdict, _ in found} <= {"unknown", "not_applicable"}


@pytest.mark.long
def test_each_permission_alone_is_missed_and_stops_nothing(front: Front, account: Account, tmp_path: Path) -> None:
    fetched(front.url, tmp_path / "all")
    before = {
        (f["rule"], f["subject"]["arn"], f["subject"]["action"]): f["verdict"]
        for f in report(tmp_path / "all")["findings"]
    }
    made = {CALLS[name].permission for name in front.names()} - {"sts:GetCallerIdentity"}
    for permission in sorted(made):
        front.faults[:] = [denying(permission)]
        out = tmp_path / permission.replace(":", "-")
        result = fetched(front.url, out)
        assert result.exit_code == 0, (permission, result.stderr)
        assert permission in result.stderr
        for finding in report(out)["findings"]:
            key = (finding["rule"], finding["subject"]["arn"], finding["subject"]["action"])
            if key in before and finding["verdict"] != "unknown":
                assert {finding["verdict"], before[key]} != {"pass", "fail"}, (permission, key)
