import csv
import io
from dataclasses import replace

import pytest

from pipecheck.findings.finding import Suppression
from pipecheck.report.csv import render
from pipecheck.report.options import RenderOptions
from tests.report.hostile import HOSTILE
from tests.report.reports import ACTION, at, finding, report, sources, unknown


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_tells_the_rule_the_subject_and_the_place() -> None:
    first, second = rows(render(report(finding(at(4, 9, 21), subject=ACTION), unknown()), sources(), RenderOptions()))
    assert (first["rule"], first["severity"], first["verdict"], first["reason"]) == ("store-key", "high", "fail", "")
    assert (first["pipeline"], first["stage"], first["action"]) == ("shop", "Deploy", "Prod")
    assert (first["file"], first["line"], first["column"], first["end_column"]) == ("template.yaml", "4", "9", "21")
    assert (second["verdict"], second["reason"]) == ("unknown", "not-scanned")


@pytest.mark.parametrize("text", [*HOSTILE, "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_a_formula_and_no_text_breaks_a_row(text: str) -> None:
    (row,) = rows(render(report(finding(at(1, uri=text[:50]), message=text)), sources(), RenderOptions()))
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_what_is_accepted_has_its_row_with_the_reason() -> None:
    accepted = finding(at(2), suppressed=Suppression("waiver", "no secrets in it", at(1), "platform"))
    first, second = rows(render(replace(report(finding(at(1))), suppressed=(accepted,)), sources(), RenderOptions()))
    assert (first["suppressed"], first["justification"]) == ("", "")
    assert (second["suppressed"], second["justification"]) == ("waiver", "no secrets in it")
