"""Whatever is written, an expression, a message or a rule file is either read or refused with a place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipecheck.errors import RuleFileError
from pipecheck.rules.cel import ExpressionError, compile_condition, compile_path, compile_template
from pipecheck.rules.file import read_rule
from tests.rules.generated import truths
from tests.rules.test_file import SOURCE, TEXT
from tests.rules.things import SCOPE

few = settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = [
    "crate", "params", "x", ".", "name", "parts", "all", "exists", "map", "has", "size", "(", ")", "[", "]", "{", "}",
    ",", "?", ":", "|", "||", "&&", "!", "==", "<", "in", "+", "-", "1", "1.5", "0x", "'a'", "r'", '"""', "\\",
    "true", "null", " ", "\n", "//", "é", "\U0001f600", "\x00", "\ud800",
]  # fmt: skip
scrambled = st.lists(st.sampled_from(WORDS), max_size=25).map("".join) | st.text(max_size=30)


@st.composite
def damaged(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text that was right, cut off or with a piece of it replaced."""
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)))
    return draw(st.sampled_from([text[:start], text[start:], text[:start] + draw(scrambled) + text[end:]]))


def refusal(compiled: Callable[[], object]) -> ExpressionError | None:
    try:
        compiled()
    except ExpressionError as error:
        return error
    return None


def reads_or_refuses(text: str) -> None:
    compilers: list[Callable[[], object]] = [
        lambda: compile_condition(text, SCOPE),
        lambda: compile_path(text, SCOPE),
        lambda: compile_template(text, SCOPE),
        lambda: compile_template("{" + text + "}", SCOPE),
    ]
    for compiled in compilers:
        error = refusal(compiled)
        assert error is None or 1 <= error.column <= len(text) + 3


@few
@given(scrambled | damaged(truths(3)))
@example("crate.name.matches('" + "(" * 200 + "')")
@example("[" * 5000)
@example("!" * 5000 + "true")
@example("crate" + "[0]" * 5000)
def test_expressions(text: str) -> None:
    reads_or_refuses(text)


@pytest.mark.long
@many
@given(scrambled | damaged(truths(3)))
def test_expressions_many_times(text: str) -> None:
    reads_or_refuses(text)


def file_refusal(text: str) -> RuleFileError | None:
    try:
        read_rule(text, SOURCE)
    except RuleFileError as error:
        return error
    return None


def reads_or_refuses_file(text: str) -> None:
    error = file_refusal(text)
    if error is not None:
        assert (error.source, error.line is None, error.column is None) == (SOURCE, False, False)
        assert 1 <= (error.line or 0) <= text.count("\n") + text.count("\r") + 2


@few
@given(damaged(st.just(TEXT)))
def test_rule_files(text: str) -> None:
    reads_or_refuses_file(text)


@pytest.mark.long
@many
@given(damaged(st.just(TEXT)))
def test_rule_files_many_times(text: str) -> None:
    reads_or_refuses_file(text)
