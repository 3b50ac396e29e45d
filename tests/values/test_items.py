"""Collections that are open or conditional never give more than they know."""

from __future__ import annotations

from pipecheck.values import Items, Member, Place, Reason, Truth, Unknown, every, some, truth

HERE = Place("t.yaml", ())
MORE = Unknown(Reason.NOT_SCANNED, "there may be more", HERE)


def of(*numbers: int, open: bool = False) -> Items[int]:
    return Items(tuple(Member(number) for number in numbers), HERE, MORE if open else None)


def positive(number: int) -> Truth:
    return truth(number > 0)


def test_an_open_collection_is_never_certain_of_all_or_of_none() -> None:
    assert every(of(1, 2), positive) is Truth.TRUE
    assert every(of(1, 2, open=True), positive) is Truth.UNKNOWN
    assert every(of(1, -2, open=True), positive) is Truth.FALSE
    assert some(of(-1), positive) is Truth.FALSE
    assert some(of(-1, open=True), positive) is Truth.UNKNOWN
    assert some(of(1, open=True), positive) is Truth.TRUE


def test_a_member_that_may_be_missing_leaves_it_open() -> None:
    maybe = Items((Member(1, frozenset({("IsProd", True)}), Truth.UNKNOWN),), HERE)
    assert some(maybe, positive) is Truth.UNKNOWN
    assert every(maybe, positive) is Truth.TRUE
    assert every(maybe, lambda n: ~positive(n)) is Truth.UNKNOWN


def test_a_member_that_is_not_there_does_not_count() -> None:
    gone = Items((Member(-1, frozenset({("IsProd", True)}), Truth.FALSE),), HERE)
    assert every(gone, positive) is Truth.TRUE
    assert some(gone, lambda n: ~positive(n)) is Truth.FALSE
