"""What a configuration comes to: every setting with its value and what says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.config.keys import CONFIGURATION
from pipecheck.rules.rule import Rule
from pipecheck.values import Route
from pipecheck.values.record import record

COMMAND_LINE = "command line"
DEFAULT = "default"

_ADDED = frozenset({"ignore", "exclude"})
"""Keys to which the command line adds; others it replaces."""


@record
class Setting:
    """One value. `route` leads to it; `origin` is what says so: `default`, `command line`, `pipecheck.yaml:3`."""

    route: Route
    value: object
    origin: str


def effective_settings(
    configuration: Configuration, rules: Sequence[Rule], given: Mapping[str, Any]
) -> Iterator[Setting]:
    """Every setting in the order of the keys; parameters of all `rules`. `given` is what the command line says."""
    document = configuration.document
    tree: Any = document.root if document is not None else {}
    for step in configuration.root:
        tree = tree[step]
    for name, key in CONFIGURATION.keys.items():
        written = (tree or {}).get(name)
        if name in _ADDED and name in given and written is not None:
            value = (*getattr(configuration, name), *given[name])
            yield Setting((name,), value, f"{_origin((name,), configuration)} and {COMMAND_LINE}")
        elif name in given:
            yield Setting((name,), given[name], COMMAND_LINE)
        elif name == "parameters":
            yield from _parameters(configuration, rules)
        elif written is not None:
            yield from _written((name,), written, configuration)
        elif key.default is not None:
            yield Setting((name,), key.default, DEFAULT)


def _parameters(configuration: Configuration, rules: Sequence[Rule]) -> Iterator[Setting]:
    for rule in rules:
        given = configuration.parameters.get(rule.id, {})
        for parameter in rule.params:
            route = ("parameters", rule.id, parameter.name)
            if parameter.name in given:
                yield from _written(route, given[parameter.name], configuration)
            else:
                yield Setting(route, parameter.default, DEFAULT)


def _written(route: Route, value: object, configuration: Configuration) -> Iterator[Setting]:
    """A list of texts is one setting; mappings and lists of mappings are as many as they have values."""
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from _written((*route, name), entry, configuration)
    elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        for index, entry in enumerate(value):
            yield from _written((*route, index), entry, configuration)
    elif isinstance(value, list) and "parameters" not in route:
        texts = [configuration.written(entry, *route, index) for index, entry in enumerate(value)]
        yield Setting(route, texts, _origin(route, configuration))
    elif isinstance(value, int) and not isinstance(value, bool) and "parameters" not in route:
        yield Setting(route, configuration.written(value, *route), _origin(route, configuration))
    elif value is not None:
        yield Setting(route, value, _origin(route, configuration))


def _origin(route: Route, configuration: Configuration) -> str:
    return f"{configuration.source}:{configuration.place(*route)[0]}"
