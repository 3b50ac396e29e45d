import gzip
import json
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

import pytest

from pipecheck import __version__
from pipecheck.errors import InputError
from pipecheck.findings.finding import Location, Report
from pipecheck.model.subject import SubjectName
from pipecheck.report.line_hash import LineHashes
from pipecheck.report.options import RenderOptions
from pipecheck.report.sarif import render
from pipecheck.report.sources import Sources
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Span
from tests.report.reports import ACTION, ROLE, at, finding, outcome, related, report, rule, sources, unknown

HOME = PurePosixPath("/home/shop")
TEMPLATE = "Store:\n  Type: S3\n  EncryptionKey:\n    Id: alias/aws/s3\n    Type: KMS\nEnd: 1\n"
GITHUB = RenderOptions(sarif_profile="github")
FULL = RenderOptions()


def run(made: Report, options: RenderOptions = FULL, texts: Sources | None = None) -> dict[str, Any]:
    log = json.loads(render(made, sources(TEMPLATE) if texts is None else texts, options))
    assert list(log)[:2] == ["$schema", "version"]
    (only,) = log["runs"]
    return dict(only)


def results(made: Report, options: RenderOptions = FULL, texts: Sources | None = None) -> list[dict[str, Any]]:
    return list(run(made, options, texts)["results"])


def physical(result: dict[str, Any]) -> Any:
    return result["locations"][0]["physicalLocation"]


def test_a_result_points_at_the_span_and_shows_it_in_its_lines() -> None:
    (result,) = results(report(finding(at(4, 9, 21), subject=ACTION)))
    assert physical(result) == {
        "artifactLocation": {"uri": "template.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": 4,
            "startColumn": 9,
            "endLine": 4,
            "endColumn": 21,
            "snippet": {"text": "alias/aws/s3"},
        },
        "contextRegion": {
            "startLine": 2,
            "endLine": 6,
            "snippet": {"text": "  Type: S3\n  EncryptionKey:\n    Id: alias/aws/s3\n    Type: KMS\nEnd: 1"},
        },
    }
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "Prod", "fullyQualifiedName": "shop/Deploy/Prod", "kind": "action"}
    ]
    assert (result["ruleId"], result["ruleIndex"], result["kind"], result["level"]) == (
        "store-key",
        0,
        "fail",
        "error",
    )
    assert result["message"] == {"text": "the store uses alias/aws/s3."}


def test_a_resource_is_named_by_its_address() -> None:
    (result,) = results(report(finding(subject=ROLE)))
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "Resources.PipelineRole", "fullyQualifiedName": "role PipelineRole", "kind": "role"}
    ]


def test_a_snippet_of_several_lines_is_the_text_of_the_span() -> None:
    spanning = Location("template.yaml", Span(2, 9, 4, 7))
    (result,) = results(report(finding(spanning)))
    assert physical(result)["region"]["snippet"] == {"text": "S3\n  EncryptionKey:\n    Id"}


def test_a_context_is_more_than_the_span_or_left_out() -> None:
    whole = finding(at(1, 1, 5))
    assert "contextRegion" not in physical(results(report(whole), texts=sources("a: 1"))[0])
    for template, place in (("a: 1#", at(1, 1, 5)), ("a: 1", at(1, 2, 5)), ("a: 1", at(1, 1, 4))):
        (result,) = results(report(finding(place)), texts=sources(template))
        assert physical(result)["contextRegion"] == {"startLine": 1, "endLine": 1, "snippet": {"text": template}}


def test_a_minified_file_is_not_quoted_whole() -> None:
    (result,) = results(
        report(finding(at(1, 100_001, 100_005))), texts=sources("x" * 100_000 + "HERE" + "y" * 100_000)
    )
    assert physical(result)["region"]["snippet"] == {"text": "HERE"}
    assert "contextRegion" not in physical(result)


def test_two_thousand_characters_are_quoted_and_no_more() -> None:
    for length, quoted in ((2_000, True), (2_001, False)):
        (result,) = results(report(finding(at(1, 1, length + 1))), texts=sources("x" * length))
        assert ("snippet" in physical(result)["region"]) is quoted


