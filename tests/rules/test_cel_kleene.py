"""Seeing less never turns a definite answer into the other one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from pipecheck.model.settings import Settings
from pipecheck.values import Absent, Items, Known, Truth
from tests.rules.generated import crates, truths
from tests.rules.things import Crate, Label, Part, bindings, condition, unknown

few = settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(
    max_examples=3_000,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate, Phase.shrink),
)


def less_known(value: Any) -> Iterator[Any]:
    """Ways to see less of a value: not at all, as one of several, in part, or perhaps not even written."""
    yield unknown(*value.place.route, written=False)
    yield unknown(*value.place.route, candidates=(unknown(), value))
    yield unknown(*value.place.route, candidates=(value, Absent(value.place)))
    if isinstance(value, Known):
        yield unknown(*value.place.route)
        yield unknown(*value.place.route, candidates=(value, replace(value, value=_other(value.value))))
    if isinstance(value, Known) and isinstance(value.value, str):
        text = value.value
        hidden = unknown(*value.place.route, spelling="X")
        yield unknown(*value.place.route, pieces=(text[:1], hidden) if text else (hidden,))
        yield unknown(*value.place.route, pieces=(hidden, text[-1:]) if text else (hidden,))
        if text.isalpha():
            yield replace(hidden, token=True)


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value + "a"
        case _:
            return value


def blurred(thing: Any) -> Iterator[Any]:
    """The thing with one value less known, one list opened, or one member perhaps not there."""
    match thing:
        case Known(value):
            yield from less_known(thing)
            yield from (replace(thing, value=seen) for seen in blurred(value))
        case Absent():
            yield from less_known(thing)
        case Items():
            yield from _blurred_list(thing)
        case dict():
            for name, value in thing.items():
                yield from ({**thing, name: seen} for seen in blurred(value))
        case Settings(entries=entries, place=place):
            yield replace(thing, open=unknown(*place.route))
            yield from (replace(thing, entries=seen) for seen in blurred(entries))
        case Crate() | Part() | Label():
            for field in fields(thing):
                yield from (replace(thing, **{field.name: seen}) for seen in blurred(getattr(thing, field.name)))
        case _:
            return


def _blurred_list(items: Items[Any]) -> Iterator[Items[Any]]:
    hides = unknown(*items.place.route)
    yield replace(items, open=hides)
    for index, member in enumerate(items.members):
        before, after = items.members[:index], items.members[index + 1 :]
        yield replace(items, members=(*before, replace(member, present=Truth.UNKNOWN), *after))
        yield replace(items, members=(*before, *after), open=hides)
        for seen in blurred(member.value):
            yield replace(items, members=(*before, replace(member, value=seen), *after))


def holds_its_ground(text: str, subject: Crate) -> None:
    asked = condition(text)
    whole = asked.decide(bindings(subject))
    for seen in blurred(subject):
        answer = asked.decide(bindings(seen))
        if answer is not whole and answer is not Truth.UNKNOWN:
            note(f"seen: {seen}")
            raise AssertionError(f"{text} is {whole}, but {answer} where less is seen")
        decision = asked.explain(bindings(seen))
        assert decision.truth is answer
        if answer is Truth.UNKNOWN:
            assert decision.cause is not None or _only_presence(seen), f"no cause: {seen}"


def _only_presence(thing: Any) -> bool:
    """Whether nothing but the presence of a member without a named condition is open."""
    return "present=<Truth.UNKNOWN" in repr(thing) and "Unknown(" not in repr(thing)


@few
@given(truths(2), crates())
def test_seeing_less_never_flips_an_answer(text: str, subject: Crate) -> None:
    holds_its_ground(text, subject)


@pytest.mark.long
@many
@given(truths(3), crates())
def test_seeing_less_never_flips_an_answer_many_times(text: str, subject: Crate) -> None:
    holds_its_ground(text, subject)


@few
@given(truths(2), truths(2), crates(), st.data())
def test_de_morgan(left: str, right: str, subject: Crate, data: st.DataObject) -> None:
    seen = data.draw(st.sampled_from(list(blurred(subject))))
    for one, other in (("&&", "||"), ("||", "&&")):
        joined = condition(f"!({left} {one} {right})").decide(bindings(seen))
        apart = condition(f"!({left}) {other} !({right})").decide(bindings(seen))
        assert joined is apart


@few
@given(truths(2, ("p9",)), crates(), st.data())
def test_all_is_not_any_not(body: str, subject: Crate, data: st.DataObject) -> None:
    seen = data.draw(st.sampled_from(list(blurred(subject))))
    every = condition(f"crate.parts.all(p9, {body})").decide(bindings(seen))
    none = condition(f"!crate.parts.exists(p9, !({body}))").decide(bindings(seen))
    assert every is none
