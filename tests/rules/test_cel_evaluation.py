"""What expressions say of values that are known, absent or unknown, and of lists that may hide some."""

import pytest

from pipecheck.model.settings import Settings
from pipecheck.values import Member, Place, Reason, Truth, Unknown
from tests.rules.things import ROOT, Label, absent, crate, decide, items, known, part, unknown

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

PINE = crate(
    name=known("pine box", "name"),
    weight=known(12, "weight"),
    sealed=known(True, "sealed"),
    label=known(Label(known("fragile", "label", "text"), ROOT.child("label")), "label"),
    marks=items([known("a"), known("b")], "marks"),
    parts=items([part(0, name=known("lid"), weight=known(2)), part(1, name=known("nail"))], "parts"),
    settings=Settings({"Colour": known("red", "settings", "Colour")}, ROOT.child("settings")),
)


@pytest.mark.parametrize(
    "text",
    [
        'crate.name == "pine box"',
        'crate.name != "oak box"',
        "crate.weight >= 12 && crate.weight < 13",
        "crate.sealed",
        "crate.sealed == true",
        "crate.label.text.size() == 7 && size(crate.marks) == 2",
        'crate.name.startsWith("pine") && crate.name.endsWith("box") && crate.name.contains("e b")',
        'crate.name.matches("^p.*x$")',
        'crate.name + "es" == "pine boxes"',
        "crate.weight + 1 == 13",
        'crate.name > "pine"',
        '"a" in crate.marks && !("c" in crate.marks)',
        'crate.settings.Colour == "red" && crate.settings["Colour"] == "red" && "Colour" in crate.settings',
        'crate.marks[1] == "b" && crate.parts[0].name == "lid"',
        'crate.parts.exists(p, p.name == "nail") && crate.parts.all(p, p.name != "")',
        'crate.parts.exists_one(p, p.name == "lid")',
        'size(crate.parts.filter(p, has(p.weight)).map(p, p.name) + ["x"]) == 2',
        'crate.parts.map(p, has(p.weight), p.name).exists(n, n == "lid")',
        'size(crate.parts.map(p, p.name == "lid")) == 2',
        "crate.parts.map(p, p.name == 'lid').exists_one(b, b)",
        '(crate.sealed ? "x" : "y") == "x"',
        "crate.sealed ? crate.weight == 12 : false",
        '[[1, 2], [3]].exists(l, 3 in l && size(l) == 1)',
        "params.strict && params.limit == 10 && params.word == 'pine' && 'oak' in params.words",
        "params.words.exists(w, crate.name.startsWith(w))",
        "crate.marks.exists(p, crate.marks.exists(q, p != q))",
        "crate.parts.exists(crate, crate.name == 'lid')",
        "!crate.parts.exists(p, is_heavy(p))",
        "size([]) == 0 && !(1 in []) && size([] + ['a']) == 1",
        "1.5 + 1.0 == 2.5",
    ],
)  # fmt: skip
def test_what_is_known_is_decided_as_in_cel(text: str) -> None:
    assert decide(text, PINE) is TRUE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('crate.name == "a"', FALSE),
        ('crate.name != "a"', TRUE),
        ("crate.weight < 3", FALSE),
        ("crate.weight >= 3", FALSE),
        ("crate.weight + 1 > 0", FALSE),
        ('crate.name.contains("a")', FALSE),
        ('crate.name.matches("")', FALSE),
        ('crate.name in ["a", "b"]', FALSE),
        ("crate.name == crate.label.text", FALSE),
        ("crate.sealed", FALSE),
        ("!crate.sealed", TRUE),
        ("has(crate.name)", FALSE),
        ("has(crate.label.text)", FALSE),
        ('crate.label.text == "a"', FALSE),
        ("has(crate.parts)", FALSE),
        ("crate.parts.all(p, false)", TRUE),
        ("crate.parts.exists(p, true)", FALSE),
        ("size(crate.parts) == 0", TRUE),
        ("has(crate.settings)", FALSE),
        ("has(crate.settings.Colour)", FALSE),
        ('"Colour" in crate.settings', FALSE),
        ('crate.marks[0] == "a"', FALSE),
        ('crate.marks[-1] == "a"', FALSE),
        ("size(crate.name) == 0", FALSE),
    ],
)
def test_what_is_absent_is_definite_and_never_an_error(text: str, expected: Truth) -> None:
    assert decide(text, crate()) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crate.weight == 7", TRUE),
        ("crate.weight != 7", FALSE),
        ("crate.weight < 8", TRUE),
        ("crate.weight + 1 == 8", TRUE),
        ("crate.weight in [7]", TRUE),
        ("crate.weight == crate.weight", TRUE),
        ("has(crate.weight)", FALSE),
        ('crate.name.startsWith("st")', TRUE),
        ('"standard".endsWith(crate.name)', TRUE),
        ("crate.name.size() == 8", TRUE),
    ],
)
def test_a_documented_default_is_compared_but_is_not_written(text: str, expected: Truth) -> None:
    assert decide(text, crate(weight=absent(default=7), name=absent(default="standard"))) is expected


