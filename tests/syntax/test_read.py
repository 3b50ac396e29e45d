"""Text and bytes to documents: encodings, formats, several documents."""

import subprocess
import sys

import pytest

from pipecheck.errors import InputError
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.read import read, read_all
from pipecheck.values.place import Span


def test_bytes_are_utf_8() -> None:
    assert read("ä: \U0001f600".encode(), "x").root == {"ä": "\U0001f600"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_text(encoding: str) -> None:
    document = read("a: b\r\nc: d\r\n".encode(encoding), "x")
    assert document.root == {"a": "b", "c": "d"}
    assert document.text == "a: b\r\nc: d\r\n"
    assert document.key_span(("a",)) == Span(1, 1, 1, 2)
    assert document.span(("a",)) == Span(1, 4, 1, 5)
    assert document.span(("c",)) == Span(2, 4, 2, 5)


def test_a_second_byte_order_mark_moves_no_column() -> None:
    assert read("\ufeff\ufeffa: b", "x").span(("a",)) == Span(1, 4, 1, 5)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"PK\x03\x04\x14\x00",
        b"a: \xff\xfe",
        b"\xff\xfea\x00:\x00 \x00x",
        b"a: b\x00",
        "a: \x00",
        "a: \ud800",
        "\ud83d: x",
    ],
)
def test_what_is_no_text_is_said_to_be_none(data: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(data, "logo.png")
    assert caught.value.message == "is not a text file"
    assert caught.value.source == "logo.png"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---", "---\n", "--- # x\n...\n", "\ufeff"])
def test_a_text_without_content_is_null(text: str) -> None:
    document = read(text, "x")
    assert document.root is None
    assert document.format == "yaml"
    assert (document.span(()).line, document.span(()).column) == (1, 1)
    assert [document.root for document in read_all(text, "x")] == [None]


@pytest.mark.parametrize("text", ['{"a": 1}', '\n\t {"a": 1}', '\ufeff\r\n{"a": 1}'])
def test_a_text_that_begins_with_a_brace_is_json(text: str) -> None:
    document = read(text, "x")
    assert document.format == "json"
    assert document.root == {"a": 1}


@pytest.mark.parametrize("text", ["{a: 1}", "{'a': 1}", '{"a": 1,}', '{"a": 1} # end', '{"a":\n # one\n 1}'])
def test_a_text_that_is_no_json_may_still_be_yaml(text: str) -> None:
    document = read(text, "x")
    assert document.format == "yaml"
    assert document.root == {"a": 1}


def test_the_error_of_a_text_that_is_neither_is_that_of_the_reader_that_came_further() -> None:
    with pytest.raises(InputError) as json_came_further:
        read('{"a": "\\ud83d\\ude00",\n"b": nothing}', "x")
    assert (json_came_further.value.line, json_came_further.value.column) == (2, 6)
    assert json_came_further.value.message == "found 'n', expected a value"
    with pytest.raises(InputError) as yaml_came_further:
        read("{a: b,\n c: 'd", "x")
    assert (yaml_came_further.value.line, yaml_came_further.value.column) == (2, 5)


def test_a_named_format_is_the_only_one_tried() -> None:
    assert read('{"a": 1}', "x", "yaml").format == "yaml"
    with pytest.raises(InputError):
        read("{a: 1}", "x", "json")
    with pytest.raises(InputError, match="the text ends where a value is expected"):
        read("", "x", "json")


def test_several_documents_are_read_with_their_places_in_the_whole_text() -> None:
    first, second, third = read_all("a: &x b\n---\nc: d\ne: [f]\n...\n---\n- g\n", "x")
    assert (first.root, second.root, third.root) == ({"a": "b"}, {"c": "d", "e": ["f"]}, ["g"])
    assert second.span(("e", 0)) == Span(4, 5, 4, 6)
    assert third.span((0,)) == Span(7, 3, 7, 4)
    assert read("a: b\n---\nc: d\n", "x").root == {"a": "b"}


def test_an_anchor_ends_with_its_document() -> None:
    with pytest.raises(InputError, match="the alias \\*x has no anchor &x before it"):
        read_all("a: &x b\n---\nc: *x\n", "x")


def test_a_text_beyond_the_limit_of_bytes_is_refused() -> None:
    limits = Limits(bytes=10)
    assert read("a: 3456789", "x", limits=limits).root == {"a": 3456789}
    for text in ("a: 34567890", b"a: 34567890", "ä: 3456789"):
        with pytest.raises(InputError, match=r"is larger than 10 bytes \(limit: bytes\)"):
            read(text, "x", limits=limits)


def test_lines_are_counted_as_the_parser_counts_them() -> None:
    text = "a: 1\r\nb: 2\rc: 3\x85d: 4\u2028e: 5\u2029f: 6\n"
    document = read(text, "x")
    assert document.lines(1, 6) == ["a: 1", "b: 2", "c: 3", "d: 4", "e: 5", "f: 6"]
    assert [document.span((key,)).line for key in "abcdef"] == [1, 2, 3, 4, 5, 6]


def test_lines_outside_the_text_are_left_out() -> None:
    document = read("a: 1\nb: 2", "x")
    assert document.lines(-3, 1) == ["a: 1"]
    assert document.lines(2, 9) == ["b: 2"]
    assert document.lines(5, 9) == []


def test_a_json_text_has_line_feeds_and_carriage_returns_only() -> None:
    document = read('{"a":\r"x\u2028y\x85z",\r\n"b": 1}', "x")
    assert document.span(("a",)) == Span(2, 1, 2, 8)
    assert document.span(("b",)) == Span(3, 6, 3, 7)
    assert document.lines(2, 2) == ['"x\u2028y\x85z",']


def test_json_is_read_without_importing_yaml() -> None:
    code = "import sys; from pipecheck.syntax.read import read; read('{}', 'x'); sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
