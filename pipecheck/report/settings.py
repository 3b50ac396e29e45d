"""The effective configuration: as YAML that is a configuration again, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pipecheck.values import Route
from pipecheck.values.record import record

FORMATS = ("yaml", "json")

_COMMENT_COLUMN = 60
_INDENT = "  "


@record
class ShownSetting:
    """A setting of the configuration: the route to it, its value and what says so (`pipecheck.yaml:3`)."""

    route: Route
    value: object
    origin: str


def settings_as_json(settings: Iterable[ShownSetting], source: str | None) -> str:
    """An object with the file and the list of settings."""
    entries = [{"key": _dotted(one.route), "value": _plain(one.value), "origin": one.origin} for one in settings]
    return json.dumps({"file": source, "settings": entries}, indent=2, ensure_ascii=False) + "\n"


def settings_as_yaml(settings: Sequence[ShownSetting], source: str | None) -> str:
    """A configuration in which each value is followed by a comment that says where it comes from."""
    lines = [f"# {source}" if source is not None else "# no configuration file"]
    before: Route = ()
    for one in settings:
        *parents, (indent, mark) = list(_heads(one.route, before))
        lines += [f"{indent}{mark}" for indent, mark in parents]
        text = f"{indent}{mark} {_flow(one.value)}"
        lines.append(f"{text:<{_COMMENT_COLUMN}} # {one.origin}")
        before = one.route
    return "\n".join(lines) + "\n"


def _heads(route: Route, before: Route) -> Iterator[tuple[str, str]]:
    """The indent and the key of each step that the setting before does not share; `- ` begins an item of a list."""
    shared = 0
    while shared < min(len(route), len(before)) - 1 and route[shared] == before[shared]:
        shared += 1
    dash = ""
    for index, step in enumerate(route):
        if isinstance(step, int):
            if index >= shared:
                dash = "- "
                if index == len(route) - 1:
                    yield _INDENT * index, "-"
            continue
        if index >= shared:
            depth = index - (1 if dash else 0)
            yield _INDENT * depth, f"{dash}{_flow(step) if not step.isidentifier() else step}:"
            dash = ""


def _flow(value: object) -> str:
    """A value in one line; JSON is YAML too."""
    if isinstance(value, str) and value.replace("-", "").replace("_", "").isidentifier() and not _is_word(value):
        return value
    return json.dumps(_plain(value), ensure_ascii=False)


def _is_word(text: str) -> bool:
    """Whether YAML takes a text for something else than a text."""
    return text.lower() in {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"}


def _plain(value: object) -> object:
    match value:
        case dict():
            return {key: _plain(entry) for key, entry in value.items()}
        case list() | tuple():
            return [_plain(entry) for entry in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _dotted(route: Route) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in route).lstrip(".")
