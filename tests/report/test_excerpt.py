from pipecheck.report.excerpt import Row, excerpt
from pipecheck.report.listing import Listing, width
from pipecheck.report.redaction import Redaction
from pipecheck.values import Span
from tests.report.reports import Text


def frame(text: str, span: Span, columns: int = 80, secrets: tuple[str, ...] = (), context: int = 0) -> list[Row]:
    return excerpt(Listing(Text(text), Redaction(secrets)), span, columns, before=context, after=context)


def marked(row: Row) -> str:
    """What stands above the carets."""
    start = row.marks.index("^")
    shown, column = "", 0
    for character in row.text:
        if start <= column < len(row.marks):
            shown += character
        column += width(character)
    return shown


def test_carets_stand_under_the_span() -> None:
    assert frame("Id: alias/aws/s3 # ours", Span(1, 5, 1, 17)) == [
        Row(1, "Id: alias/aws/s3 # ours", "    ^^^^^^^^^^^^")
    ]


def test_context_is_shown_without_blank_lines_at_its_ends() -> None:
    rows = frame("\na: 1\nb: 2\n\nc: 3\n", Span(3, 1, 3, 2), context=2)
    assert rows == [Row(2, "a: 1"), Row(3, "b: 2", "^"), Row(4, ""), Row(5, "c: 3")]


def test_tabs_become_spaces_above_and_below() -> None:
    assert frame("\tb:\tvalue", Span(1, 5, 1, 10)) == [Row(1, "    b:    value", "          ^^^^^")]


def test_wide_and_combining_characters_keep_the_carets_in_place() -> None:
    (row,) = frame("日本🚀e\u0301: x", Span(1, 8, 1, 9))
    assert row.marks == " " * len("2 2 2 e: ") + "^"
    (wide,) = frame("a🚀b", Span(1, 2, 1, 3))
    assert wide.marks == " ^^"


def test_a_long_line_is_cut_around_the_span() -> None:
    text = "x" * 500 + "HERE" + "y" * 500
    (row,) = frame(text, Span(1, 501, 1, 505), columns=40)
    assert marked(row) == "HERE"
    assert row.text.startswith("…x")
    assert row.text.endswith("y…")
    assert width(row.text) <= 40


def test_whatever_the_line_a_short_span_is_in_view_and_the_row_is_not_too_long() -> None:
    for line in ("".join(map(chr, range(0x41, 0x41 + 60))), "語" * 60, "\t" * 60):
        for start in range(60):
            for end in range(start + 1, min(start + 5, 60) + 1):
                (row,) = frame(line, Span(1, start + 1, 1, end + 1), columns=40)
                assert marked(row).strip() == line[start:end].strip()
                assert len(row.marks.strip()) == width(line[start:end].replace("\t", "    "))
                assert max(width(row.text), len(row.marks)) <= 40


def test_a_line_is_cut_only_where_it_has_to_be() -> None:
    line = "x" * 30 + "HERE" + "y" * 30
    fits = Span(1, 31, 1, 35)
    assert [row.text for row in frame(line, fits, columns=35)] == ["x" * 30 + "HERE…"]
    assert [row.text for row in frame(line, fits, columns=34)] == ["…" + "x" * 14 + "HERE" + "y" * 14 + "…"]


def test_context_of_any_length_goes_with_a_cut_line() -> None:
    text = "".join(f"{'c' * length}\n" for length in range(1, 120))
    for line in range(2, 119):
        before, row, after = frame(f"{text}{'x' * 200}\n", Span(line, line, line, line + 1), columns=20, context=1)
        assert (before.number, row.number, after.number) == (line - 1, line, line + 1)
        assert marked(row) == "c"


def test_context_that_ends_before_the_view_begins_is_empty_and_left_out() -> None:
    lengths = range(60, 140)
    rows = {length: frame(f"{'c' * length}\n{'x' * 200}", Span(2, 100, 2, 104), 20, context=1) for length in lengths}
    assert [len(rows[length]) for length in lengths] == sorted(len(rows[length]) for length in lengths)
    assert len(rows[60]) == 1
    assert rows[139][0].text.startswith("…c")


