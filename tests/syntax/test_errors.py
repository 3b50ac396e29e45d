"""What a broken text is told: what is wrong, where, and what helps."""

import pytest

from pipecheck.errors import InputError
from pipecheck.syntax.read import read, read_all


def refused(text: str, format: str | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        read_all(text, "x", "json" if format == "json" else "yaml" if format == "yaml" else None)
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a:\n\tb: c", (2, 1), "a tab in the indentation, where YAML allows only spaces"),
        ("a:\tb\n  \tc: d", (2, 3), "a tab in the indentation, where YAML allows only spaces"),
        ("a: |\n\tb", (2, 1), "a tab in the indentation, where YAML allows only spaces"),
        ("a: 'x\nb: c", (1, 4), "a text that is never closed with '"),
        ('a:\n  - "x\n  - c', (2, 5), 'a text that is never closed with "'),
        ("a: [b, c", (1, 4), "a '[' that is never closed"),
        ("a: {b: 1\n\n# end\n", (1, 4), "a '{' that is never closed"),
        ("a: {b: 1\nc: d", (2, 2), "found ':', expected ',' or '}'"),
        ("a: b: c", (1, 5), "a second ': ' in one line"),
        ("a: 1\n  b: 2", (2, 4), "a key that is indented like a part of the value above it"),
        ("a:\n  - b\n c: d", (3, 2), "found 'c', expected a key"),
        ("- a\nb: c", (2, 1), "found 'b', expected the next '- ' of a list"),
        ("a: b\nfoo\nc: d", (2, 1), "a line that is neither 'key: value' nor '- item'"),
        ("a: 'x' y", (1, 8), "found 'y' after a value that is complete"),
        ("a: - b", (1, 4), "a '- ' cannot begin here"),
        ("Resource: *\nb: c", (1, 11), "a value that begins with '*' and is not in quotes"),
        ("a: @b", (1, 4), "a value that begins with '@' and is not in quotes"),
        ("a: *x", (1, 4), "the alias *x has no anchor &x before it"),
        ("a: &x [*x]", (1, 8), "the alias *x stands inside the node that it repeats"),
        ("a: &x {b: {<<: *x}}", (1, 16), "the alias *x stands inside the node that it repeats"),
        ("? [a]\n: b", (1, 3), "a mapping or list as a key; only a single value can be one"),
        ("a: &x {}\n? *x\n: b", (2, 3), "a mapping or list as a key; only a single value can be one"),
        ("!Ref a: b", (1, 1), "the tag !Ref on a key; only values can have one"),
        ("a: !!int b", (1, 4), "the tag !!int on a value that is none"),
        ("a: !!bool b", (1, 4), "the tag !!bool on a value that is none"),
        ("a: !!map b", (1, 4), "the tag !!map on a single value"),
        ("a: !!str [b]", (1, 4), "the tag !!str on a list"),
        ("a: !!seq {b: c}", (1, 4), "the tag !!seq on a mapping"),
        ("a: !e!x 1", (1, 4), "a tag with a prefix that no %TAG directive declares"),
        ('a: "\\q"', (1, 5), "an escape that YAML does not know"),
        ('a: "\\ud83d"', (1, 7), "an escape that stands for no character"),
        ("a: \x1b[0m", (1, 4), "the character U+001B is not allowed in YAML"),
        ("a: b\r\n\U0001f600\U0001f600: \x07", (2, 5), "the character U+0007 is not allowed in YAML"),
        ("a: |0\n x", (1, 5), "an indentation of 0 for a block of text; 1 to 9 is possible"),
        ("a: |x\n x", (1, 5), "found 'x', expected the end of the line"),
        ("%FOO\n", (1, 1), "a value that begins with '%' and is not in quotes"),
        ("a: b\n...\nc: d\n", (3, 1), "found 'c' after the end of the document"),
        ("%TAG ! a\n%TAG ! b\n--- c", (2, 1), "is not valid YAML: found duplicate %TAG directive"),
    ],
)
def test_broken_yaml(text: str, place: tuple[int, int], message: str) -> None:
    error = refused(text, "yaml")
    assert ((error.line, error.column), error.message) == (place, message)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"a": 1', (1, 8), "the text ends where ',' or a closing bracket is expected"),
        ('{"a":\n 1,\n}', (2, 3), "a comma before a closing bracket, which JSON does not allow"),
        ("[1,\n]", (1, 3), "a comma before a closing bracket, which JSON does not allow"),
        ("{a: 1}", (1, 2), "found 'a', expected a key in double quotes or '}'"),
        ('{"a" 1}', (1, 6), "found '1', expected ':' after the key"),
        ('{"a":1\n "b":2}', (2, 2), "found '\"', expected ',' or a closing bracket"),
        ("[1] x", (1, 5), "found 'x', expected the end of the text"),
        ("// comment\n{}", (1, 1), "found '/', expected a value"),
        ('["a', (1, 2), 'a text that is never closed with "'),
        ('["a\nb"]', (1, 4), "a line break inside a text, which JSON writes on one line"),
        ('["a\tb"]', (1, 4), "a tab inside a text, which JSON writes on one line"),
        ('["\\q"]', (1, 3), "an escape that JSON does not know"),
        ('{"NaN": [1, NaN]}', (1, 13), "NaN and Infinity are no values in JSON"),
        ('["Infinity",\n -Infinity]', (2, 2), "NaN and Infinity are no values in JSON"),
        (
            '["\\ud83d\\ude00", "\\\\ud83d", "\\ud83d"]',
            (1, 30),
            "half of a surrogate pair, which stands for no character",
        ),
        ('["\\ude00\\ud83d"]', (1, 3), "half of a surrogate pair, which stands for no character"),
        (f'{{"a": {"1" * 4301}}}', (1, 7), "a number with more than 4,300 digits"),
        (" ", (1, 2), "the text ends where a value is expected"),
    ],
)
def test_broken_json(text: str, place: tuple[int, int], message: str) -> None:
    error = refused(text, "json")
    assert ((error.line, error.column), error.message) == (place, message)


