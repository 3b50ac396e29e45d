"""Random trees in random spellings: what is read is what was written, and every place is exact."""

import itertools
import json
import re
import sys
from collections.abc import Iterator
from typing import Literal

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document, Tagged
from pipecheck.syntax.read import read, read_all
from pipecheck.values.place import Route, Span
from tests.syntax.reference import comparable, reference_tree
from tests.syntax.rendering import (
    JSON_BREAKS,
    YAML_BREAKS,
    Rendered,
    json_documents,
    span_at,
    yaml_documents,
)

few = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
many = settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))


def text_at(document: Document, span: Span) -> str:
    """The text of a span, its line breaks as line feeds."""
    lines = document.lines(span.line, span.end_line)
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def check_places(rendered: Rendered, document: Document, breaks: tuple[str, ...]) -> None:
    for route, (start, end) in rendered.scalars.items():
        assert document.span(route) == span_at(rendered.text, start, end, breaks), route
        token = rendered.text[start:end].replace("\r\n", "\n").replace("\r", "\n")
        assert text_at(document, document.span(route)) == token
    for route, (start, end) in rendered.keys.items():
        assert document.key_span(route) == span_at(rendered.text, start, end, breaks), route


def check_yaml(rendered: Rendered) -> None:
    document = read(rendered.text, "x.yaml", "yaml")
    assert comparable(document.root) == comparable(rendered.tree)
    assert comparable(document.root) == reference_tree(rendered.text)
    check_places(rendered, document, YAML_BREAKS)


def scalar_at(tree: object, route: Route) -> object:
    for step in route:
        tree = tree.value if isinstance(tree, Tagged) else tree
        assert isinstance(tree, dict | list)
        tree = tree[step]  # type: ignore[index]
    return tree.value if isinstance(tree, Tagged) else tree


def check_value_lines(rendered: Rendered) -> None:
    document = read(rendered.text, "x.yaml", "yaml")
    for route, (start, end) in rendered.scalars.items():
        value = scalar_at(document.root, route)
        token = re.sub(r"^(?:![^ ]* +)?(?:!!str )?", "", rendered.text[start:end])
        if not isinstance(value, str) or token.startswith("*"):
            continue
        lines = value.split("\n")
        if token[:1] in {"|", ">"} and not lines[-1]:
            assert document.content_line(route, len(lines) - 1) is None
            lines.pop()
        for index, line in enumerate(lines):
            span = document.content_line(route, index)
            assert span is not None, (route, line)
            assert as_value(token, text_at(document, span)) == line
        assert document.content_line(route, len(lines)) is None


def as_value(token: str, source: str) -> object:
    """What one line of a scalar's value says, from its source lines in the scalar's own style."""
    if token.startswith('"'):
        return yaml.safe_load(f'"{source}"')
    folded = re.sub("\n *", " ", source)
    return folded.replace("''", "'") if token.startswith("'") else folded


@given(yaml_documents)
@few
def test_every_yaml_scalar_and_key_has_its_exact_place(rendered: Rendered) -> None:
    check_yaml(rendered)


@pytest.mark.long
@given(yaml_documents)
@many
def test_every_yaml_scalar_and_key_has_its_exact_place_in_many_texts(rendered: Rendered) -> None:
    check_yaml(rendered)


@given(yaml_documents)
@few
def test_every_line_of_a_yaml_text_value_has_its_exact_place(rendered: Rendered) -> None:
    check_value_lines(rendered)


@pytest.mark.long
@given(yaml_documents)
@many
def test_every_line_of_a_yaml_text_value_has_its_exact_place_in_many_texts(rendered: Rendered) -> None:
    check_value_lines(rendered)


def check_json(rendered: Rendered) -> None:
    document = read(rendered.text, "x.json", "json")
    assert document.root == json.loads(rendered.text) == rendered.tree
    assert not document.duplicates
    check_places(rendered, document, JSON_BREAKS)
    for route in rendered.scalars:
        value = scalar_at(document.root, route)
        for index, line in enumerate(value.split("\n") if isinstance(value, str) else ()):
            span = document.content_line(route, index)
            assert span is not None
            assert json.loads(f'"{text_at(document, span)}"') == line


