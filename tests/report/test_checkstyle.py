import pytest
from lxml import etree

from pipecheck.errors import InputError
from pipecheck.report.checkstyle import render
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from tests.report.hostile import HOSTILE
from tests.report.reports import at, finding, report, sources, unknown


def test_findings_stand_under_their_file_with_place_severity_and_rule() -> None:
    found = report(finding(at(4, 9)), finding(at(1, uri="other.yaml"), severity=Severity.MEDIUM), unknown(at(5)))
    root = etree.fromstring(render(found, sources(), RenderOptions()).encode())
    first, other = root.findall("file")
    assert (first.get("name"), other.get("name")) == ("template.yaml", "other.yaml")
    assert [dict(error.attrib) for error in first] == [
        {
            "line": "4",
            "column": "9",
            "severity": "error",
            "message": "the store uses alias/aws/s3",
            "source": "pipecheck.store-key",
        },
        {
            "line": "5",
            "column": "1",
            "severity": "info",
            "message": "Cannot tell: the bucket artifacts is not in the input",
            "source": "pipecheck.store-key",
        },
    ]
    assert [error.get("severity") for error in other] == ["warning"]


def test_inputs_that_could_not_be_read_and_crashes_are_errors() -> None:
    broken = InputError("found a tab", source="broken.yaml", line=2)
    found = report(finding(verdict=Verdict.ERROR, severity=Severity.LOW), errors=[broken])
    root = etree.fromstring(render(found, sources(), RenderOptions()).encode())
    assert [error.get("severity") for error in root.iter("error")] == ["error", "error"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_it(text: str) -> None:
    root = etree.fromstring(
        render(report(finding(at(1, uri=text[:50]), message=text)), sources(), RenderOptions()).encode()
    )
    assert len(list(root.iter())) == 3
