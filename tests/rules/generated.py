"""Expressions and things to ask them about, made up by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pipecheck.model.settings import Settings
from pipecheck.values import Known
from tests.rules.things import ROOT, Crate, Label, Part, absent, crate, items, known, part

WORDS = ["", "a", "b", "ab", "ba", "a/b", "alias/a", ":a", "é"]
NUMBERS = [-1, 0, 1, 2, 3]
KEYS = ["Colour", "Size"]
PATTERNS = ["a", "^a", "a$", "b?a", "[ab]+", "^$", "(a|:)b*", r"\Aa\z", "(?i)A", "a{2}", r"\w\W"]

words = st.sampled_from(WORDS)
numbers = st.sampled_from(NUMBERS)


def quoted(word: str) -> st.SearchStrategy[str]:
    """Literals of one text, in the ways that CEL has."""
    coded = "".join(f"\\u{ord(c):04x}" for c in word)
    return st.sampled_from([f'"{word}"', f"'{word}'", f'r"{word}"', f"'''{word}'''", f'"{coded}"'])


text_literals = words.flatmap(quoted)
number_literals = numbers.map(str)
Expressions = st.SearchStrategy[str]


def texts(depth: int, scope: tuple[str, ...] = ()) -> Expressions:
    """Expressions that give a text. `scope` are the variables that macros have bound, with their kinds."""
    found = [
        text_literals,
        st.sampled_from(["crate.name", "crate.label.text", "crate.settings.Colour", 'crate.settings["Size"]']),
        *(st.just(name) for name in scope if name.startswith("t")),
        *(st.sampled_from([f"{name}.name", f"{name}.label.text"]) for name in scope if name.startswith("p")),
    ]
    if depth:
        found.append(st.builds("({} + {})".format, texts(depth - 1, scope), texts(depth - 1, scope)))
        found.append(
            st.builds(
                "({} ? {} : {})".format, truths(depth - 1, scope), texts(depth - 1, scope), texts(depth - 1, scope)
            )
        )
        found.append(st.builds("{}[{}]".format, text_lists(depth - 1, scope), st.sampled_from(["0", "1"])))
    return st.one_of(found)


def whole_numbers(depth: int, scope: tuple[str, ...] = ()) -> Expressions:
    """Expressions that give a whole number."""
    found = [
        number_literals,
        st.just("crate.weight"),
        *(st.just(f"{name}.weight") for name in scope if name.startswith("p")),
    ]
    if depth:
        found.append(st.builds("size({})".format, text_lists(depth - 1, scope)))
        found.append(st.builds("size({})".format, part_lists(depth - 1, scope)))
        found.append(st.builds("{}.size()".format, texts(depth - 1, scope)))
        found.append(st.builds("({} + {})".format, whole_numbers(depth - 1, scope), whole_numbers(depth - 1, scope)))
    return st.one_of(found)


def text_lists(depth: int, scope: tuple[str, ...] = ()) -> Expressions:
    """Expressions that give a list of texts."""
    found = [
        st.just("crate.marks"),
        st.lists(text_literals, min_size=1, max_size=3).map(lambda made: f"[{', '.join(made)}]"),
        *(st.just(f"{name}.tags") for name in scope if name.startswith("p")),
    ]
    if depth:
        inner = fresh("t", scope)
        found.append(
            st.builds(
                f"{{}}.filter({inner}, {{}})".format, text_lists(depth - 1, scope), truths(depth - 1, (*scope, inner))
            )
        )
        found.append(
            st.builds(
                f"{{}}.map({inner}, {{}})".format, text_lists(depth - 1, scope), texts(depth - 1, (*scope, inner))
            )
        )
        item = fresh("p", scope)
        found.append(
            st.builds(
                f"{{}}.map({item}, {{}})".format, part_lists(depth - 1, scope), texts(depth - 1, (*scope, item))
            )
        )
        found.append(st.builds("({} + {})".format, text_lists(depth - 1, scope), text_lists(depth - 1, scope)))
    return st.one_of(found)


def part_lists(depth: int, scope: tuple[str, ...] = ()) -> Expressions:
    """Expressions that give a list of parts."""
    if not depth:
        return st.just("crate.parts")
    inner = fresh("p", scope)
    filtered = st.builds(
        f"{{}}.filter({inner}, {{}})".format, part_lists(depth - 1, scope), truths(depth - 1, (*scope, inner))
    )
    return st.just("crate.parts") | filtered


def fresh(kind: str, scope: tuple[str, ...]) -> str:
    return f"{kind}{len(scope)}"


def presences(scope: tuple[str, ...]) -> Expressions:
    paths = ["crate.name", "crate.weight", "crate.label", "crate.label.text", "crate.settings.Size"]
    paths += [f"{name}.{field}" for name in scope if name.startswith("p") for field in ("name", "label.text")]
    return st.sampled_from(paths).map("has({})".format)


def truths(depth: int, scope: tuple[str, ...] = ()) -> Expressions:
    """Expressions that are true or false."""
    simple: list[Expressions] = [
        st.sampled_from(["true", "false", "crate.sealed"]),
        presences(scope),
        st.sampled_from([f'("{key}" in crate.settings)' for key in KEYS]),
        *(st.just(f"{name}.fragile") for name in scope if name.startswith("p")),
    ]
    if not depth:
        return st.one_of(simple)
    less = depth - 1
    text, number, truth = texts(less, scope), whole_numbers(less, scope), truths(less, scope)
    equals = st.sampled_from(["==", "!="])
    orders = st.sampled_from(["<", "<=", ">", ">="])
    methods = st.sampled_from(["startsWith", "endsWith", "contains"])
    macros = st.sampled_from(["all", "exists", "exists_one"])
    word, item = fresh("t", scope), fresh("p", scope)
    return st.one_of(
        *simple,
        st.builds("({} {} {})".format, text, equals, text),
        st.builds("({} {} {})".format, number, equals, number),
        st.builds("({} {} {})".format, text, orders, text),
        st.builds("({} {} {})".format, number, orders, number),
        st.builds("(({}) {} ({}))".format, truth, equals, truth),
        st.builds("{}.{}({})".format, text, methods, text),
        st.builds('{}.matches(r"{}")'.format, text, st.sampled_from(PATTERNS)),
        st.builds("({} in {})".format, text, text_lists(less, scope)),
        st.builds("!({})".format, truth),
        st.builds("({} && {})".format, truth, truth),
        st.builds("({} || {})".format, truth, truth),
        st.builds("({} ? {} : {})".format, truth, truth, truth),
        st.builds(f"{{}}.{{}}({word}, {{}})".format, text_lists(less, scope), macros, truths(less, (*scope, word))),
        st.builds(f"{{}}.{{}}({item}, {{}})".format, part_lists(less, scope), macros, truths(less, (*scope, item))),
    )


@st.composite
def crates(draw: st.DrawFn, *, whole: bool = False) -> Crate:
    """Crates of which everything is known. `whole`: nothing is absent either."""

    def maybe(values: st.SearchStrategy[Any], *route: str | int) -> Any:
        written = whole or draw(st.booleans())
        return known(draw(values), *route) if written else absent(*route)

    def label(*route: str | int) -> Any:
        made = st.builds(lambda text: Label(text, ROOT.child(*route)), st.just(maybe(words, *route, "text")))
        return maybe(made, *route)

    def piece(index: int) -> Part:
        route = ("parts", index)
        return part(
            index,
            name=maybe(words, *route, "name"),
            weight=maybe(numbers, *route, "weight"),
            fragile=maybe(st.booleans(), *route, "fragile"),
            label=label(*route, "label"),
            tags=texts_of(*route, "tags"),
        )

    def texts_of(*route: str | int) -> Any:
        drawn = draw(st.lists(words, max_size=3))
        return items([known(word, *route, index) for index, word in enumerate(drawn)], *route)

    chosen = KEYS if whole else [key for key in KEYS if draw(st.booleans())]
    settings = {key: known(draw(words), "settings", key) for key in chosen}
    return crate(
        name=maybe(words, "name"),
        weight=maybe(numbers, "weight"),
        sealed=maybe(st.booleans(), "sealed"),
        label=label("label"),
        parts=items([piece(index) for index in range(draw(st.integers(0, 2)))], "parts"),
        marks=texts_of("marks"),
        settings=Settings(settings, ROOT.child("settings")),
    )


def plain(subject: Crate) -> dict[str, Any]:
    """The crate as CEL sees it elsewhere: maps without the keys of what is absent."""
    return {
        **_written(name=subject.name, weight=subject.weight, sealed=subject.sealed, label=subject.label),
        "parts": [_plain_part(member.value) for member in subject.parts.members],
        "marks": [_value(member.value) for member in subject.marks.members],
        "settings": _written(**subject.settings.entries),
    }


def _plain_part(piece: Part) -> dict[str, Any]:
    written = _written(name=piece.name, weight=piece.weight, fragile=piece.fragile, label=piece.label)
    return {**written, "tags": [_value(member.value) for member in piece.tags.members]}


def _written(**fields: Any) -> dict[str, Any]:
    return {name: _value(value) for name, value in fields.items() if isinstance(value, Known)}


def _value(value: Any) -> Any:
    return _written(text=value.value.text) if isinstance(value.value, Label) else value.value
