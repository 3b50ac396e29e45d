from __future__ import annotations

import pickle
from dataclasses import field, replace

from pipecheck.values.record import record


@record
class Shelf:
    name: str
    books: tuple[str, ...] = ()
    seen: dict[str, int] = field(default_factory=dict, init=False)


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
