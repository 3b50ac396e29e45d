"""Hide one value at a time: a verdict may then stay or become "cannot tell", and nothing else.

A rule that answers differently once it sees less was guessing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pipecheck.app.kit.examples import Case, ready, verdict_of
from pipecheck.engine.run import run
from pipecheck.findings.proof import Mismatch
from pipecheck.model.conditions import Conditions
from pipecheck.model.inventory import Inventory
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Absent, Items, Known, Member, Place, Reason, Unknown
from pipecheck.values.record import record

_SAME = {Verdict.PASS: Verdict.NOT_APPLICABLE}


@record
class Blurred:
    """An inventory in which one value, at `route` in the model, cannot be seen."""

    route: str
    inventory: Inventory


def blurs(inventory: Inventory) -> Iterator[Blurred]:
    """The inventory once for each leaf that is hidden and each collection that is opened."""
    for kind, items in inventory.resources.items():
        for index, member in enumerate(items.members):
            for route, made in _variants(member.value):
                yield Blurred(f"{kind.__name__}[{index}]{route}", _with(inventory, kind, index, made))


def _with(inventory: Inventory, kind: type, index: int, made: Any) -> Inventory:
    """The inventory in which one resource is replaced, also where references lead to it."""
    items = inventory.resources[kind]
    old = items.members[index]
    members = (*items.members[:index], replace(old, value=made), *items.members[index + 1 :])
    addresses = {key: made if value is old.value else value for key, value in inventory.addresses.items()}
    resources = {**inventory.resources, kind: replace(items, members=members)}
    return replace(inventory, resources=resources, addresses=addresses)


def _variants(value: Any) -> Iterator[tuple[str, Any]]:
    """Every way to hide one thing inside a model object, with the route to it."""
    match value:
        case Known(inner, place):
            yield "", _hidden(place)
            for route, made in _variants(inner):
                yield route, replace(value, value=made)
        case Absent(place):
            yield "", _hidden(place)
        case Items(members=members, open=unseen, place=place):
            if unseen is None:
                yield "[…]", replace(value, open=_hidden(place))
            yield from _member_variants(value, members)
        case Unknown() | Place() | Conditions():
            return
        case Mapping():
            for key, entry in value.items():
                for route, made in _variants(entry):
                    yield f".{key}{route}", {**value, key: made}
        case _ if is_dataclass(value):
            yield from _field_variants(value)
        case _:
            return


def _field_variants(value: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        for route, made in _variants(getattr(value, field.name)):
            yield f".{field.name}{route}", replace(value, **{field.name: made})


def _member_variants(items: Items[Any], members: tuple[Member[Any], ...]) -> Iterator[tuple[str, Any]]:
    for index, member in enumerate(members):
        for route, made in _variants(member.value):
            changed = (*members[:index], replace(member, value=made), *members[index + 1 :])
            yield f"[{index}]{route}", replace(items, members=changed)


def _hidden(place: Place) -> Unknown:
    return Unknown(Reason.BLURRED, "the value is hidden", place, written=False)


def guesses(case: Case, hide: Callable[[Inventory], Iterator[Blurred]] = blurs) -> Iterator[Mismatch]:
    """Where the rule answers otherwise, and not "cannot tell", once it sees less of the case."""
    prepared = ready(case)
    whole = verdict_of(run(case.loaded.inventory, [prepared], case.loaded.documents))
    for blurred in hide(case.loaded.inventory):
        seen = verdict_of(run(blurred.inventory, [prepared], case.loaded.documents))
        if seen is not Verdict.UNKNOWN and _class(seen) is not _class(whole):
            yield Mismatch(f"{case} without {blurred.route}", f"{whole.value} or unknown", seen.value)


def _class(verdict: Verdict) -> Verdict:
    return _SAME.get(verdict, verdict)