def test_a_source_that_is_not_at_hand_has_a_region_alone() -> None:
    (result,) = results(report(finding(at(4, 9))), texts={})
    assert physical(result)["region"] == {"startLine": 4, "startColumn": 9, "endLine": 4, "endColumn": 10}
    assert result["partialFingerprints"] == {"pipecheckFingerprint/v1": finding().fingerprint}


def test_related_places() -> None:
    (result,) = results(report(finding(at(4), related=(related("the type", at(2, 9, 11)),))))
    (place,) = result["relatedLocations"]
    assert (place["id"], place["message"]) == (1, {"text": "the type."})
    assert place["physicalLocation"]["region"]["snippet"] == {"text": "S3"}


def test_results_are_sorted_by_severity_and_then_as_reported() -> None:
    findings = [
        unknown(at(1), severity=Severity.CRITICAL),
        finding(at(2), severity=Severity.LOW),
        finding(at(3), severity=Severity.CRITICAL),
        finding(at(4), severity=Severity.INFO),
        finding(at(5), severity=Severity.MEDIUM),
        finding(at(6), severity=Severity.CRITICAL),
    ]
    sorted_ = results(report(*findings))
    assert [physical(one)["region"]["startLine"] for one in sorted_] == [3, 6, 5, 2, 4, 1]
    assert [one["level"] for one in sorted_] == ["error", "error", "warning", "note", "note", "none"]


def test_what_cannot_be_told_is_open_and_has_no_level() -> None:
    (result,) = results(report(unknown()))
    assert (result["kind"], result["level"]) == ("open", "none")
    assert result["properties"] == {"reason": "not-scanned"}
    assert result["message"]["text"] == "cannot tell: the bucket artifacts is not in the input."


def test_a_verbose_report_adds_what_passes_and_what_does_not_apply() -> None:
    made = report(outcomes=[outcome(), outcome(verdict=Verdict.NOT_APPLICABLE)])
    assert results(made) == []
    added = results(made, RenderOptions(verbose=True))
    assert [(one["kind"], one["level"], one["message"]["text"]) for one in added] == [
        ("pass", "none", "the requirement is met."),
        ("notApplicable", "none", "the rule does not apply."),
    ]


def test_github_gets_failures_alone_unless_it_is_asked_for_more() -> None:
    made = report(finding(at(4)), unknown(at(1)), outcomes=[outcome()])
    (failed,) = results(made, RenderOptions(sarif_profile="github", verbose=True))
    assert "kind" not in failed
    _, open_ = results(made, RenderOptions(sarif_profile="github", unknown_in_github=True))
    assert "kind" not in open_
    assert open_["level"] == "note"
    assert open_["message"]["text"] == "Cannot tell: the bucket artifacts is not in the input."


def test_a_rule_says_all_that_a_reader_needs() -> None:
    one = rule("artifact-store-cmk", Severity.MEDIUM, limits="None known.")
    (descriptor,) = run(report(rules=[one]))["tool"]["driver"]["rules"]
    assert descriptor["id"] == "artifact-store-cmk"
    assert descriptor["name"] == "ArtifactStoreCmk"
    assert descriptor["shortDescription"]["text"] == f"{one.title}."
    assert descriptor["fullDescription"]["text"] == one.rationale
    assert descriptor["defaultConfiguration"] == {"level": "warning"}
    assert descriptor["properties"] == {
        "security-severity": "5.5",
        "precision": "high",
        "tags": ["security", "store", "encryption", "owasp-cicd-sec/CICD-SEC-9", "nist-800-53-r5/SC-28"],
    }
    assert descriptor["help"]["markdown"] == (
        "**Artifact store is not encrypted with a customer managed key.**\n\n"
        "## Why it matters\n\nWhoever may read the bucket can read the artifacts.\n\n"
        "## How to mend it\n\nSet EncryptionKey to a key of your own. Then deploy the pipeline.\n\n"
        "## What the rule does not see\n\nNone known.\n\n"
        f"## References\n\n- {one.references[0]}"
    )
    assert "##" not in descriptor["help"]["text"]


def test_rules_are_in_the_log_whether_they_found_something_or_not_and_indices_fit() -> None:
    made = report(finding(rule="b-rule"), rules=[rule("c-rule"), rule("b-rule"), rule("a-rule")])
    log = run(made)
    assert [one["id"] for one in log["tool"]["driver"]["rules"]] == ["a-rule", "b-rule", "c-rule"]
    assert log["results"][0]["ruleIndex"] == 1


