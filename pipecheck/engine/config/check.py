"""Whether the rules, parameters and selectors that a configuration names exist, and their values fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.config.shapes import shown
from pipecheck.errors import UsageError
from pipecheck.rules.catalog import Catalog
from pipecheck.rules.nearest import did_you_mean
from pipecheck.rules.parameters import TYPES, is_of_type
from pipecheck.rules.rule import Parameter
from pipecheck.values import Route
from pipecheck.values.record import record


def check_against(configuration: Configuration, catalog: Catalog) -> None:
    """Raises ConfigurationError for the first thing in a configuration that no rule of the catalogue has."""
    checked = _Checked(configuration, catalog)
    checked.selectors(configuration.select, "select")
    checked.selectors(configuration.ignore, "ignore")
    checked.ids(configuration.severity, "severity")
    checked.parameters(configuration.parameters, "parameters")
    for index, override in enumerate(configuration.overrides):
        checked.parameters(override.parameters, "overrides", index, "parameters")
        checked.ids(override.severity, "overrides", index, "severity")
        checked.selectors(override.ignore, "overrides", index, "ignore")
    for index, waiver in enumerate(configuration.waivers):
        if waiver.rule not in catalog.rules:
            raise checked.no_rule(waiver.rule, "waivers", index, "rule")


@record
class _Checked:
    """A configuration beside the catalogue that it speaks of."""

    configuration: Configuration
    catalog: Catalog

    def selectors(self, selectors: Sequence[str], *route: str | int) -> None:
        for index, selector in enumerate(selectors):
            try:
                self.catalog.select((selector,))
            except UsageError as error:
                place = (*route, index) if self._is_list(route) else route
                raise self.configuration.error(error.message, *place, help=error.help) from None

    def ids(self, ids: Mapping[str, object], *route: str | int) -> None:
        for id in ids:
            if id not in self.catalog.rules:
                raise self.no_rule(id, *route, id, key=True)

    def parameters(self, given: Mapping[str, Mapping[str, object]], *route: str | int) -> None:
        self.ids(given, *route)
        for id, values in given.items():
            known = {parameter.name: parameter for parameter in self.catalog.rules[id].params}
            for name, value in values.items():
                if name not in known:
                    message = f"{id} has no parameter {name}"
                    help = did_you_mean(name, known) or (() if known else ("it has no parameters",))
                    raise self.configuration.error(message, *route, id, name, key=True, help=help)
                self._value(id, known[name], value, (*route, id, name))

    def no_rule(self, id: str, *route: str | int, key: bool = False) -> Exception:
        help = did_you_mean(id, self.catalog.rules)
        return self.configuration.error(f"there is no rule {id}", *route, key=key, help=help)

    def _value(self, id: str, parameter: Parameter, value: object, route: Route) -> None:
        if not is_of_type(parameter.type, value):
            found = shown(list(value) if isinstance(value, tuple) else value)
            message = f"{id}.{parameter.name}: expected {TYPES[parameter.type]}, found {found}"
            raise self.configuration.error(message, *route)
        given = list(enumerate(value)) if isinstance(value, tuple) else [(None, value)]
        for index, one in given if parameter.values else ():
            if one not in parameter.values:
                place = route if index is None else (*route, index)
                message = f"{id}.{parameter.name}: expected one of {', '.join(parameter.values)}, found {one!r}"
                raise self.configuration.error(message, *place, help=did_you_mean(str(one), parameter.values))

    def _is_list(self, route: Route) -> bool:
        document = self.configuration.document
        found: Any = document.root if document is not None else None
        for step in (*self.configuration.root, *route):
            found = found[step]
        return isinstance(found, list)