HIDDEN = crate(
    name=unknown("name"),
    weight=unknown("weight"),
    sealed=unknown("sealed"),
    label=unknown("label"),
    settings=Settings({}, ROOT, unknown("settings")),
    parts=items([part(name=known("lid"))], "parts", hides=unknown("parts")),
)


@pytest.mark.parametrize(
    "text",
    [
        'crate.name == "a"',
        'crate.name != "a"',
        "crate.weight < 3",
        "!crate.sealed",
        'crate.name.contains("a")',
        'crate.name.matches("a")',
        'crate.name in ["a"]',
        "crate.name.size() > 0",
        "crate.weight + 1 == 2",
        "has(crate.label.text)",
        'crate.label.text == "a"',
        "has(crate.settings.Colour)",
        '"Colour" in crate.settings',
        "crate.parts.all(p, true)",
        "crate.parts.exists(p, false)",
        "crate.parts.exists_one(p, true)",
        "size(crate.parts) == 1",
        'crate.parts[0].name == "lid"',
        "crate.parts.filter(p, true).all(p, true)",
        'crate.sealed ? crate.weight == 1 : true',
        '(crate.sealed ? "a" : "b") == "a"',
        "crate.parts.exists(p, is_heavy(p))",
        "crate.name < crate.label.text",
    ],
)  # fmt: skip
def test_what_needs_an_unknown_value_is_unknown(text: str) -> None:
    assert decide(text, HIDDEN) is UNKNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crate.sealed && false", FALSE),
        ("false && crate.sealed", FALSE),
        ("crate.sealed || true", TRUE),
        ("crate.sealed && true", UNKNOWN),
        ("crate.sealed || false", UNKNOWN),
        ("has(crate.name)", TRUE),
        ("has(crate.label)", TRUE),
        ("crate.sealed ? true : true", TRUE),
        ('(crate.sealed ? "ab" : "ac").startsWith("a")', TRUE),
        ("(crate.sealed ? [1] : [2]).all(x, x < 3)", TRUE),
        ("(crate.sealed ? [1] : [2]).exists(x, x > 2)", FALSE),
        ("size(crate.sealed ? [1] : [1, 2]) == 9", FALSE),
        ("crate.parts.all(p, false)", FALSE),
        ('crate.parts.exists(p, p.name == "lid")', TRUE),
        ("(crate.parts + crate.parts).exists_one(p, true)", FALSE),
        ("crate.name == crate.marks[0]", FALSE),
        ("(crate.sealed ? [1] : [2]).all(x, x == 1)", UNKNOWN),
        ("(crate.sealed ? [1] : [2]).exists(x, x == 1)", UNKNOWN),
        ("(crate.sealed ? [] : crate.parts).all(p, true)", UNKNOWN),
        ("(crate.sealed ? crate.parts : []).all(p, true)", UNKNOWN),
    ],
)
def test_what_is_decided_whatever_the_unknown_is_stays_decided(text: str, expected: Truth) -> None:
    assert decide(text, HIDDEN) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('crate.name == "oak"', UNKNOWN),
        ('crate.name == "fir"', FALSE),
        ('crate.name.size() == 3', TRUE),
        ('crate.name in ["oak", "ash"]', TRUE),
        ('crate.name in params.words', UNKNOWN),
        ('crate.name + "en" == "firen"', FALSE),
        ('(crate.name + "en").endsWith("en")', TRUE),
        ('crate.name.contains("a")', TRUE),
        ('crate.name.matches("^(oak|ash)$")', TRUE),
        ('crate.name > "a"', TRUE),
        ('"oak ash".contains(crate.name)', TRUE),
        ('crate.settings[crate.name] == "x"', TRUE),
    ],
)  # fmt: skip
def test_a_value_that_is_one_of_a_few_is_asked_each(text: str, expected: Truth) -> None:
    wood = unknown("name", candidates=(known("oak"), known("ash")))
    settings = Settings({"oak": known("x"), "ash": known("x")}, ROOT)
    assert decide(text, crate(name=wood, settings=settings)) is expected


def test_a_text_of_which_a_part_is_one_of_a_few_is_each_of_the_whole_texts() -> None:
    wood = unknown("name", pieces=("red ", unknown(candidates=(known("oak"), known("ash")))))
    assert decide('crate.name in ["red oak", "red ash"]', crate(name=wood)) is TRUE
    assert decide('crate.name in ["red oak", "fir"]', crate(name=wood)) is UNKNOWN


def test_the_default_of_an_object_is_not_the_default_of_its_fields() -> None:
    assert decide('crate.label.text == "x"', crate(label=absent(default="x"))) is FALSE


