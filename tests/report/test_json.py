import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for

import pipecheck.report
from pipecheck import __version__
from pipecheck.errors import InputError
from pipecheck.findings.finding import Comparison, KnownFinding, Report
from pipecheck.model.inventory import ScannedInput
from pipecheck.report.json import render
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Reason
from tests.report.reports import ACTION, ROLE, at, finding, outcome, related, report, unknown

SCHEMA = json.loads((Path(pipecheck.report.__file__).parent / "report.schema.json").read_text("utf-8"))


def rendered(made: Report, *, verbose: bool = False) -> dict[str, Any]:
    """The report as a program reads it, which is valid against the published schema."""
    text = render(made, {}, RenderOptions(verbose=verbose))
    assert text.endswith("}\n")
    text.encode()
    content: dict[str, Any] = json.loads(text)
    errors = [f"{error.json_path}: {error.message}" for error in validator_for(SCHEMA)(SCHEMA).iter_errors(content)]
    assert not errors
    return content


def test_the_schema_is_a_schema_and_refuses_what_is_none_of_its_reports() -> None:
    validator = validator_for(SCHEMA)
    validator.check_schema(SCHEMA)
    content = rendered(report(finding()))
    for broken in (
        content | {"schema": "pipecheck/report/v2"},
        content | {"findings": [content["findings"][0] | {"verdict": "maybe"}]},
        content | {"findings": [content["findings"][0] | {"reason": "not-scanned"}]},
        content | {"findings": [content["findings"][0] | {"severity": None}]},
        content | {"findings": [content["findings"][0] | {"message": "two\nlines"}]},
        {member: value for member, value in content.items() if member != "errors"},
    ):
        assert not validator(SCHEMA).is_valid(broken)


def test_the_schema_knows_every_reason_that_a_user_can_meet() -> None:
    known = set(SCHEMA["$defs"]["finding"]["properties"]["reason"]["enum"])
    assert known == {reason.value for reason in Reason if reason is not Reason.BLURRED} | {None}


def test_a_finding_has_exactly_the_members_of_version_1() -> None:
    failed = finding(
        at(4, 9, 21),
        subject=ACTION,
        related=(related("the key is named here", at(7, 3, 5, uri="keys.yaml")),),
        assumptions=("parameter Env gets its default",),
        controls={"owasp-cicd-sec": ("CICD-SEC-1",)},
    )
    content = rendered(report(failed))
    assert content["schema"] == "pipecheck/report/v1"
    assert content["tool"] == {"name": "pipecheck", "version": __version__}
    assert content["findings"] == [
        {
            "rule": "store-key",
            "severity": "high",
            "verdict": "fail",
            "message": "the store uses alias/aws/s3",
            "reason": None,
            "subject": {
                "kind": "action",
                "pipeline": "shop",
                "stage": "Deploy",
                "action": "Prod",
                "address": "Resources.Shop.Stages.1.Actions.0",
                "arn": None,
                "pipelines": [],
            },
            "location": {"uri": "template.yaml", "line": 4, "column": 9, "end_line": 4, "end_column": 21},
            "related": [
                {
                    "message": "the key is named here",
                    "location": {"uri": "keys.yaml", "line": 7, "column": 3, "end_line": 7, "end_column": 5},
                }
            ],
            "assumptions": ["parameter Env gets its default"],
            "fingerprint": sha256(b"f1").hexdigest()[:32],
            "suppressed": None,
            "controls": {"owasp-cicd-sec": ["CICD-SEC-1"]},
            "fix": None,
        }
    ]
    assert list(content) == ["schema", "tool", "summary", "findings", "inputs", "errors"]


def test_what_cannot_be_told_has_its_reason() -> None:
    (content,) = rendered(report(unknown()))["findings"]
    assert (content["verdict"], content["reason"]) == ("unknown", "not-scanned")


def test_a_shared_subject_lists_its_pipelines() -> None:
    (content,) = rendered(report(finding(subject=ROLE)))["findings"]
    assert content["subject"]["pipeline"] is None
    assert content["subject"]["pipelines"] == ["shop", "search", "mail", "stock", "tax"]