@given(json_documents)
@few
def test_every_json_scalar_and_key_has_its_exact_place(rendered: Rendered) -> None:
    check_json(rendered)


@pytest.mark.long
@given(json_documents)
@many
def test_every_json_scalar_and_key_has_its_exact_place_in_many_texts(rendered: Rendered) -> None:
    check_json(rendered)


@given(yaml_documents)
@few
def test_the_parser_in_python_gives_the_same_places(rendered: Rendered) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "yaml._yaml", None)
        document = read(rendered.text, "x.yaml", "yaml")
    assert comparable(document.root) == comparable(rendered.tree)
    check_places(rendered, document, YAML_BREAKS)


MARKUP = "{}[],:-?#&*!|>'\"%@` \t\n\r\x85\u2028\\<ab1~\ufeff\x00\x7f\U0001f600"
mutations = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 5),
        st.one_of(
            st.text(MARKUP, max_size=3), st.sampled_from(("---\n", "...\n", "<<: *a", "? ", "%TAG ! x\n", "\\ud83d"))
        ),
    ),
    min_size=1,
    max_size=6,
)


def mutated(text: str, changes: list[tuple[float, int, str]]) -> str:
    for place, removed, added in changes:
        offset = int(place * (len(text) + 1))
        text = text[:offset] + added + text[offset + removed :]
    return text


def routes(tree: object, route: Route = ()) -> Iterator[Route]:
    yield route
    tree = tree.value if isinstance(tree, Tagged) else tree
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from routes(value, (*route, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from routes(value, (*route, index))


def outcome(text: str | bytes, format: Literal["yaml", "json"] | None) -> tuple[Document, ...] | InputError:
    try:
        return read_all(text, "x", format)
    except InputError as error:
        return error


def check_hostile(text: str | bytes, format: Literal["yaml", "json"] | None) -> None:
    """It reads, with places inside the text, or is refused; nothing else happens."""
    documents = outcome(text, format)
    if isinstance(documents, InputError):
        assert documents.source == "x"
        assert min(documents.line or 1, documents.column or 1) >= 1
        return
    for document in documents:
        count = len(document.lines(1, 10**9))
        for route in itertools.islice(routes(document.root), 200):
            for span in (document.span(route), document.key_span(route)):
                assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
                assert span.end_line <= count
                assert span.column <= len(document.lines(span.line, span.line)[0]) + 1
                assert span.end_column <= len(document.lines(span.end_line, span.end_line)[0]) + 1
            document.content_line(route, 0)
        assert all((d.first.line, d.first.column) < (d.second.line, d.second.column) for d in document.duplicates)


def check_mutated(text: str) -> None:
    check_hostile(text, "yaml")
    check_hostile(text, None)
    try:
        expected = reference_tree(text)
        document = read(text, "x", "yaml")
    except (yaml.YAMLError, InputError, TypeError, ValueError, RecursionError):
        return
    assert comparable(document.root) == expected


@given(st.one_of(yaml_documents, json_documents), mutations)
@few
def test_a_broken_text_is_read_as_pyyaml_reads_it_or_refused(
    rendered: Rendered, changes: list[tuple[float, int, str]]
) -> None:
    check_mutated(mutated(rendered.text, changes))


@pytest.mark.long
@given(st.one_of(yaml_documents, json_documents), mutations)
@many
def test_many_broken_texts_are_read_as_pyyaml_reads_them_or_refused(
    rendered: Rendered, changes: list[tuple[float, int, str]]
) -> None:
    check_mutated(mutated(rendered.text, changes))


@given(st.binary(max_size=60), st.sampled_from((None, "yaml", "json")))
@few
def test_random_bytes_are_read_or_refused(data: bytes, format: Literal["yaml", "json"] | None) -> None:
    check_hostile(data, format)


@pytest.mark.long
@given(st.one_of(st.binary(max_size=60), st.text(MARKUP, max_size=40)), st.sampled_from((None, "yaml", "json")))
@many
def test_many_random_texts_are_read_or_refused(data: str | bytes, format: Literal["yaml", "json"] | None) -> None:
    check_hostile(data, format)
