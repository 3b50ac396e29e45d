"""Where everything is known, expressions say what Google's implementation of CEL says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from pipecheck.rules.cel import ExpressionError
from pipecheck.rules.cel.parser import parse
from pipecheck.values import Truth
from tests.rules.generated import crates, plain, truths
from tests.rules.things import Crate, condition, decide

cel = pytest.importorskip("cel_expr_python.cel", reason="cel-expr-python, the oracle, has no wheel for this platform")

few = settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(
    max_examples=8_000,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate, Phase.shrink),
)


def asked_elsewhere(text: str, subject: Crate) -> bool | None:
    """What Google's implementation says; None where it stops with an error."""
    environment = cel.NewEnv(variables={"crate": cel.Type.Map(cel.Type.STRING, cel.Type.DYN)})
    answer: Any = environment.compile(text, disable_check=True).eval(data={"crate": plain(subject)})
    value = answer.value()
    return value if isinstance(value, bool) else None


def agrees(text: str, subject: Crate) -> None:
    expected = asked_elsewhere(text, subject)
    note(f"elsewhere: {expected}")
    if expected is not None:
        assert decide(text, subject) is (Truth.TRUE if expected else Truth.FALSE)


@few
@given(truths(3), crates(whole=True))
def test_it_agrees_on_what_is_known(text: str, subject: Crate) -> None:
    agrees(text, subject)


@few
@given(truths(2), crates())
def test_it_agrees_wherever_what_is_absent_is_no_error_elsewhere(text: str, subject: Crate) -> None:
    if "!=" not in text and "!" not in text:
        agrees(text, subject)


@pytest.mark.long
@many
@given(truths(3), crates(whole=True))
def test_it_agrees_on_what_is_known_many_times(text: str, subject: Crate) -> None:
    agrees(text, subject)


@few
@given(
    st.sampled_from(["", "r", "R"]),
    st.sampled_from(["'", '"', "'''", '"""']),
    st.text(alphabet="ab\"'\\nxXuU01 \n#", max_size=10),
)
def test_it_reads_the_same_literals(prefix: str, quote: str, content: str) -> None:
    text = f"{prefix}{quote}{content}{quote}"
    try:
        expected = cel.NewEnv().compile(text).eval().value()
    except RuntimeError:
        with pytest.raises(ExpressionError):
            parse(text)
    else:
        assert getattr(parse(text), "value", None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1 +",
        "a b",
        "(1",
        "[1",
        '"a',
        "1 = 1",
        "1 & 1",
        "true && ",
        "!",
        "x.1",
        "'\\d' == 'd'",
        "''''",
        "9223372036854775808 == 1",
    ],
)
def test_what_is_no_expression_elsewhere_is_none_here(text: str) -> None:
    with pytest.raises(RuntimeError):
        cel.NewEnv().compile(text)
    with pytest.raises(ExpressionError):
        condition(text)
