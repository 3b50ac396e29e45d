"""The configuration: which rules run, with which parameters, and what production means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from pipecheck.analysis.environments import ProductionSettings
from pipecheck.errors import ConfigurationError, InputError
from pipecheck.rules.own import RuleFolder
from pipecheck.rules.parameters import is_of_type
from pipecheck.rules.rule import Parameter, Params, Rule
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values import Route
from pipecheck.values.record import record

FILE_NAMES = ("pipecheck.yaml", ".pipecheck.yaml")

_KEYS = ("select", "ignore", "production", "not_production", "continuous_deployment", "rules")
_PRODUCTION_KEYS = ("names", "accounts", "stacks", "pipelines")
_NOT_PRODUCTION_KEYS = ("names", "pipelines")
_EXPECTED: Mapping[str, str] = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "list": "a list of texts",
}


@record
class Setting:
    """A value that the configuration gives to a parameter, and where."""

    value: object
    line: int
    column: int


@record
class Configuration:
    """What the configuration file says; the default is what holds without one.

    `rules` maps a rule's id to its parameters. `source` is the file, None where there is none.
    """

    source: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    production: ProductionSettings = field(default_factory=ProductionSettings)
    rules: Mapping[str, Mapping[str, Setting]] = field(default_factory=dict)
    rule_folders: tuple[RuleFolder, ...] = ()
    plugins: tuple[str, ...] = ()

    def check_rules(self, known: Mapping[str, Rule]) -> None:
        """Raises ConfigurationError where a rule or a parameter does not exist or a value has the wrong type."""
        for id, settings in self.rules.items():
            if id not in known:
                place = next(iter(settings.values()), Setting(None, 1, 1))
                raise self._error(f"there is no rule {id}", place, _nearest(id, known))
            parameters = {parameter.name: parameter for parameter in known[id].params}
            for name, setting in settings.items():
                if name not in parameters:
                    raise self._error(f"{id} has no parameter {name}", setting, _nearest(name, parameters))
                self._check_type(id, parameters[name], setting)

    def params(self, rule: Rule) -> Params:
        """The parameters of a rule, with the meaning of production under `production`."""
        settings = self.rules.get(rule.id, {})
        given = {name: setting.value for name, setting in settings.items()}
        defaults = {parameter.name: parameter.default for parameter in rule.params}
        return {**defaults, **given, "production": self.production}

    def _check_type(self, id: str, parameter: Parameter, setting: Setting) -> None:
        if not is_of_type(parameter.type, setting.value):
            expected = _EXPECTED[parameter.type]
            raise self._error(f"{id}.{parameter.name}: expected {expected}, found {setting.value!r}", setting, ())
        given = setting.value if isinstance(setting.value, list) else [setting.value]
        for value in given if parameter.values else ():
            if value not in parameter.values:
                help = _nearest(str(value), parameter.values)
                raise self._error(f"{id}.{parameter.name}: {value!r} is not one of its values", setting, help)

    def _error(self, message: str, place: Setting, help: tuple[str, ...]) -> ConfigurationError:
        return ConfigurationError(message, source=self.source, line=place.line, column=place.column, help=help)


def find_configuration(path: str, cwd: Path) -> str | None:
    """The configuration file nearest to a scanned path, upwards to the root of its repository; None without one."""
    start = (cwd / path).resolve()
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return str(folder / name)
        if (folder / ".git").exists():
            return None
    return None


def read_configuration(file: str | None) -> Configuration:
    """The configuration in a file; the default one for None. Raises ConfigurationError."""
    if file is None:
        return Configuration()
    try:
        return parse_configuration(Path(file).read_bytes(), file)
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {error.strerror or error}", source=file) from None


def parse_configuration(text: str | bytes, source: str) -> Configuration:
    """The configuration that a text holds. Raises ConfigurationError with line and column."""
    try:
        reader = _Reader(read(text, source, "yaml"))
    except InputError as error:
        raise ConfigurationError(
            error.message, source=source, line=error.line, column=error.column, help=error.help
        ) from None
    for duplicate in reader.document.duplicates:
        first, second = duplicate.first, duplicate.second
        message = f"the key {duplicate.key} stands twice: first in line {first.line}, again in line {second.line}"
        raise ConfigurationError(message, source=source, line=second.line, column=second.column)
    reader.mapping((), _KEYS)
    return Configuration(
        source=source,
        select=reader.texts(("select",)),
        ignore=reader.texts(("ignore",)),
        production=_production(reader),
        rules={id: reader.settings(("rules", id)) for id in reader.mapping(("rules",))},
    )


def _production(reader: _Reader) -> ProductionSettings:
    reader.mapping(("production",), _PRODUCTION_KEYS)
    reader.mapping(("not_production",), _NOT_PRODUCTION_KEYS)
    return ProductionSettings(
        names=reader.texts(("production", "names")),
        accounts=reader.texts(("production", "accounts")),
        stacks=reader.texts(("production", "stacks")),
        pipelines=reader.texts(("production", "pipelines")),
        not_production_names=reader.texts(("not_production", "names")),
        not_production_pipelines=reader.texts(("not_production", "pipelines")),
        continuous_deployment=reader.texts(("continuous_deployment",)),
    )


@record
class _Reader:
    """Reads parts of the configuration and refuses what does not belong there."""

    document: Document

    def mapping(self, route: Route, keys: tuple[str, ...] | None = None) -> Mapping[str, object]:
        """The mapping at a route, empty where there is none; with `keys` it may hold these alone."""
        found = self._at(route)
        if found is None:
            return {}
        if not isinstance(found, dict):
            raise self._error(route, "expected a mapping", ())
        for key in found:
            if keys is not None and key not in keys:
                raise self._error((*route, key), f"unknown key {key}", _nearest(key, keys), key=True)
        return found

    def texts(self, route: Route) -> tuple[str, ...]:
        """The texts at a route: a list, or one alone; numbers such as account ids count as texts."""
        found = self._at(route)
        if found is None:
            return ()
        entries = found if isinstance(found, list) else [found]
        for index, entry in enumerate(entries):
            if isinstance(entry, bool) or not isinstance(entry, str | int):
                place = (*route, index) if isinstance(found, list) else route
                raise self._error(place, "expected a text", ())
        places = [(*route, index) for index in range(len(entries))] if isinstance(found, list) else [route]
        return tuple(self._written(place, entry) for place, entry in zip(places, entries, strict=True))

    def _written(self, route: Route, entry: object) -> str:
        """A text; a number as it is written, for `012345670123` is an account and no octal number."""
        if isinstance(entry, str):
            return entry
        span = self.document.span(route)
        return self.document.lines(span.line, span.line)[0][span.column - 1 : span.end_column - 1]

    def settings(self, route: Route) -> Mapping[str, Setting]:
        """The parameters of one rule."""
        return {name: self._setting((*route, name), value) for name, value in self.mapping(route).items()}

    def _setting(self, route: Route, value: object) -> Setting:
        span = self.document.span(route)
        return Setting(value, span.line, span.column)

    def _at(self, route: Route) -> object:
        found: object = self.document.root
        for step in route:
            found = found.get(step) if isinstance(found, dict) else None
        return found

    def _error(self, route: Route, message: str, help: tuple[str, ...], *, key: bool = False) -> ConfigurationError:
        span = self.document.key_span(route) if key else self.document.span(route)
        return ConfigurationError(message, source=self.document.uri, line=span.line, column=span.column, help=help)


def _nearest(word: str, words: Mapping[str, object] | tuple[str, ...]) -> tuple[str, ...]:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

    nearest = get_close_matches(word, words, 1)
    if nearest:
        return (f"did you mean {nearest[0]}?",)
    return (f"known are: {', '.join(words)}",)
