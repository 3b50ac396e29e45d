"""Messages: what stands in the gaps."""

import pytest

from pipecheck.rules.cel import ExpressionError, compile_template
from tests.rules.things import SCOPE, Crate, absent, bindings, crate, items, known, unknown


def fill(text: str, subject: Crate) -> str:
    return compile_template(text, SCOPE).fill(bindings(subject))


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("crate {crate.name} weighs {crate.weight}", "crate pine weighs 12"),
        ("{crate.name}", "pine"),
        ("a {{brace}} {crate.name}", "a {brace} pine"),
        ("{crate.sealed} {crate.weight > 3}", "true true"),
        ("{crate.marks}", "a, b"),
        ("{crate.label.text}", "nothing"),
        ("{crate.label.text|'no \"label\"'}!", 'no "label"!'),
        ("{crate.name|'none'}", "pine"),
        ('{"}" + crate.name + "|"}', "}pine|"),
        ("{crate.weight > 3 || false}", "true"),
        ("{params.words}", "pine, oak"),
        ("{ crate.name == 'pine' ? 'soft' : 'hard' } wood", "soft wood"),
        ("no gaps at all", "no gaps at all"),
    ],
)
def test_a_gap_shows_the_value_of_its_expression(template: str, message: str) -> None:
    subject = crate(
        name=known("pine"), weight=known(12), sealed=known(True), marks=items([known("a"), known("b")], "marks")
    )
    assert fill(template, subject) == message


def test_what_is_absent_shows_its_documented_default() -> None:
    assert fill("{crate.weight}", crate(weight=absent(default=7))) == "7"
    assert fill("{crate.weight|'none'}", crate(weight=absent(default=7))) == "none"


def test_what_is_unknown_is_shown_as_it_is_written() -> None:
    account = unknown(spelling="Account")
    assert fill("{crate.name}", crate(name=account)) == "${Account}"
    assert fill("{crate.name|'none'}", crate(name=account)) == "${Account}"
    assert fill("{crate.name}", crate(name=unknown(pieces=("key:", account, ":", unknown())))) == "key:${Account}:…"
    assert fill("{crate.name}", crate(name=unknown())) == "an unknown value"
    assert fill("{crate.name}", crate(name=unknown(candidates=(known("oak"), known("ash"))))) == "oak or ash"
    assert fill("{crate.marks}", crate(marks=items([known("a")], hides=unknown()))) == "a, …"


def test_a_value_cannot_disguise_itself() -> None:
    name = known("a\nb\x1b[31mc\u202ed\u2066\x00e\u00a0f")
    assert fill("[{crate.name}]", crate(name=name)) == "[a b[31mcde f]"


def test_a_long_value_is_cut() -> None:
    shown = fill("{crate.name}", crate(name=known("x" * 500)))
    assert shown == "x" * 79 + "…"
    assert fill("{crate.name}", crate(name=known("x" * 80))) == "x" * 80


@pytest.mark.parametrize(
    ("template", "column", "said"),
    [
        ("crate {crate.nam}", 14, "no field nam"),
        ("crate {crate.name", 18, "expected '}' or '|', found the end"),
        ("crate {}", 8, "expected a value"),
        ("crate }", 7, "this brace is not opened"),
        ("{crate.name|none}", 13, "the text to show"),
        ("{crate.name|'a' 'b'}", 17, "expected '}' or '|'"),
        ("{crate.label}", 8, "a message shows texts and numbers, not a Label"),
        ("{crate.parts}", 8, "a message shows texts, numbers and lists of them"),
    ],
)
def test_a_mistake_is_named_at_its_column_in_the_message(template: str, column: int, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_template(template, SCOPE)
    assert said in caught.value.message
    assert caught.value.column == column


def test_what_follows_a_gap_is_no_expression() -> None:
    assert fill('{crate.name}\'s "lid" & §', crate(name=known("Ann"))) == 'Ann\'s "lid" & §'
