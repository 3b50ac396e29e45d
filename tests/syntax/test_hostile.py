"""Texts made to crash or stall a reader end in a result or one clear error, quickly."""

import time
from collections.abc import Iterator

import pytest

from pipecheck.errors import InputError
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.read import read, read_all


@pytest.fixture(autouse=True)
def quickly() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < 2


def laughs(levels: int) -> str:
    first = "a0: &a0 [x]\n"
    return first + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, levels))


def merged_laughs(levels: int) -> str:
    lines = (f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}], k{i}: 1}}\n" for i in range(1, levels))
    return "a0: &a0 {k: x}\n" + "".join(lines)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        pytest.param("[" * 100_000, "depth", id="open brackets"),
        pytest.param("[" * 100_000 + "]" * 100_000, "depth", id="brackets"),
        pytest.param('{"a":' * 50_000 + "1" + "}" * 50_000, "depth", id="braces"),
        pytest.param("a: " + "{a: " * 10_000, "depth", id="flow mappings"),
        pytest.param("".join(" " * depth + "a:\n" for depth in range(3000)), "depth", id="block mappings"),
        pytest.param("- " * 20_000, "depth", id="block lists"),
        pytest.param("".join(" " * depth + "-\n" for depth in range(300)), "depth", id="lists on lines"),
        pytest.param(laughs(12), "expansion", id="billion laughs"),
        pytest.param(merged_laughs(12), "expansion", id="billion merges"),
        pytest.param("a: &a x\nb: [" + "*a," * 200_000 + "]", "expansion", id="many aliases"),
        pytest.param("---\n" * 100_000, "documents", id="many documents"),
        pytest.param("x" * 11_000_000, "bytes", id="large"),
        pytest.param("\U0001f600" * 3_000_000, "bytes", id="large in bytes"),
    ],
)
def test_the_error_names_the_limit(text: str, limit: str) -> None:
    with pytest.raises(InputError, match=rf"\(limit: {limit}\)"):
        read_all(text, "x")


def test_depth_is_counted_in_containers() -> None:
    limits = Limits(depth=3)
    for text in ("[[[1]]]", "a:\n  b:\n    c: 1\n", "- - - 1"):
        read(text, "x", limits=limits)
    for text, column in (("[[[[1]]]]", 4), ('{"[": "[[[", "a": [{"b": []}]}', 26), ("- - - - 1", 7)):
        with pytest.raises(InputError, match=r"nested more than 3 levels deep \(limit: depth\)") as caught:
            read(text, "x", limits=limits)
        assert (caught.value.line, caught.value.column) == (1, column)


def test_values_are_counted_with_those_that_aliases_add() -> None:
    limits = Limits(nodes=6)
    for text in ("[1, 2, 3, 4, 5]", "a: &x [1]\nb: *x\n", "[1, [2], [], 3]"):
        read(text, "x", limits=limits)
        read(text, "x", "yaml", limits=limits)
    for text in ("[1, 2, 3, 4, 5, 6]", "a: &x [1, 2]\nb: *x\n", "[1, [2], [], 3, 4]"):
        with pytest.raises(InputError, match=r"more than 6 values \(limit: nodes\)"):
            read(text, "x", limits=limits)


def test_an_alias_of_an_alias_counts_in_full() -> None:
    text = "a: &a [1, 2]\nb: &b [*a, *a]\nc: [*b]\n"
    read(text, "x", limits=Limits(expansion=13))
    with pytest.raises(InputError, match="aliases add more than 12 values"):
        read(text, "x", limits=Limits(expansion=12))


def test_laughter_within_the_limit_shares_its_nodes() -> None:
    document = read(laughs(4), "x")
    assert isinstance(document.root, dict)
    assert document.root["a3"][0] is document.root["a3"][8] is document.root["a2"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("? " * 20_000, id="complex keys"),
        pytest.param("? [x, y]\n: z", id="complex key"),
        pytest.param("{" * 100_000, id="open braces"),
        pytest.param("".join(f"%TAG !a{i}! x\n" for i in range(100_000)) + "--- a", id="directives"),
        pytest.param("".join(f"%TAG !a{i}! x\r" for i in range(100_000)) + "--- a", id="directives on old lines"),
        pytest.param("a: " * 100_000, id="colons"),
        pytest.param('"' * 1_000_001, id="quotes"),
        pytest.param("\t" * 1_000_000, id="tabs"),
        pytest.param("[" + "," * 100_000, id="commas"),
        pytest.param('["' + '\\"' * 1_000_000 + '"', id="escaped quotes"),
        pytest.param('["' + "\\\\" * 1_000_000 + '\\ud800"]', id="backslashes"),
        pytest.param("a: 'x\n" + "b: 'c'\n" * 100_000 + "d: 'e\n", id="quotes out of step"),
        pytest.param('{"a": ' + "9" * 5_000_000 + "}", id="digits"),
    ],
)
def test_it_is_refused_with_a_place(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_all(text, "x")
    assert caught.value.line is not None
    assert caught.value.column is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "9" * 5_000_000, id="digits"),
        pytest.param("a: 1" + ":1" * 1_000_000, id="base sixty"),
        pytest.param("a: 1" + "_" * 1_000_000 + ".", id="underscores"),
        pytest.param("a:" + " " * 5_000_000 + "b", id="spaces"),
        pytest.param("#x\n" * 1_000_000 + "a: b", id="comments"),
        pytest.param("a: >\n" + "  x\n" * 100_000, id="folded"),
        pytest.param("a: x" + "\n  x" * 100_000, id="plain"),
        pytest.param('a: "' + "x\n  " * 100_000 + '"', id="quoted"),
        pytest.param('a: "' + "\\n" * 100_000 + '"', id="escapes"),
        pytest.param('a: "' + " " * 3_000_000 + '"', id="blanks"),
        pytest.param("a: 1\n" * 40_000, id="one key"),
        pytest.param("".join(f"k{i}: 1\n" for i in range(20_000)) * 2 + "a: 1", id="keys twice"),
        pytest.param("{" + ",".join('"a": 1' for _ in range(100_000)) + "}", id="one JSON key"),
        pytest.param("a: &a0 {}\n" + "".join(f"k{i}: &a{i} x\n" for i in range(100_000)), id="anchors"),
    ],
)
def test_it_is_read_and_every_question_about_it_answered(text: str) -> None:
    document = read(text, "x")
    assert isinstance(document.root, dict)
    assert "a" in document.root
    document.span(("a",))
    document.content_line(("a",), 1)
    assert len(document.duplicates) <= 1000
