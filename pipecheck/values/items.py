"""Collections that may be incomplete, and members that may be there only under conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Generic, TypeAlias, TypeVar

from pipecheck.values.place import Place
from pipecheck.values.record import record
from pipecheck.values.truth import Truth, all_of, any_of
from pipecheck.values.value import Unknown

T = TypeVar("T")
U = TypeVar("U")
T_co = TypeVar("T_co", covariant=True)

Guard: TypeAlias = frozenset[tuple[str, bool]]
"""What must hold for something to be there: names of conditions, each with the outcome it needs."""

ALWAYS: Guard = frozenset()


@record
class Member(Generic[T_co]):
    """One element of a collection. `present` is what the assumed parameters say of `guard`."""

    value: T_co
    guard: Guard = ALWAYS
    present: Truth = Truth.TRUE


@record
class Items(Generic[T_co]):
    """A collection. `open` says why there may be more than we can see; None: these are all.

    It cannot be iterated: ask `every` and `some`, which know about openness, or take `members` to speak of each.
    """

    members: tuple[Member[T_co], ...]
    place: Place
    open: Unknown | None = field(default=None)

    def each(self, step: Callable[[T_co], U]) -> Items[U]:
        """The collection of what `step` makes of each member."""
        made = tuple(Member(step(member.value), member.guard, member.present) for member in self.members)
        return Items(made, self.place, self.open)

    def spread(self, step: Callable[[T_co], Items[U]]) -> Items[U]:
        """One collection of all that `step` makes of each member; what is there only if the member is."""
        members: list[Member[U]] = []
        unseen = self.open
        for member in self.members:
            made = step(member.value)
            members += (
                Member(one.value, member.guard | one.guard, member.present & one.present) for one in made.members
            )
            if unseen is None and member.present is not Truth.FALSE:
                unseen = made.open
        return Items(tuple(members), self.place, unseen)


def every(items: Items[T], holds: Callable[[T], Truth]) -> Truth:
    """Whether `holds` is true of each member that is there; at most UNKNOWN where there may be more."""
    rest = Truth.TRUE if items.open is None else Truth.UNKNOWN
    return all_of([*(~member.present | holds(member.value) for member in items.members), rest])


def some(items: Items[T], holds: Callable[[T], Truth]) -> Truth:
    """Whether `holds` is true of a member that is there; at least UNKNOWN where there may be more."""
    rest = Truth.FALSE if items.open is None else Truth.UNKNOWN
    return any_of([*(member.present & holds(member.value) for member in items.members), rest])


def values(items: Items[T]) -> Iterable[T]:
    """The members in view, present in at least one case. For enumeration and messages, never for a verdict."""
    return (member.value for member in items.members)