def test_a_big_number_in_json_stays_exact() -> None:
    assert read("[12345678901234567890123]", "x", "json").root == [12345678901234567890123]


@pytest.mark.parametrize(
    ("text", "format", "help"),
    [
        ("a:\n\tb: c", None, "replace the tab by spaces"),
        ("a: [b, c\nd: e", None, "the '[' in line 1 is not closed yet"),
        ("x: y\na: {b: 1,\n  c: [d}", None, "the '[' in line 3 is not closed yet"),
        ('{"a": [1,\n2', "json", "the '[' in line 1 is not closed"),
        ("a: b: c", None, "put the value in quotes if that is part of it"),
        (
            "a: {{ name }}",
            None,
            "this line has the markup of a template engine: read what the engine makes of it instead",
        ),
        (
            "{% if a %}",
            None,
            "this line has the markup of a template engine: read what the engine makes of it instead",
        ),
    ],
)
def test_help_says_what_to_do(text: str, format: str | None, help: str) -> None:
    assert help in refused(text, format).help


def test_a_dynamic_reference_of_cloudformation_is_no_template_markup() -> None:
    assert not any("template engine" in line for line in refused("a: [{{resolve:ssm:x}}").help)


def test_an_error_in_a_later_document_has_its_place_in_the_whole_text() -> None:
    error = refused("a: b\n---\nc: 'd\n")
    assert (error.line, error.column) == (3, 4)
    assert read("a: b\n---\nc: 'd\n", "x").root == {"a": "b"}


def test_a_duplicate_anchor_or_an_odd_key_is_no_error() -> None:
    assert read("- &x 1\n- &x 2\n- {? a, ? b}\n", "x").root == [1, 2, {"a": None, "b": None}]
