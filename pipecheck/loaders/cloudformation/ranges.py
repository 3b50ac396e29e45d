"""Which values the parameters that conditions read can have: AllowedValues, and the keys of mappings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipecheck.loaders.cloudformation.functions import Call, call

_PLACEHOLDER = re.compile(r"\$\{([^!}][^}]*)\}")
_UNDERSTOOD = frozenset({"Base64", "FindInMap", "Join", "Length", "Ref", "Select", "Split", "Sub"})


def ranges_by_mapping(
    section: Mapping[str, object], mappings: Mapping[str, object], allowed: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """The values of parameters that are a closed set: what they allow, and under which all look-ups succeed.

    CloudFormation works out every condition when it deploys and refuses a look-up under a key that a mapping does not
    have. `section` holds the conditions.
    """
    ranges = dict(allowed)
    for function in _calls(section):
        match function.name, function.argument:
            case "FindInMap", [str(mapping), key, _]:
                name = _reference(key)
                keys = mappings.get(mapping)
                if name is not None and isinstance(keys, dict) and "Fn::Transform" not in keys:
                    ranges[name] = tuple(text for text in ranges.get(name, tuple(keys)) if text in keys)
            case _:
                pass
    return {name: texts for name, texts in ranges.items() if texts}


def names_read(raw: object) -> frozenset[str] | None:
    """The names that an expression reads with Ref and Sub; None where it does not depend on these alone."""
    names: set[str] = set()
    for function in _calls(raw):
        if function.name not in _UNDERSTOOD:
            return None
        match function.name, function.argument:
            case "Ref", str(name):
                names.add(name)
            case "Sub", str(text):
                names.update(_PLACEHOLDER.findall(text))
            case "Sub", [str(text), dict(given)]:
                names.update(name for name in _PLACEHOLDER.findall(text) if name not in given)
            case (("Ref" | "Sub"), _):
                return None
            case _:
                pass
    return frozenset(names)


def _calls(raw: object) -> Iterator[Call]:
    """Every function call in a tree."""
    function = call(raw)
    if function is not None:
        yield function
        yield from _calls(function.argument)
    elif isinstance(raw, dict | list):
        for part in raw.values() if isinstance(raw, dict) else raw:
            yield from _calls(part)


def _reference(raw: object) -> str | None:
    function = call(raw)
    if function is None or function.name != "Ref" or not isinstance(function.argument, str):
        return None
    return function.argument