def test_the_same_spelling_in_another_source_is_another_value() -> None:
    elsewhere = Unknown(Reason.NOT_SCANNED, "it is somewhere else", Place("other.yaml", ()), spelling="Account")
    subject = crate(name=unknown(spelling="Account"), marks=items([elsewhere, unknown(spelling="Account")]))
    assert decide("crate.name == crate.marks[0]", subject) is UNKNOWN
    assert decide("crate.name == crate.marks[1]", subject) is TRUE


def test_an_object_that_is_one_of_a_few_has_the_fields_of_each() -> None:
    labels = tuple(known(Label(known(text), ROOT)) for text in ("up", "under"))
    subject = crate(label=unknown(candidates=labels))
    assert decide('crate.label.text.startsWith("u") && has(crate.label.text)', subject) is TRUE
    assert decide('crate.label.text == "up"', subject) is UNKNOWN


def partly(*pieces: str | Unknown) -> Unknown:
    return unknown("name", pieces=pieces)


ACCOUNT = unknown(spelling="Account", token=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('crate.name.startsWith("key:")', TRUE),
        ('crate.name.endsWith(":own")', TRUE),
        ('crate.name.contains(":aws/")', FALSE),
        ('crate.name.startsWith("alias/")', FALSE),
        ('crate.name == "key:1:own"', UNKNOWN),
        ('crate.name == "key"', FALSE),
        ('("a " + crate.name).startsWith("a key:")', TRUE),
        ('(crate.name + "ed").endsWith(":owned")', TRUE),
        ('crate.name in ["a", "b"]', FALSE),
        ('crate.name != crate.marks[0]', TRUE),
        ('crate.name == crate.name', TRUE),
    ],
)  # fmt: skip
def test_the_known_parts_of_a_text_decide_what_they_can(text: str, expected: Truth) -> None:
    assert decide(text, crate(name=partly("key:", ACCOUNT, ":own"), marks=items([known("x")]))) is expected


def test_texts_that_may_not_even_be_written_are_never_equal_for_sure() -> None:
    perhaps = unknown(spelling="Account", written=False)
    assert decide("crate.name == crate.name", crate(name=perhaps)) is UNKNOWN
    assert decide('(crate.name + "x").endsWith("x")', crate(name=perhaps)) is UNKNOWN


GUARDED = crate(
    parts=items(
        [
            part(0, name=known("lid")),
            Member(part(1, name=known("nail")), frozenset({("Nailed", True)}), UNKNOWN),
            Member(part(2, name=known("glue")), frozenset({("Glued", True)}), FALSE),
        ],
        "parts",
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('crate.parts.exists(p, p.name == "lid")', TRUE),
        ('crate.parts.exists(p, p.name == "nail")', UNKNOWN),
        ('crate.parts.exists(p, p.name == "glue")', FALSE),
        ('crate.parts.all(p, p.name == "lid")', UNKNOWN),
        ('crate.parts.all(p, p.name != "glue")', TRUE),
        ("size(crate.parts) == 1", UNKNOWN),
        ("size(crate.parts) <= 2", TRUE),
        ("size(crate.parts) > 2", FALSE),
        ('crate.parts.exists_one(p, p.name.startsWith("l"))', TRUE),
        ("crate.parts.exists_one(p, true)", UNKNOWN),
        ('crate.parts[0].name == "lid"', TRUE),
        ('crate.parts[1].name == "nail"', UNKNOWN),
        ('crate.parts.filter(p, p.name == "nail").all(p, p.name == "x")', UNKNOWN),
        ('crate.parts.filter(p, p.name == "glue").all(p, p.name == "x")', TRUE),
        ('"nail" in crate.parts.map(p, p.name)', UNKNOWN),
        ('crate.parts.map(p, p.name).exists(n, n == "lid")', TRUE),
    ],
)
def test_members_under_conditions_count_as_far_as_their_conditions_are_decided(text: str, expected: Truth) -> None:
    assert decide(text, GUARDED) is expected


def test_a_member_that_a_filter_cannot_judge_may_be_there() -> None:
    subject = crate(parts=items([part(0, name=known("lid"), fragile=unknown("parts", 0, "fragile"))], "parts"))
    assert decide("crate.parts.filter(p, p.fragile).size() == 2", subject) is FALSE
    assert decide("crate.parts.filter(p, p.fragile).size() == 1", subject) is UNKNOWN
    assert decide("crate.parts.filter(p, p.fragile).all(p, p.name == 'lid')", subject) is TRUE


def test_the_list_of_an_unknown_object_hides_its_members() -> None:
    subject = crate(parts=items([part(0, tags=items([known("a")]))], "parts"))
    assert decide("crate.parts[0].tags.exists(t, t == 'a')", subject) is TRUE
    assert decide("crate.parts[1].tags.all(t, false)", subject) is TRUE
    opened = crate(parts=items([], "parts", hides=unknown("parts")))
    assert decide("crate.parts[0].tags.all(t, t == 'a')", opened) is UNKNOWN
    assert decide("has(crate.parts[0].tags)", opened) is UNKNOWN
