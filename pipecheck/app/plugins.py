"""Plug-ins: installed packages that offer rules and checks, loaded only where the configuration names them.

A package declares entry points (https://packaging.python.org/en/latest/specifications/entry-points/):

- `pipecheck.rules`: the prefix of the ids of its rules, and the Python package in whose folder their files are;
- `pipecheck.checks`: the name of a check, which begins with the prefix, and the function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipecheck.app.python_checks import crashed, guarded
from pipecheck.errors import ConfigurationError, RuleFileError
from pipecheck.rules.nearest import did_you_mean
from pipecheck.rules.own import OwnRule, own_rules
from pipecheck.rules.rule import Check
from pipecheck.values.record import record

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

RULES = "pipecheck.rules"
CHECKS = "pipecheck.checks"


@record
class Plugin:
    """What an installed package offers under a prefix. `checks` are functions that load a check, by its name."""

    prefix: str
    rules: tuple[OwnRule, ...]
    checks: Mapping[str, Callable[[], Check]]


def plugin(prefix: str, cwd: Path, *, examples: bool = False) -> Plugin:
    """The plug-in of that prefix. Reads its rules and runs none of its checks.

    Raises ConfigurationError where none is installed or two are, PluginError where its package crashes, and
    RuleFileError for its rules and for ids that do not begin with its prefix.
    """
    offered = _named(RULES, lambda name: name == prefix)
    if not offered:
        names = sorted({point.name for point in _entry_points(RULES)})
        help = did_you_mean(prefix, names) or ("install the package that offers it beside pipecheck",)
        raise ConfigurationError(f"there is no plug-in {prefix}", help=help)
    if len(offered) > 1:
        packages = ", ".join(sorted(_package(point) for point in offered))
        raise ConfigurationError(f"the plug-in {prefix} is offered more than once: by {packages}")
    rules = tuple(own_rules(_folder(offered[0]), cwd, examples=examples))
    for own in rules:
        if not own.rule.id.startswith(f"{prefix}-"):
            message = f"the ids of rules of the plug-in {prefix} begin with {prefix}-, found {own.rule.id}"
            raise RuleFileError(message, source=own.rule.source)
    return Plugin(prefix, rules, dict(_checks(prefix)))


def _checks(prefix: str) -> Iterator[tuple[str, Callable[[], Check]]]:
    start = f"{prefix.replace('-', '_')}_"
    seen: dict[str, EntryPoint] = {}
    for point in _named(CHECKS, lambda name: name.startswith(start)):
        if point.name in seen:
            packages = f"{_package(seen[point.name])} and {_package(point)}"
            raise ConfigurationError(f"the check {point.name} is offered more than once: by {packages}")
        seen[point.name] = point
        yield point.name, lambda point=point: _loaded(point)  # type: ignore[misc]


def _loaded(point: EntryPoint) -> Check:
    source = f"{point.group}: {point.name} = {point.value}"
    try:
        found = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may raise anything
        crashed(error, source)
    return guarded(found, f"{point.value} is no function", source)


def _folder(point: EntryPoint) -> Path:
    """The folder of the package that an entry point names; the package itself is imported for it."""
    source = f"{point.group}: {point.name} = {point.value}"
    try:
        module = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may raise anything
        crashed(error, source)
    for folder in getattr(module, "__path__", ()):
        if Path(folder).is_dir():
            return Path(folder)
    raise ConfigurationError(f"{point.value} is no package with a folder", source=source)


def _named(group: str, wanted: Callable[[str], bool]) -> list[EntryPoint]:
    return [point for point in _entry_points(group) if wanted(point.name)]


def _entry_points(group: str) -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - 20 ms, only where plug-ins are named

    return tuple(entry_points(group=group))


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value
