"""Suppressions in the metadata of a resource: `Metadata: {pipecheck: {ignore: [{id, reason, expires}]}}`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

from pipecheck.engine.suppress.written import Written
from pipecheck.findings.finding import Location
from pipecheck.rules.nearest import did_you_mean
from pipecheck.syntax.document import Document, Tagged
from pipecheck.values import Absent, Known, Place, Reason, Route, Unknown, Value

_KEYS = ("id", "reason", "owner", "expires")


def suppressions_in_metadata(document: Document) -> Iterator[Written]:
    """What the resources of a template say, in their order."""
    for id, resource in _mapping(document.root, "Resources").items():
        route: Route = ("Resources", id, "Metadata", "pipecheck", "ignore")
        said = _mapping(_mapping(resource, "Metadata"), "pipecheck")
        if "ignore" not in said:
            continue
        entries = said["ignore"]
        if not isinstance(entries, list):
            yield _written(document, id, entries, route)
            continue
        for index, entry in enumerate(entries):
            yield _written(document, id, entry, (*route, index))


def _mapping(node: object, key: str) -> dict[str, Any]:
    found = node.get(key) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}


def _written(document: Document, resource: str, entry: object, route: Route) -> Written:
    place = Place(document.uri, route)
    home, written = document.written(route)
    given = entry if isinstance(entry, dict) else {}
    rule = given.get("id")
    return Written(
        kind="metadata",
        rules=(rule,) if isinstance(rule, str) else (),
        reason=_value(given, "reason", place),
        owner=_value(given, "owner", place),
        expires=_value(given, "expires", place),
        problem=_problem(entry, given),
        label=f"metadata of {resource}" + (f" for {rule}" if isinstance(rule, str) else ""),
        target=resource,
        location=Location(home.uri, home.span(written)),
        place=place,
    )


def _value(given: dict[str, Any], key: str, place: Place) -> Value[str]:
    found = given.get(key)
    if found is None or found == "":
        return Absent(place)
    if isinstance(found, str):
        return Known(found, place.child(key))
    return Unknown(Reason.UNSUPPORTED_FUNCTION, f"the {key} of the suppression is not written out", place.child(key))


def _problem(entry: object, given: dict[str, Any]) -> str | None:
    if not isinstance(entry, dict):
        return "expected a list of entries with id, reason and, if it ends, expires"
    if not isinstance(given.get("id"), str):
        return "expected the id of a rule under `id`"
    for key in given:
        if key not in _KEYS:
            return "; ".join((f"unknown key {key!r}", *did_you_mean(key, _KEYS)))
    for key in _KEYS[1:]:
        if isinstance(given.get(key), bool | int | float | list):
            return f"expected a text under `{key}`"
    expires = given.get("expires")
    if isinstance(expires, str) and not _is_date(expires):
        return f"expected a date such as 2030-01-31 under `expires`, found {expires!r}"
    return None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2030-01-31")


class Resources:
    """Tells which resource of a template stands at a place of its text."""

    __slots__ = ("_ids", "_starts")

    def __init__(self, document: Document) -> None:
        root = document.root.value if isinstance(document.root, Tagged) else document.root
        keys: list[tuple[Route, str | None]] = []
        if isinstance(root, dict):
            keys += [((key,), None) for key in root]
            keys += [(("Resources", id), id) for id in _mapping(root, "Resources")]
        found = []
        for route, id in keys:
            home, written = document.written(route)
            if home.uri == document.uri:
                span = home.key_span(written)
                found.append(((span.line, span.column), id))
        found.sort(key=lambda entry: entry[0])
        self._starts = [start for start, _ in found]
        self._ids = [id for _, id in found]

    def at(self, line: int, column: int) -> str | None:
        """The logical id of the resource; None for the rest of the template."""
        index = bisect_right(self._starts, (line, column)) - 1
        return self._ids[index] if index >= 0 else None