def test_a_span_longer_than_the_line_of_the_report_shows_its_beginning() -> None:
    (row,) = frame("key: " + "v" * 70_000, Span(1, 6, 1, 70_006), columns=40)
    assert row.text == "key: " + "v" * 34 + "…"
    assert row.marks.strip() == "^" * 35


def test_a_line_that_just_fits_is_not_cut() -> None:
    (row,) = frame("x" * 40, Span(1, 1, 1, 2), columns=40)
    assert row.text == "x" * 40


def test_wide_characters_do_not_widen_a_cut_line() -> None:
    (row,) = frame("語" * 100, Span(1, 1, 1, 3), columns=41)
    assert width(row.text) <= 41
    assert row.marks == "^^^^"


def test_every_line_of_a_span_is_marked_from_its_first_character() -> None:
    rows = frame("a: x\n   y\n  z: 1\n", Span(1, 4, 3, 4))
    assert rows == [Row(1, "a: x", "   ^"), Row(2, "   y", "   ^"), Row(3, "  z: 1", "  ^")]


def test_a_span_that_ends_before_the_first_column_does_not_reach_that_line() -> None:
    assert frame("a: |\nb", Span(1, 1, 2, 1)) == [Row(1, "a: |", "^^^^")]
    assert frame("a: |\nb", Span(1, 1, 2, 2)) == [Row(1, "a: |", "^^^^"), Row(2, "b", "^")]


def test_the_middle_of_a_long_span_is_left_out() -> None:
    rows = frame("".join(f"line {number}\n" for number in range(1, 101)), Span(2, 1, 90, 5))
    assert [row.number for row in rows] == [2, 3, None, 89, 90]


def test_a_span_of_six_lines_is_shown_whole_and_one_of_seven_is_not() -> None:
    text = "line\n" * 10
    assert [row.number for row in frame(text, Span(2, 1, 7, 5))] == [2, 3, 4, 5, 6, 7]
    assert [row.number for row in frame(text, Span(2, 1, 8, 5))] == [2, 3, None, 7, 8]


def test_an_empty_span_still_has_a_caret() -> None:
    assert frame("a:", Span(1, 3, 1, 3)) == [Row(1, "a:", "  ^")]
    assert frame("", Span(1, 1, 1, 1)) == [Row(1, "", "^")]


def test_a_place_beyond_the_text_has_no_excerpt() -> None:
    assert frame("a: 1", Span(9, 1, 9, 2)) == []


def test_a_masked_secret_hides_its_length_under_the_carets_too() -> None:
    for secret in ("hunter2", "a-much-longer-secret"):
        (row,) = frame(f"Value: {secret} # x", Span(1, 8, 1, 8 + len(secret)), secrets=(secret,))
        assert row == Row(1, "Value: *** # x", "       ^^^")


def test_what_follows_a_masked_secret_is_marked_where_it_stands() -> None:
    (row,) = frame("hunter2: HERE", Span(1, 10, 1, 14), secrets=("hunter2",))
    assert row == Row(1, "***: HERE", "     ^^^^")


def test_a_secret_on_several_lines_is_masked_on_each() -> None:
    rows = frame(
        "Key: |\n  first part\n  second\nEnd: second", Span(2, 3, 3, 9), secrets=("first part\nsecond",), context=1
    )
    assert [row.text for row in rows] == ["Key: |", "  ***", "  ***", "End: second"]


def test_a_secret_at_the_edge_of_the_view_is_masked() -> None:
    text = "x" * 100 + "hunter2hunter2" + "HERE"
    (row,) = frame(text, Span(1, 115, 1, 119), columns=20, secrets=("hunter2hunter2",))
    assert "hunter" not in row.text
    assert marked(row) == "HERE"


def test_control_characters_do_not_reach_the_terminal() -> None:
    (row,) = frame("a: \x1b[31m\u202ex\r", Span(1, 4, 1, 5))
    assert row == Row(1, "a: ␛[31m\ufffdx", "   ^")
