"""The macros over lists, which know that a list may be open and its members guarded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipecheck.rules.cel.evidence import NOWHERE, Evidence, settled
from pipecheck.rules.cel.term import Frame, Logic, Operand
from pipecheck.rules.cel.types import ListType, Slot
from pipecheck.values import Items, Member, Place, Reason, Step, Truth, Unknown
from pipecheck.values.record import record

TRUE, UNKNOWN = Truth.TRUE, Truth.UNKNOWN


@record
class Range:
    """What a macro goes over: the list, and the place of its variable in the frame."""

    items: Operand
    position: int

    def explain_member(self, frame: Frame, member: Member[Any], body: Logic) -> tuple[Evidence, ...]:
        """What `body` says of one member rests on, and whether the member is there at all."""
        frame[self.position] = member.value
        undecided = body.decide(frame) is Truth.UNKNOWN
        said = body.explain(frame) if undecided else settled(body.explain(frame))
        guard = tuple(Step("condition", name) for name, _ in sorted(member.guard))
        found = tuple(Evidence(entry.place, entry.cause, (*entry.via, *guard)) for entry in said)
        if member.present is not Truth.UNKNOWN:
            return found
        return (*found, *self.items.explain(frame), *_presence(member, self.items.read(frame)))


def _presence(member: Member[Any], items: Items[Any]) -> tuple[Evidence, ...]:
    """That conditions decide whether the member is there."""
    if not member.guard:
        return ()
    place: Place = getattr(member.value, "place", items.place)
    names = " and ".join(sorted(name for name, _ in member.guard))
    cause = Unknown(Reason.CONDITION_UNDECIDED, f"whether {names} holds is not decided", place, written=False)
    return (Evidence(place, cause),)


def every(over: Range, body: Logic) -> Logic:
    """`list.all(x, body)`: at most unknown where the list is open."""
    return _quantified(over, body, Truth.FALSE)


def at_least_one(over: Range, body: Logic) -> Logic:
    """`list.exists(x, body)`: at least unknown where the list is open."""
    return _quantified(over, body, Truth.TRUE)


def _quantified(over: Range, body: Logic, decisive: Truth) -> Logic:
    """One decisive member decides, else one that is undecided or may be hidden, else all together."""
    read, position, decide_member = over.items.read, over.position, body.decide
    neutral = ~decisive
    all_must = decisive is Truth.FALSE

    def answer_of(frame: Frame, member: Member[Any]) -> Truth:
        frame[position] = member.value
        answer = decide_member(frame)
        if member.present is TRUE:
            return answer
        return ~member.present | answer if all_must else member.present & answer

    def decide(frame: Frame) -> Truth:
        items: Items[Any] = read(frame)
        answer = neutral if items.open is None else UNKNOWN
        for member in items.members:
            found = answer_of(frame, member)
            if found is decisive:
                return decisive
            if found is UNKNOWN:
                answer = found
        return answer

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        items: Items[Any] = read(frame)
        answers = [answer_of(frame, member) for member in items.members]
        for sought in (decisive, Truth.UNKNOWN):
            if sought in answers:
                return over.explain_member(frame, items.members[answers.index(sought)], body)
        if items.open is not None or not items.members:
            return over.items.explain(frame)
        return tuple(entry for member in items.members for entry in over.explain_member(frame, member, body))

    return Logic(decide, explain)


def exactly_one(over: Range, body: Logic) -> Logic:
    """`list.exists_one(x, body)`: false as soon as two certainly are, unknown while one more may be."""
    read, position, decide_member = over.items.read, over.position, body.decide

    def answers(frame: Frame, items: Items[Any]) -> list[Truth]:
        found = []
        for member in items.members:
            frame[position] = member.value
            found.append(member.present & decide_member(frame))
        return found

    def decide(frame: Frame) -> Truth:
        items: Items[Any] = read(frame)
        found = answers(frame, items)
        certain = found.count(Truth.TRUE)
        if certain > 1:
            return Truth.FALSE
        if Truth.UNKNOWN in found or items.open is not None:
            return Truth.UNKNOWN
        return Truth.TRUE if certain == 1 else Truth.FALSE

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        items: Items[Any] = read(frame)
        deciding = Truth.UNKNOWN if decide(frame) is Truth.UNKNOWN else Truth.TRUE
        found = answers(frame, items)
        chosen = [m for m, answer in zip(items.members, found, strict=True) if answer is deciding]
        members = tuple(entry for member in chosen for entry in over.explain_member(frame, member, body))
        return (*members, *over.items.explain(frame))

    return Logic(decide, explain)


def filtered(over: Range, body: Logic) -> Operand:
    """`list.filter(x, body)`: a member of which the condition is unknown may be there."""
    read, position, decide_member = over.items.read, over.position, body.decide

    def select(frame: Frame) -> Items[Any]:
        items: Items[Any] = read(frame)
        members = []
        for member in items.members:
            frame[position] = member.value
            present = member.present & decide_member(frame)
            if present is not Truth.FALSE:
                members.append(Member(member.value, member.guard, present))
        return Items(tuple(members), items.place, items.open)

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        undecided = []
        for member in read(frame).members:
            frame[position] = member.value
            if member.present & decide_member(frame) is Truth.UNKNOWN:
                undecided.append(member)
        why = (entry for member in undecided for entry in over.explain_member(frame, member, body))
        return (*over.items.explain(frame), *why)

    return Operand(over.items.type, False, select, explain)


def mapped(over: Range, body: Operand, slot: Slot, read_body: Callable[[Frame], Any]) -> Operand:
    """`list.map(x, body)`: as many members as the list has, each under the same conditions.

    `slot` says how the new members stand in the list, `read_body` reads one so.
    """
    read, position = over.items.read, over.position

    def make(frame: Frame) -> Items[Any]:
        items: Items[Any] = read(frame)
        members = []
        for member in items.members:
            frame[position] = member.value
            members.append(Member(read_body(frame), member.guard, member.present))
        return Items(tuple(members), items.place, items.open)

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        found = list(over.items.explain(frame))
        for member in read(frame).members:
            frame[position] = member.value
            found += body.explain(frame)
        return tuple(found)

    return Operand(ListType(slot), False, make, explain)


def listed(elements: tuple[Operand, ...], slot: Slot | None, reads: tuple[Callable[[Frame], Any], ...]) -> Operand:
    """`[a, b]`."""

    def read(frame: Frame) -> Items[Any]:
        return Items(tuple(Member(element(frame)) for element in reads), NOWHERE)

    def explain(frame: Frame) -> tuple[Evidence, ...]:
        return tuple(entry for element in elements for entry in element.explain(frame))

    return Operand(ListType(slot), False, read, explain)