def test_a_rule_has_ten_tags_at_most_and_some_of_each_framework() -> None:
    controls = {"first": tuple(f"F-{number}" for number in range(20)), "second": ("S-1",)}
    (descriptor,) = run(report(rules=[rule(controls=controls, tags=("a", "b"))]))["tool"]["driver"]["rules"]
    tags = descriptor["properties"]["tags"]
    assert len(tags) == 10
    assert tags[:6] == ["security", "store", "a", "b", "first/F-0", "second/S-1"]


def test_information_has_no_security_severity() -> None:
    (descriptor,) = run(report(rules=[rule(severity=Severity.INFO)]))["tool"]["driver"]["rules"]
    assert "security-severity" not in descriptor["properties"]
    assert descriptor["defaultConfiguration"] == {"level": "note"}


def test_a_name_that_would_only_repeat_the_id_is_left_out() -> None:
    (descriptor,) = run(report(rules=[rule("approval")]))["tool"]["driver"]["rules"]
    assert "name" not in descriptor
    (named,) = run(report(rules=[rule("approval-gate")]))["tool"]["driver"]["rules"]
    assert named["name"] == "ApprovalGate"


def test_long_descriptions_are_cut_to_what_github_takes() -> None:
    (descriptor,) = run(report(rules=[rule(rationale="why " * 1_000)]))["tool"]["driver"]["rules"]
    assert len(descriptor["fullDescription"]["text"]) == 1_024
    (fits,) = run(report(rules=[rule(rationale=f"{'x' * 1_023}.")]))["tool"]["driver"]["rules"]
    assert fits["fullDescription"]["text"].endswith("x.")


