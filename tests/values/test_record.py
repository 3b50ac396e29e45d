from __future__ import annotations

import pickle
from dataclasses import MISSING, FrozenInstanceError, field, fields, is_dataclass, replace

import pytest

from pipecheck.values.record import record


@record
class Shelf:
    name: str
    books: tuple[str, ...] = ()
    seen: dict[str, int] = field(default_factory=dict, init=False)


@record
class Crate:
    label: str
    weight: int = 3


def test_a_field_outside_of_init_starts_anew_in_every_instance() -> None:
    shelf = Shelf("top")
    shelf.seen["dust"] = 1
    assert replace(shelf, name="bottom").seen == {}
    assert Shelf("top") == shelf
    assert hash(Shelf("top")) == hash(shelf)


def test_a_record_survives_pickling_without_what_it_worked_out() -> None:
    shelf = Shelf("top", ("a", "b"))
    shelf.seen["dust"] = 1
    restored = pickle.loads(pickle.dumps(shelf))  # noqa: S301 - our own bytes
    assert restored == shelf
    assert restored.seen == {}


def test_it_is_a_dataclass_to_everybody_who_asks() -> None:
    assert [(one.name, one.default) for one in fields(Crate)] == [("label", MISSING), ("weight", 3)]
    assert is_dataclass(Crate)


def test_it_can_be_copied_shown_and_matched() -> None:
    assert replace(Crate("a"), weight=4) == Crate("a", 4)
    assert repr(Crate("a")) == "Crate(label='a', weight=3)"
    match Crate("a"):
        case Crate(label, weight):
            assert (label, weight) == ("a", 3)


def test_its_fields_may_be_asked_for_before_there_is_an_instance() -> None:
    @record
    class Box:
        width: int
        depth: int = 1

    assert len(fields(Box)) == 2
    assert Box(2).depth == 1


def test_it_cannot_be_changed() -> None:
    shelf = Shelf("top")
    with pytest.raises(FrozenInstanceError):
        shelf.name = "bottom"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del shelf.name
    assert not hasattr(shelf, "__dict__")
