"""All renderings of a case must decode to the same pipelines, places aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

from pipecheck.app.kit.examples import Case
from pipecheck.findings.proof import Mismatch
from pipecheck.model.conditions import Conditions
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Absent, Items, Known, Member, Place, Unknown
from pipecheck.values.items import values


def differences(cases: Sequence[Case]) -> Iterator[Mismatch]:
    """Where the renderings of one example decode differently; what one of them cannot express is no difference."""
    for one, other in pairwise(cases):
        first = list(values(one.loaded.inventory.all(Pipeline)))
        second = list(values(other.loaded.inventory.all(Pipeline)))
        if len(first) != len(second):
            yield Mismatch(str(other), f"{len(first)} pipelines as in {one.format}", f"{len(second)}")
            continue
        for left, right in zip(first, second, strict=True):
            for route, expected, got in _different(left, right, ""):
                yield Mismatch(f"{other}: {route.lstrip('.')}", f"{expected} as in {one.format}", got)


def _different(left: Any, right: Any, route: str) -> Iterator[tuple[str, str, str]]:
    """The routes at which two parts of a model differ, with what stands there on each side."""
    match left, right:
        case (Unknown(), _) | (_, Unknown()) | (Place(), Place()) | (Conditions(), Conditions()):
            return
        case (Items(open=Unknown()), Items()) | (Items(), Items(open=Unknown())):
            shared = min(len(left.members), len(right.members))
            yield from _different(left.members[:shared], right.members[:shared], route)
        case (Known(a), Known(b)) | (Member(a), Member(b)) | (Items(members=a), Items(members=b)):
            yield from _different(a, b, route)
        case Absent(default=a), Absent(default=b) if a == b:
            return
        case (tuple(), tuple()) | (Mapping(), Mapping()):
            yield from _different_parts(_parts(left), _parts(right), route)
        case _ if is_dataclass(left) and type(left) is type(right):
            yield from _different_parts(_parts(left), _parts(right), route)
        case _ if left != right:
            yield route, _shown(left), _shown(right)


def _different_parts(left: Mapping[str, Any], right: Mapping[str, Any], route: str) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys([*left, *right]):
        yield from _different(left.get(name), right.get(name), f"{route}.{name}")


def _parts(whole: Any) -> Mapping[str, Any]:
    if isinstance(whole, tuple):
        return {str(index): part for index, part in enumerate(whole)}
    if isinstance(whole, Mapping):
        return whole
    return {field.name: getattr(whole, field.name) for field in fields(whole)}


def _shown(value: Any) -> str:
    return "absent" if isinstance(value, Absent) else repr(value.value if isinstance(value, Known) else value)
