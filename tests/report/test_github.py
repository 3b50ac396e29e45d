import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipecheck.errors import InputError
from pipecheck.report.github import render
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from tests.report.hostile import HOSTILE
from tests.report.reports import at, finding, report, sources, unknown

COMMAND = re.compile(r"::(error|warning|notice) ([^\n]*?)::([^\n]*)")


def unescaped(text: str) -> str:
    """As the runner does it (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs)."""
    for written, meant in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(written, meant)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in text.removesuffix("\n").split("\n"):
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        level, properties, message = match.groups()
        stated = dict(part.split("=", 1) for part in properties.split(","))
        found.append((level, {name: unescaped(value) for name, value in stated.items()}, unescaped(message)))
    return found


def test_a_finding_is_an_annotation_on_its_line_with_its_columns_and_what_to_do() -> None:
    ((level, properties, message),) = commands(render(report(finding(at(4, 9, 21))), sources(), RenderOptions()))
    assert level == "error"
    assert properties == {
        "file": "template.yaml",
        "line": "4",
        "endLine": "4",
        "col": "9",
        "endColumn": "21",
        "title": "store-key (high)",
    }
    assert (
        message
        == "the store uses alias/aws/s3\nHelp: Set EncryptionKey to a key of your own. Then deploy the pipeline."
    )


def test_several_lines_have_no_columns_because_github_refuses_them() -> None:
    ((_, properties, _),) = commands(render(report(finding(at(4, 9, 2, end_line=6))), sources(), RenderOptions()))
    assert (properties["line"], properties["endLine"]) == ("4", "6")
    assert "col" not in properties


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "notice"),
        (Severity.INFO, "notice"),
    ],
)
def test_levels_follow_severity(severity: Severity, level: str) -> None:
    assert commands(render(report(finding(severity=severity)), sources(), RenderOptions()))[0][0] == level


def test_what_cannot_be_told_is_a_notice_that_says_so() -> None:
    ((level, _, message),) = commands(render(report(unknown()), sources(), RenderOptions()))
    assert level == "notice"
    assert message.startswith("Cannot tell: the bucket artifacts is not in the input\nHelp: ")


def test_files_are_named_from_the_root_of_the_repository() -> None:
    from pathlib import PurePosixPath  # noqa: PLC0415

    options = RenderOptions(base=PurePosixPath("/repo/infra"), root=PurePosixPath("/repo"))
    ((_, properties, _),) = commands(render(report(finding()), sources(), options))
    assert properties["file"] == "infra/template.yaml"


def test_ten_of_a_level_the_worst_first_and_a_count_of_the_others() -> None:
    mild = [finding(at(n), message=f"mild {n}") for n in range(1, 13)]
    worst = finding(at(20), severity=Severity.CRITICAL, message="worst")
    found = commands(render(report(*mild, worst), sources(), RenderOptions()))
    errors = [message for level, _, message in found if level == "error"]
    assert errors[0].startswith("worst")
    assert len(errors) == 10
    assert found[-1] == ("notice", {"title": "pipecheck"}, "3 more findings: see the whole report")


def test_notices_leave_room_for_the_count() -> None:
    found = commands(render(report(*(unknown(at(n)) for n in range(1, 15))), sources(), RenderOptions()))
    assert len(found) == 10
    assert found[-1][2] == "5 more findings: see the whole report"


def test_an_input_that_cannot_be_read_and_a_crash_are_errors() -> None:
    broken = InputError("found a tab", source="broken.yaml", line=2, column=3)
    crash = finding(verdict=Verdict.ERROR, severity=Severity.LOW, message="the rule crashed")
    (first, second) = commands(render(report(crash, errors=[broken]), sources(), RenderOptions()))
    assert (first[0], first[1]["file"], first[1]["line"], first[2]) == ("error", "broken.yaml", "2", "found a tab")
    assert (second[0], second[2]) == ("error", "the rule crashed")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_input_is_a_command(text: str) -> None:
    hostile = finding(at(1, uri=text[:80]), message=text)
    assert len(commands(render(report(hostile), sources(), RenderOptions()))) == 1


@given(st.text(), st.text(min_size=1))
def test_what_the_runner_reads_is_what_was_meant(message: str, uri: str) -> None:
    ((_, properties, read),) = commands(
        render(report(finding(at(1, uri=f"a/{uri}"), message=f"<{message}>"), rules=[]), sources(), RenderOptions())
    )
    assert "\n" not in properties["file"]
    assert read.startswith("<")
    assert read.endswith(">") or len(read) == 1_000