def test_the_summary_names_every_verdict_and_severity() -> None:
    made = report(finding(), unknown(), inputs=[ScannedInput("a", "x", ("p", "q")), ScannedInput("b", "x", ())])
    assert rendered(made)["summary"] == {
        "verdicts": {"pass": 0, "fail": 1, "unknown": 1, "not_applicable": 0, "error": 0},
        "failed_by_severity": {"critical": 0, "high": 1, "medium": 0, "low": 0, "info": 0},
        "inputs": 2,
        "pipelines": 2,
        "suppressed": 0,
    }


def test_inputs_and_errors() -> None:
    error = InputError("found a tab", source="broken.yaml", line=2, column=1, help=("use spaces", "or JSON"))
    content = rendered(report(errors=[error, InputError("nothing to scan")]))
    assert content["inputs"] == [{"uri": "template.yaml", "kind": "cloudformation", "pipelines": ["shop"]}]
    assert content["errors"] == [
        {
            "message": "found a tab",
            "uri": "broken.yaml",
            "line": 2,
            "column": 1,
            "help": ["use spaces", "or JSON"],
        },
        {"message": "nothing to scan", "uri": None, "line": None, "column": None, "help": []},
    ]


def test_only_a_verbose_report_holds_what_passes_and_what_does_not_apply() -> None:
    crash = finding(verdict=Verdict.ERROR, severity=Severity.LOW)
    made = report(
        crash,
        outcomes=[outcome(crash), outcome(subject=ACTION), outcome(verdict=Verdict.NOT_APPLICABLE)],
    )
    assert [one["verdict"] for one in rendered(made)["findings"]] == ["error"]
    verbose = rendered(made, verbose=True)["findings"]
    assert [one["verdict"] for one in verbose] == ["error", "pass", "not_applicable"]
    assert verbose[1]["subject"]["action"] == "Prod"
    assert [(one["severity"], one["message"]) for one in verbose[1:]] == [
        (None, "the requirement is met"),
        (None, "the rule does not apply"),
    ]


@pytest.mark.parametrize("hostile", ["a\nb", "\x1b[31m", "\u202e", "\ud800", "]]>", '"\\', "x" * 70_000])
def test_hostile_texts_are_valid_json_on_one_line_each(hostile: str) -> None:
    subject = ACTION.__class__("action", hostile, hostile, hostile, hostile, hostile, (hostile,))
    made = report(
        finding(at(1, uri=hostile), message=hostile, subject=subject, related=(related(hostile, at(1)),)),
        inputs=[ScannedInput(hostile, "x", (hostile,))],
        errors=[InputError(hostile, source=hostile, help=(hostile,))],
    )
    content = rendered(made)
    assert not {"\n", "\x1b", "\u202e", "\ud800"} & set(content["findings"][0]["message"])


def test_secrets_are_masked_in_every_text_of_the_input() -> None:
    secret = "hunter2"  # noqa: S105
    subject = ACTION.__class__("action", secret, secret, secret, secret, secret, (secret,))
    failed = finding(
        message=f"is {secret}", subject=subject, related=(related(secret, at(1)),), assumptions=(secret,)
    )
    made = report(
        failed,
        outcomes=[outcome(failed), outcome(subject=subject)],
        inputs=[ScannedInput("a", "x", (secret,))],
        errors=[InputError(secret, help=(secret,))],
        secrets=[secret],
    )
    content = rendered(made, verbose=True)
    assert secret not in json.dumps(content)
    assert content["findings"][0]["message"] == "is ***"


def test_what_became_of_the_findings_of_before_is_told_by_fingerprint() -> None:
    old, gone = finding(identity=("old",)), KnownFinding("0" * 32, "store-key", "fail", "gone.yaml")
    made = replace(report(finding()), comparison=Comparison("base.json", (old,), (gone,)))
    assert rendered(made)["comparison"] == {
        "against": "base.json",
        "remaining": [old.fingerprint],
        "fixed": [gone.fingerprint],
    }
    assert "comparison" not in rendered(report(finding()))
