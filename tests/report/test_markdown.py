from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipecheck.errors import InputError
from pipecheck.findings.finding import Suppression
from pipecheck.report.markdown import render
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from tests.report.hostile import HOSTILE
from tests.report.reports import at, finding, report, rule, sources, unknown

PLAIN = {"text", "html_block", "softbreak", "text_special"}


def tokens(markdown: str) -> list[Token]:
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    return [child for token in parsed for child in (token.children or [token])]


def cells(markdown: str) -> list[str]:
    """The text of every cell of a table's body, as it is shown."""
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    return [
        "".join(child.content for child in inline.children or [])
        for opening, inline in pairwise(parsed)
        if opening.type == "td_open"
    ]


def test_findings_stand_in_a_table_of_their_severity_the_worst_first() -> None:
    mild = finding(severity=Severity.LOW, message="mild")
    bad = finding(at(7), severity=Severity.CRITICAL, message="bad")
    page = render(report(mild, bad), sources(), RenderOptions())
    assert page.startswith("## pipecheck: 2 findings\n\n2 failed (1 critical, 1 low)")
    assert page.index("### Critical (1)") < page.index("| bad | template.yaml:7 | store-key |")
    assert page.index("| bad |") < page.index("### Low (1)") < page.index("| mild |")


def test_how_to_mend_is_told_once_per_rule_behind_a_fold() -> None:
    page = render(report(finding(at(1)), finding(at(2))), sources(), RenderOptions())
    assert page.count("<details><summary>How to mend</summary>") == 1
    assert page.count("Set EncryptionKey to a key of your own.") == 1


def test_places_and_rules_are_links_where_somebody_says_where_they_can_be_read() -> None:
    options = RenderOptions(source_url="https://example.com/blob/abc", rule_pages="https://example.com/rules/")
    page = render(report(finding(at(3, end_line=5, uri="my (1).yaml"))), sources(), options)
    assert "[my \\(1\\).yaml:3](https://example.com/blob/abc/my%20%281%29.yaml#L3-L5)" in page
    assert "[store-key](https://example.com/rules/store-key.md)" in page


def test_what_cannot_be_told_is_gathered_behind_a_fold_with_what_would_decide_it() -> None:
    page = render(report(unknown(at(1)), unknown(at(2), rule="other")), sources(), RenderOptions())
    assert "<details><summary>2 cannot tell</summary>" in page
    assert (
        "| the bucket artifacts is not in the input | template.yaml:1, template.yaml:2 | other, store-key |" in page
    )


def test_nothing_found_says_so() -> None:
    assert render(report(), sources(), RenderOptions()).startswith("## pipecheck: no findings\n")


def test_inputs_that_could_not_be_read_and_crashes_are_told() -> None:
    broken = InputError("found a tab", source="broken.yaml", line=2, column=3)
    crash = finding(verdict=Verdict.ERROR, message="the rule crashed")
    page = render(report(crash, errors=[broken]), sources(), RenderOptions())
    assert "- broken.yaml:2:3: found a tab" in page
    assert "### Rules that crashed (1)" in page


def test_a_page_that_would_be_too_long_is_cut_with_a_note() -> None:
    many = [finding(at(n), message="x" * 400) for n in range(1, 1001)]
    page = render(report(*many), sources(), RenderOptions(markdown_bytes=65_536))
    assert len(page.encode()) <= 65_536
    assert page.rstrip().endswith("findings did not fit here: see the full report.*")


def test_cutting_keeps_what_is_worst() -> None:
    mild = [finding(at(n), severity=Severity.LOW, message="x" * 400) for n in range(1, 1001)]
    bad = finding(at(1), severity=Severity.CRITICAL, message="bad")
    page = render(report(*mild, bad), sources(), RenderOptions(markdown_bytes=65_536))
    assert "| bad |" in page
    shown = page.count("| store-key |")
    assert f"*{1001 - shown} findings did not fit here" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_input_is_markup(text: str) -> None:
    is_only_text(text)


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from("\\`*_[]()#|~<>&$!-+=.:/@ \n\tawh1"), min_size=1))
def test_no_text_made_of_markup_is_markup(text: str) -> None:
    is_only_text(text)


def is_only_text(text: str) -> None:
    page = render(
        report(finding(message=f"a{text}b"), rules=[rule("store-key", remediation="", rationale="")]),
        sources(),
        RenderOptions(),
    )
    table = page[: page.index("<details>")]
    body = [token for token in tokens(table) if token.level > 0 or token.type == "inline"]
    assert not [
        token.type
        for token in body
        if token.type in {"html_inline", "link_open", "image", "code_inline", "strong_open", "em_open", "s_open"}
    ]
    shown, place, named = cells(table)
    assert shown.startswith("a")
    assert (place, named) == ("template.yaml:1", "store-key")
    assert "//" not in shown or "://" not in shown
    assert "@everyone" not in shown


def test_what_is_accepted_stands_behind_a_fold_with_who_accepted_it_why_and_until_when() -> None:
    accepted = finding(at(2), suppressed=Suppression("waiver", "no secrets", at(1), "platform", "2027-01-01"))
    page = render(replace(report(), suppressed=(accepted,)), sources(), RenderOptions())
    assert "<details><summary>1 accepted finding</summary>" in page
    assert "| store-key | waiver: no secrets \\(owner platform\\), until 2027-01-01 |" in page
