"""Questions about partly known texts never contradict what the text turns out to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipecheck.values import Absent, Known, Place, Reason, Truth, Unknown, Value
from pipecheck.values import text as texts

HERE = Place("t.yaml", ())
ALPHABET = "ab:/-"
Question: TypeAlias = Callable[[Value[str], str], Truth]


def hole(*, token: bool = False, spelling: str = "") -> Unknown:
    return Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "a hole", HERE, token=token, spelling=spelling)


def partly(*pieces: str | Unknown) -> Unknown:
    return Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "parts of it", HERE, pieces=pieces)


QUESTIONS = [
    (texts.equals, lambda whole, part: whole == part),
    (texts.starts_with, lambda whole, part: whole.startswith(part)),
    (texts.ends_with, lambda whole, part: whole.endswith(part)),
    (texts.contains, lambda whole, part: part in whole),
]


@st.composite
def filled_texts(draw: st.DrawFn) -> tuple[Unknown, str]:
    """A text with holes, and one text that it can be."""
    pieces: list[str | Unknown] = []
    whole = ""
    for kind in draw(st.lists(st.sampled_from(["literal", "token", "anything"]), min_size=1, max_size=5)):
        if kind == "literal":
            filling = draw(st.text(ALPHABET, min_size=1, max_size=3))
            pieces.append(filling)
        else:
            filling = draw(st.text("ab-" if kind == "token" else ALPHABET, max_size=3))
            pieces.append(hole(token=kind == "token"))
        whole += filling
    return partly(*pieces), whole


@pytest.mark.parametrize(("ask", "really"), QUESTIONS)
@given(filled=filled_texts(), part=st.text(ALPHABET, max_size=4))
def test_a_definite_answer_holds_for_every_filling(
    ask: Question, really: Callable[[str, str], bool], filled: tuple[Unknown, str], part: str
) -> None:
    unknown, whole = filled
    answer = ask(unknown, part)
    if answer is not Truth.UNKNOWN:
        assert (answer is Truth.TRUE) == really(whole, part)


@pytest.mark.parametrize(
    ("ask", "value", "part", "answer"),
    [
        (texts.starts_with, partly("arn:aws:s3:::", hole()), "arn:", Truth.TRUE),
        (texts.starts_with, partly("arn:", hole()), "alias/", Truth.FALSE),
        (texts.starts_with, partly(hole(token=True), ":key"), "alias/aws/", Truth.FALSE),
        (texts.starts_with, partly(hole(), ":key"), "alias/aws/", Truth.UNKNOWN),
        (texts.ends_with, partly(hole(), "/*"), "/*", Truth.TRUE),
        (texts.contains, partly("a", hole(token=True), ":alias/mine"), ":alias/aws/", Truth.FALSE),
        (texts.contains, partly("a", hole(), ":alias/mine"), ":alias/aws/", Truth.UNKNOWN),
        (texts.equals, partly("arn:aws:s3:::", hole()), "*", Truth.FALSE),
        (texts.equals, hole(token=True), "*", Truth.UNKNOWN),
        (texts.equals, Absent(HERE), "*", Truth.FALSE),
    ],
)
def test_known_parts_decide_where_they_can(ask: Question, value: Value[str], part: str, answer: Truth) -> None:
    assert ask(value, part) is answer


def test_every_candidate_is_asked() -> None:
    either = Unknown(Reason.CONDITION_UNDECIDED, "c", HERE, (Known("alias/aws/s3", HERE), Known("alias/aws/x", HERE)))
    assert texts.starts_with(either, "alias/aws/") is Truth.TRUE
    assert texts.equals(either, "alias/aws/s3") is Truth.UNKNOWN
    assert texts.matches(either, "^alias/own") is Truth.FALSE


def test_a_closed_hole_is_rendered_in_every_way() -> None:
    partition = Unknown(Reason.PSEUDO_PARAMETER, "p", HERE, (Known("aws", HERE), Known("aws-cn", HERE)))
    assert set(texts.renderings(partly("arn:", partition, ":iam"))) == {"arn:aws:iam", "arn:aws-cn:iam"}
    assert texts.matches(partly("arn:", partition, ":iam"), "^arn:aws(-cn)?:iam$") is Truth.TRUE
    assert texts.renderings(partly("arn:", hole())) == ()


def test_a_bad_pattern_is_an_error_of_the_rule() -> None:
    with pytest.raises(re.error):
        texts.matches(Known("a", HERE), "(")


def test_spelling_names_the_unknown_parts() -> None:
    assert texts.spelled(partly(hole(spelling="AWS::StackName"), "-role")) == "${AWS::StackName}-role"
    assert texts.spelled(partly(hole(), "-role")) is None
    assert texts.spelled(Known("plain", HERE)) == "plain"


def test_for_people_the_part_of_another_template_has_its_own_name_alone() -> None:
    hole = Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "", HERE, spelling="stack.yaml!inner.yaml!Team")
    text = Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "", HERE, pieces=("go!", hole, "-role"))
    assert texts.displayed(text) == "go!${Team}-role"
    assert texts.spelled(text) == "go!${stack.yaml!inner.yaml!Team}-role"
    assert texts.displayed(Absent(HERE)) is None
