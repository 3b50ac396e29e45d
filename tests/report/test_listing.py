from pipecheck.findings.finding import Hidden
from pipecheck.report.listing import Listing
from pipecheck.report.redaction import Redaction
from pipecheck.values import Span
from tests.report.reports import Text


def listing(text: str, *secrets: str) -> Listing:
    return Listing(Text(text), Redaction(secrets))


def test_a_part_that_begins_or_ends_within_a_secret_shows_nothing_of_it() -> None:
    source = listing("a: hunter2 b", "hunter2")
    assert source.part(1, 0, 5) == "a: ***"
    assert source.part(1, 5, 12) == "*** b"
    assert source.part(1, 5, 7) == "***"
    assert source.part(1, 10, 12) == " b"
    assert source.part(1, 0, 3) == "a: "


def test_a_wrapped_secret_is_hidden_on_its_lines_and_on_no_other() -> None:
    source = listing("one\nk: first\n   second\n\n   third # end\nfirst\n", "first second third")
    assert [source.text(line) for line in range(1, 7)] == ["one", "k: ***", "   ***", "", "   *** # end", "first"]


def test_a_secret_at_the_end_of_a_line_does_not_hide_the_next() -> None:
    source = listing("k: hunter2\nnext\n", "hunter2\n")
    assert [source.text(line) for line in (1, 2)] == ["k: ***", "next"]
    assert source.hides(1, 1)
    assert not source.hides(2, 2)


def test_lines_that_hold_a_part_of_a_secret_hide_it() -> None:
    source = listing("one\nfirst\nsecond\nfour\n", "first second")
    assert [source.hides(line, line) for line in (1, 2, 3, 4)] == [False, True, True, False]
    assert source.hides(1, 2)
    assert source.hides(3, 9)
    assert not source.hides(4, 9)


def hiding(text: str, span: Span, secret: str) -> Listing:
    return Listing(Text(text), Redaction([]), [Hidden("t.yaml", span, secret)])


def test_a_text_that_is_hidden_in_one_stretch_is_shown_elsewhere() -> None:
    source = hiding("{Name: Deploy, Value: Deploy}\nDeploy\n", Span(1, 23, 1, 29), "Deploy")
    assert [source.text(line) for line in (1, 2)] == ["{Name: Deploy, Value: ***}", "Deploy"]


def test_a_hidden_text_in_a_block_scalar_stands_below_its_header() -> None:
    source = hiding("Value: |\n  Deploy\nName: Deploy\n", Span(1, 8, 1, 9), "Deploy")
    assert [source.text(line) for line in (1, 2, 3)] == ["Value: |", "  ***", "Name: Deploy"]


def test_a_line_beyond_the_text_is_empty() -> None:
    source = listing("one")
    assert (source.has(1), source.has(2), source.has(0)) == (True, False, False)
    assert (source.text(2), source.length(2)) == ("", 0)