def test_the_run_says_how_to_read_it() -> None:
    log = run(report(), RenderOptions(base=HOME, sarif_category="account-1"))
    assert log["tool"]["driver"]["semanticVersion"] == __version__
    assert log["columnKind"] == "unicodeCodePoints"
    assert log["automationDetails"] == {"id": "account-1/"}
    assert log["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///home/shop/"}}
    assert log["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("uri", "base", "root", "artifact"),
    [
        ("my shop/t#1.yaml", None, None, {"uri": "my%20shop/t%231.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a/t.yaml", HOME, None, {"uri": "a/t.yaml", "uriBaseId": "%SRCROOT%"}),
        ("t.yaml", HOME / "infra", HOME, {"uri": "infra/t.yaml", "uriBaseId": "%SRCROOT%"}),
        ("../t.yaml", HOME / "infra", HOME, {"uri": "t.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/home/shop/t.yaml", HOME, HOME, {"uri": "t.yaml", "uriBaseId": "%SRCROOT%"}),
        ("../t.yaml", HOME, HOME, {"uri": "file:///home/t.yaml"}),
        ("/etc/t.yaml", None, None, {"uri": "file:///etc/t.yaml"}),
    ],
)
def test_paths_are_relative_to_the_root_of_the_repository(
    uri: str, base: PurePosixPath | None, root: PurePosixPath | None, artifact: dict[str, str]
) -> None:
    (result,) = results(report(finding(at(1, uri=uri))), RenderOptions(base=base, root=root))
    assert physical(result)["artifactLocation"] == artifact


def test_a_crash_and_an_input_error_are_notifications_and_the_run_no_success() -> None:
    crash = finding(at(4, 9), verdict=Verdict.ERROR, message="the rule crashed")
    errors = [
        InputError("found a tab", source="broken.yaml", line=2, help=("use spaces",)),
        InputError("gone", source="x"),
    ]
    log = run(report(crash, errors=errors))
    (invocation,) = log["invocations"]
    crashed, broken, gone = invocation["toolExecutionNotifications"]
    assert log["results"] == []
    assert invocation["executionSuccessful"] is False
    assert crashed["associatedRule"] == {"id": "store-key", "index": 0}
    assert physical(crashed)["region"]["startLine"] == 4
    assert broken["message"]["text"] == "found a tab. use spaces."
    assert physical(broken)["artifactLocation"]["uri"] == "broken.yaml"
    assert physical(broken)["region"] == {"startLine": 2, "startColumn": 1}
    assert "region" not in physical(gone)


def test_either_a_crash_or_an_input_error_makes_the_run_no_success() -> None:
    crashed = run(report(finding(verdict=Verdict.ERROR)))["invocations"][0]
    unread = run(report(errors=[InputError("gone")]))["invocations"][0]
    fails = run(report(finding()))["invocations"][0]
    assert [one["executionSuccessful"] for one in (crashed, unread, fails)] == [False, False, True]


def test_fingerprints_are_those_of_github_and_ours() -> None:
    (result,) = results(report(finding(at(4), identity=("ours", "key"))))
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": LineHashes(TEMPLATE).of(4),
        "pipecheckFingerprint/v1": sha256(b"ours\x1fkey").hexdigest()[:32],
    }


def test_a_secret_goes_into_no_hash_from_which_it_could_be_guessed() -> None:
    text = "a: 1\nPassword: hunter2\n" + "b: 1\n" * 50
    first, second, last = results(
        report(finding(at(1)), finding(at(2)), finding(at(3)), secrets=["hunter2"]), texts=sources(text)
    )
    assert "primaryLocationLineHash" not in first["partialFingerprints"]
    assert "primaryLocationLineHash" not in second["partialFingerprints"]
    assert "primaryLocationLineHash" in last["partialFingerprints"]


def test_a_name_makes_no_link_of_a_message() -> None:
    (result,) = results(report(finding(message="action [here](https://example.com) is bad")))
    assert result["message"]["text"] == "action [here] (https://example.com) is bad."


def test_hostile_names_are_harmless_and_short() -> None:
    hostile = "na\nme\x1b[31m\u202e\ud800" + "x" * 70_000
    subject = SubjectName("action", hostile, hostile, hostile, hostile)
    failed = finding(at(1, 1, 70_000), message=hostile, subject=subject, related=(related(hostile, at(1)),))
    text = render(report(failed, errors=[InputError(hostile)]), sources(hostile), FULL)
    text.encode()
    assert not {"\x1b", "\u202e"} & set(text)
    assert r"\u001b" not in text
    assert len(text) < 20_000


def test_secrets_are_masked_in_messages_names_and_snippets() -> None:
    secret = "hunter2"  # noqa: S105
    subject = SubjectName("action", secret, secret, secret, secret)
    failed = finding(
        at(2, 3, 10),
        message=f"is {secret}",
        subject=subject,
        related=(related(secret, at(1)),),
        assumptions=(secret,),
    )
    made = report(
        failed, errors=[InputError(secret, help=(secret,))], outcomes=[outcome(subject=subject)], secrets=[secret]
    )
    text = render(made, sources(f"a: {secret}\nb: {secret}\n"), RenderOptions(verbose=True))
    assert secret not in text
    assert '"text": "is ***."' in text
    assert '"text": "a: ***\\nb: ***\\n"' in text


def test_github_gets_no_more_results_than_it_takes_and_the_worst_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipecheck.report.sarif._MOST_RESULTS", 3)
    mild = [finding(at(line), severity=Severity.LOW, message=f"mild {line}") for line in range(1, 5)]
    bad = [finding(at(line), severity=Severity.CRITICAL, message=f"bad {line}") for line in range(5, 7)]
    options = RenderOptions(sarif_profile="github")
    (run,) = json.loads(render(report(*mild, *bad), sources(), options))["runs"]
    assert [result["message"]["text"] for result in run["results"]] == ["bad 5.", "bad 6.", "mild 1."]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    (whole,) = json.loads(render(report(*mild, *bad), sources(), RenderOptions()))["runs"]
    assert len(whole["results"]) == 6


def test_github_gets_no_more_bytes_than_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipecheck.report.sarif._MOST_BYTES", 4_000)
    some = [finding(at(1), message=sha256(bytes([index])).hexdigest() * 8) for index in range(100)]
    text = render(report(*some), sources(), RenderOptions(sarif_profile="github"))
    assert len(gzip.compress(text.encode())) <= 4_000
    (run,) = json.loads(text)["runs"]
    assert 0 < len(run["results"]) < 100
