"""TOML: that every node stands where it is written, and that mistakes have a place."""

from __future__ import annotations

import json
import tomllib
from textwrap import dedent

import pytest

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values import Route

TEXT = dedent(
    '''\
    # [not.a.table]
    title = "x # no comment"   # a comment
    [tool."quo.ted".inner]
    a.b = 0x1F
    'c d' = [1, # one, [
      "two]", ["three"], {four = 4, five.six = """
    7 "" ]"""}, ]
    when = 1979-05-27 07:32:00
    day = 1979-05-27
    path = 'C:\\no\\escape'
    [[items]]
    name = "first"
    [items.sub]
    x = true
    [[items]]
    name = "sec\\"ond"
    [[items.parts]]
    n = -1.5e3
    [[items.parts]]
    n = inf
    '''
)


def leaves(tree: object, route: Route = ()) -> list[tuple[Route, object]]:
    if isinstance(tree, dict):
        return [leaf for key, value in tree.items() for leaf in leaves(value, (*route, key))]
    if isinstance(tree, list):
        return [leaf for index, value in enumerate(tree) for leaf in leaves(value, (*route, index))]
    return [(route, tree)]


def text_at(document: Document, route: Route) -> str:
    span = document.span(route)
    lines = document.lines(span.line, span.end_line)
    if span.line == span.end_line:
        return lines[0][span.column - 1 : span.end_column - 1]
    return "\n".join([lines[0][span.column - 1 :], *lines[1:-1], lines[-1][: span.end_column - 1]])


def test_every_value_stands_where_it_is_written() -> None:
    document = read(TEXT, "x.toml", "toml")
    found = leaves(document.root)
    assert found == leaves(tomllib.loads(TEXT))
    for route, value in found:
        assert tomllib.loads(f"x = {text_at(document, route)}") == {"x": value}, route


@pytest.mark.parametrize(
    ("route", "line", "column"),
    [
        (("title",), 2, 1),
        (("tool", "quo.ted", "inner"), 3, 17),
        (("tool", "quo.ted"), 3, 7),
        (("tool", "quo.ted", "inner", "a", "b"), 4, 3),
        (("tool", "quo.ted", "inner", "c d"), 5, 1),
        (("items",), 11, 3),
        (("items", 1, "name"), 16, 1),
        (("items", 1, "parts", 1, "n"), 20, 1),
    ],
)
def test_every_key_stands_where_it_is_written(route: Route, line: int, column: int) -> None:
    span = read(TEXT, "x.toml", "toml").key_span(route)
    assert (span.line, span.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "line", "column"), [("a = 1\nb = \n", 2, 5), ("a = 1\na = 2\n", 2, 6), ('a = "', 1, 6), ("[a", 1, 3)]
)
def test_a_mistake_has_a_place(text: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as caught:
        read(text, "x.toml", "toml")
    assert (caught.value.line, caught.value.column) == (line, column)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError):
        read(f"a = {'[' * 100_000}", "x.toml", "toml")


def test_the_project_file_is_located_whole() -> None:
    text = json.dumps({"unused": True})
    assert read(f"a = '{text}'", "x.toml", "toml").content_line(("a",), 0) is not None
