"""The schema is junit-10.xsd of Jenkins' xUnit plugin (its own MIT licence is in the file), at the commit whose test
cases have `file` and `line`:

https://github.com/jenkinsci/xunit-plugin/blob/14c6e39c38408b9ed6280361484a13c6f5becca7/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipecheck.errors import InputError
from pipecheck.findings.finding import Report
from pipecheck.model.inventory import ScannedInput
from pipecheck.model.subject import SubjectName
from pipecheck.report.junit import render
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from tests.report.reports import ACTION, STORE, at, finding, outcome, related, report, rule, unknown

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "junit-10.xsd"))


def rendered(made: Report, *, verbose: bool = False) -> Any:
    """The root of the report, which is well-formed XML 1.0 and valid."""
    root = etree.fromstring(render(made, {}, RenderOptions(verbose=verbose)).encode())
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def cases(made: Report, *, verbose: bool = False) -> list[Any]:
    return list(rendered(made, verbose=verbose).iter("testcase"))


def test_the_schema_refuses_what_is_no_junit() -> None:
    assert not SCHEMA.validate(etree.fromstring('<testsuites><testcase name="x"/></testsuites>'))
    assert not SCHEMA.validate(
        etree.fromstring('<testsuites><testsuite name="x" tests="0" colour="red"/></testsuites>')
    )


def test_a_failure_has_its_place_its_severity_and_what_to_do() -> None:
    failed = finding(
        at(4, 9), subject=ACTION, related=(related("the key", at(7, 3, uri="keys.yaml")),), assumptions=("a default",)
    )
    (case,) = cases(report(failed, rules=[rule(remediation="Set a key.\n\nThen deploy.")]))
    assert dict(case.attrib) == {
        "classname": "pipecheck.store-key",
        "name": "shop > Deploy > Prod",
        "file": "template.yaml",
        "line": "4",
    }
    (failure,) = case
    assert failure.tag == "failure"
    assert dict(failure.attrib) == {"message": "the store uses alias/aws/s3", "type": "high"}
    assert failure.text == (
        "high: the store uses alias/aws/s3\n"
        "at: template.yaml:4:9\n"
        "in: shop > Deploy > Prod\n"
        "note: the key (keys.yaml:7:3)\n"
        "assumes: a default\n"
        "help: Set a key.\n\nThen deploy."
    )


def test_a_check_that_fails_at_several_places_is_one_case_of_the_worst_severity() -> None:
    findings = (
        finding(at(4), severity=Severity.LOW),
        finding(at(9), severity=Severity.HIGH, message="more"),
        unknown(at(12)),
    )
    (case,) = cases(report(*findings, outcomes=[outcome(*findings, verdict=Verdict.FAIL)]))
    (failure,) = case
    assert failure.get("message") == "the store uses alias/aws/s3 (and 1 more)"
    assert failure.get("type") == "high"
    assert [line for line in failure.text.splitlines() if line.startswith("at:")] == [
        "at: template.yaml:4:1",
        "at: template.yaml:9:1",
        "at: template.yaml:12:1",
    ]


def test_what_cannot_be_told_is_skipped_with_its_reason_and_the_way_out() -> None:
    ((skipped,),) = cases(report(unknown()))
    assert skipped.tag == "skipped"
    assert skipped.get("message") == (
        "cannot tell: the bucket artifacts is not in the input – scan the file that defines it together with this one"
    )


def test_a_crash_is_an_error() -> None:
    ((error,),) = cases(report(finding(verdict=Verdict.ERROR, message="the rule crashed: KeyError: 'x'")))
    assert (error.tag, error.get("type"), error.get("message")) == (
        "error",
        "crash",
        "the rule crashed: KeyError: 'x'",
    )
    assert "help:" not in error.text


def test_what_passes_is_a_case_and_what_does_not_apply_only_in_a_verbose_report() -> None:
    made = report(outcomes=[outcome(), outcome(verdict=Verdict.NOT_APPLICABLE, subject=ACTION)])
    (passed,) = cases(made)
    assert len(passed) == 0
    _, skipped = cases(made, verbose=True)
    assert skipped[0].get("message") == "not applicable"


def test_a_check_whose_findings_were_filtered_out_neither_fails_nor_passes() -> None:
    assert cases(report(outcomes=[outcome(finding()), outcome(unknown())])) == []


def test_what_is_left_of_a_partly_filtered_check_decides() -> None:
    failed, open_ = finding(at(1)), unknown(at(2))
    ((left,),) = cases(report(open_, outcomes=[outcome(failed, open_, verdict=Verdict.FAIL)]))
    assert left.tag == "skipped"


def test_one_suite_per_input_with_its_counts() -> None:
    failed, open_ = finding(at(1, uri="a.yaml")), unknown(at(1, uri="a.yaml"))
    inputs = [ScannedInput(uri, "cloudformation", ()) for uri in ("a.yaml", "b.yaml")]
    passes = outcome(location=at(9, uri="a.yaml"))
    root = rendered(
        report(
            failed,
            open_,
            outcomes=[outcome(failed), outcome(open_), passes],
            inputs=inputs,
            errors=[InputError("found a tab", source="broken.yaml", line=2, column=1, help=("use spaces",))],
        )
    )
    assert [dict(suite.attrib) for suite in root] == [
        {"name": "a.yaml", "file": "a.yaml", "tests": "3", "failures": "1", "errors": "0", "skipped": "1"},
        {"name": "b.yaml", "file": "b.yaml", "tests": "0", "failures": "0", "errors": "0", "skipped": "0"},
        {"name": "broken.yaml", "file": "broken.yaml", "tests": "1", "failures": "0", "errors": "1", "skipped": "0"},
    ]
    assert dict(root.attrib) == {"name": "pipecheck", "tests": "4", "failures": "1", "errors": "1"}


def test_an_input_that_could_not_be_read_is_an_error() -> None:
    error = InputError("found a tab", source="broken.yaml", line=2, column=1, help=("use spaces",))
    (case,) = cases(report(errors=[error], inputs=[]))
    assert (case.get("name"), case.get("file"), case.get("line")) == ("is read", "broken.yaml", "2")
    assert case[0].text == "found a tab\nbroken.yaml:2:1\nhelp: use spaces"


def test_cases_of_one_name_are_numbered() -> None:
    outcomes = [outcome(location=at(line)) for line in (1, 2, 3)]
    names = [case.get("name") for case in cases(report(outcomes=outcomes))]
    assert names == [f"artifact store Shop.ArtifactStore{number}" for number in ("", " #2", " #3")]


@pytest.mark.parametrize(
    "hostile", ["a\nb", "\x00\x1b[31m\x08", "]]>", "<x a=\"'&", "\u202e", "\ud800\ufffe", "x" * 70_000]
)
def test_hostile_names_are_valid_xml(hostile: str) -> None:
    subject = SubjectName("action", hostile, hostile, hostile, hostile)
    failed = finding(
        at(1, uri=hostile), message=hostile, subject=subject, related=(related(hostile, at(1, uri=hostile)),)
    )
    (case, other) = cases(report(failed, errors=[InputError(hostile, source=hostile, help=(hostile,))]))
    assert len(case.get("name")) <= 250
    assert case[0].get("message") == hostile or len(hostile) > 1_000 or not hostile.isprintable()
    assert other[0].tag == "error"


def test_secrets_are_masked() -> None:
    subject = SubjectName("store", "hunter2", pipelines=("hunter2",))
    failed = finding(
        message="is hunter2", subject=subject, related=(related("hunter2", at(1)),), assumptions=("hunter2",)
    )
    made = report(
        failed,
        unknown(message="hunter2"),
        outcomes=[outcome(failed), outcome(unknown(message="hunter2")), outcome(subject=subject)],
        errors=[InputError("hunter2", source="a", help=("hunter2",))],
        secrets=["hunter2"],
    )
    text = render(made, {}, RenderOptions())
    assert "hunter2" not in text
    assert 'message="is ***"' in text


def test_names_do_not_change_when_lines_or_files_do() -> None:
    (before,) = cases(report(finding(at(4), subject=STORE)))
    (after,) = cases(report(finding(at(40, uri="moved.yaml"), subject=STORE)))
    assert (before.get("classname"), before.get("name")) == (after.get("classname"), after.get("name"))
