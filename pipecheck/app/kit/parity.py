"""All renderings of a case must decode to the same pipelines, places aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from pipecheck.app.kit.examples import Case, Mismatch
from pipecheck.model.conditions import Conditions
from pipecheck.values import Absent, Items, Known, Member, Place, Unknown
from pipecheck.values.items import values


def differences(cases: Sequence[Case]) -> Iterator[Mismatch]:
    """Where the renderings of one example decode differently; what one of them cannot express is no difference."""
    for one, other in zip(cases, cases[1:], strict=False):
        first = list(values(one.loaded.inventory.pipelines))
        second = list(values(other.loaded.inventory.pipelines))
        if len(first) != len(second):
            yield Mismatch(str(other), f"{len(first)} pipelines as in {one.format}", f"{len(second)}")
            continue
        for left, right in zip(first, second, strict=True):
            for route, expected, got in _different(left, right, ""):
                yield Mismatch(f"{other}: {route.lstrip('.')}", f"{expected} as in {one.format}", got)


def _different(left: Any, right: Any, route: str) -> Iterator[tuple[str, str, str]]:
    match left, right:
        case (Unknown(), _) | (_, Unknown()) | (Place(), Place()) | (Conditions(), Conditions()):
            return
        case (Known(a), Known(b)) | (Member(a), Member(b)):
            yield from _different(a, b, route)
        case Absent(default=a), Absent(default=b):
            if a != b:
                yield route, repr(a), repr(b)
        case Items(members=a), Items(members=b):
            yield from _different(a, b, route)
        case tuple(), tuple():
            if len(left) != len(right):
                yield route, f"{len(left)} elements", f"{len(right)} elements"
            for index, (a, b) in enumerate(zip(left, right, strict=False)):
                yield from _different(a, b, f"{route}[{index}]")
        case Mapping(), Mapping():
            for key in dict.fromkeys([*left, *right]):
                yield from _different(left.get(key), right.get(key), f"{route}.{key}")
        case _ if is_dataclass(left) and type(left) is type(right):
            for field in fields(left):
                yield from _different(getattr(left, field.name), getattr(right, field.name), f"{route}.{field.name}")
        case _ if left != right:
            yield route, _shown(left), _shown(right)


def _shown(value: Any) -> str:
    return "absent" if isinstance(value, Absent) else repr(value.value if isinstance(value, Known) else value)
