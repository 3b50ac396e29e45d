"""From the text of a configuration to what it says. A mistake is a ConfigurationError at its line and column."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any

from pipecheck.analysis.environments import NamedEnvironment, ProductionSettings
from pipecheck.engine.config.configuration import Configuration, Override, RuleFolder
from pipecheck.engine.config.keys import CONFIGURATION
from pipecheck.engine.config.shapes import Written, as_date
from pipecheck.engine.waivers import Waiver
from pipecheck.errors import ConfigurationError, InputError
from pipecheck.rules.severity import Severity
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values import Route
from pipecheck.values.record import record, replace

_TABLE = ("tool", "pipecheck")


def parse_configuration(
    text: str | bytes, source: str, *, file: str | None = None, revision: str | None = None
) -> Configuration:
    """The configuration in a text, as it is in a git revision or now. `source` is what errors call it.

    `file` is its path, None where that is `source`; paths in it are relative to its folder.
    Raises ConfigurationError.
    """
    toml = PurePath(source).suffix == ".toml"
    document = _document(text, source, toml=toml)
    empty = Configuration(
        source=source,
        revision=revision,
        folder=os.path.dirname(os.path.abspath(file or source)),  # noqa: PTH100, PTH120 - resolve() would follow links
        document=document,
        root=_TABLE if toml else (),
    )
    for duplicate in document.duplicates:
        first, second = duplicate.first, duplicate.second
        message = f"the key {duplicate.key} stands twice: first in line {first.line}, again in line {second.line}"
        raise ConfigurationError(message, source=source, line=second.line, column=second.column)
    tree = _at(document.root, empty.root)
    CONFIGURATION.check(Written(tree, empty))
    return _Parts(empty, tree).configuration()


def holds_configuration(text: bytes, source: str) -> bool:
    """Whether a pyproject.toml has our table; one that cannot be read has, so that its error is told."""
    try:
        return _at(_document(text, source, toml=True).root, _TABLE) is not None
    except ConfigurationError:
        return True


def _document(text: str | bytes, source: str, *, toml: bool) -> Document:
    try:
        return read(text, source, "toml" if toml else "yaml")
    except InputError as error:
        raise ConfigurationError(
            error.message, source=source, line=error.line, column=error.column, help=error.help
        ) from None


def _at(tree: object, route: Route) -> Any:
    for step in route:
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


@record
class _Parts:
    """The parts of a tree that has the right shape."""

    empty: Configuration
    tree: Any

    def configuration(self) -> Configuration:
        return replace(
            self.empty,
            select=self.texts("select"),
            ignore=self.texts("ignore"),
            severity=self.severities("severity"),
            parameters=self.parameters("parameters"),
            production=self.production(),
            overrides=tuple(self.override(index) for index in self.indices("overrides")),
            rule_folders=tuple(self.rule_folder(index) for index in self.indices("rules")),
            plugins=self.texts("plugins"),
            waivers=tuple(self.waiver(index) for index in self.indices("waivers")),
            baseline=self.path("baseline"),
            fail_on=self.at("fail_on"),
            unknown=self.at("unknown"),
            exclude=self.texts("exclude"),
        )

    def at(self, *route: str | int) -> Any:
        """What stands at a route; None where nothing does."""
        found = self.tree
        for step in route:
            if isinstance(found, dict):
                found = found.get(str(step))
            else:
                found = found[step] if isinstance(found, list) and isinstance(step, int) else None
        return found

    def indices(self, key: str) -> range:
        return range(len(self.at(key) or ()))

    def texts(self, *route: str | int) -> tuple[str, ...]:
        found = self.at(*route)
        if isinstance(found, list):
            return tuple(self.empty.written(entry, *route, index) for index, entry in enumerate(found))
        return () if found is None else (self.empty.written(found, *route),)

    def text(self, *route: str | int) -> str | None:
        found = self.at(*route)
        return None if found is None else self.empty.written(found, *route)

    def path(self, *route: str | int) -> str | None:
        """A path as an absolute one."""
        found = self.text(*route)
        return None if found is None else os.path.normpath(os.path.join(self.empty.folder, found))  # noqa: PTH118

    def severities(self, *route: str | int) -> dict[str, Severity]:
        return {id: Severity(level) for id, level in (self.at(*route) or {}).items()}

    def parameters(self, *route: str | int) -> dict[str, dict[str, object]]:
        return {
            id: {name: tuple(value) if isinstance(value, list) else value for name, value in (given or {}).items()}
            for id, given in (self.at(*route) or {}).items()
        }

    def production(self) -> ProductionSettings:
        return ProductionSettings(
            names=self.texts("production", "names"),
            accounts=self.texts("production", "accounts"),
            stacks=self.texts("production", "stacks"),
            pipelines=self.texts("production", "pipelines"),
            not_production_names=self.texts("not_production", "names"),
            not_production_pipelines=self.texts("not_production", "pipelines"),
            continuous_deployment=self.texts("continuous_deployment"),
            environments=tuple(self.environment(index) for index in self.indices("environments")),
        )

    def environment(self, index: int) -> NamedEnvironment:
        here = ("environments", index)
        return NamedEnvironment(
            name=self.text(*here, "name") or "",
            production=bool(self.at(*here, "production")),
            accounts=self.texts(*here, "accounts"),
            regions=self.texts(*here, "regions"),
            stacks=self.texts(*here, "stacks"),
            clusters=self.texts(*here, "clusters"),
            services=self.texts(*here, "services"),
            pipelines=self.texts(*here, "pipelines"),
            tags=tuple(
                (key, self.empty.written(glob, *here, "tags", key))
                for key, glob in (self.at(*here, "tags") or {}).items()
            ),
        )

    def override(self, index: int) -> Override:
        here = ("overrides", index)
        return Override(
            paths=self.texts(*here, "paths"),
            pipelines=self.texts(*here, "pipelines"),
            parameters=self.parameters(*here, "parameters"),
            severity=self.severities(*here, "severity"),
            ignore=self.texts(*here, "ignore"),
        )

    def rule_folder(self, index: int) -> RuleFolder:
        here: Route = ("rules", index)
        if isinstance(self.at(*here), dict):
            path, python_rules = self.path(*here, "path"), bool(self.at(*here, "python_rules"))
            line, column = self.empty.place(*here, "path")
        else:
            path, python_rules = self.path(*here), False
            line, column = self.empty.place(*here)
        return RuleFolder(path or "", python_rules, self.empty.source or "", line, column)

    def waiver(self, index: int) -> Waiver:
        here = ("waivers", index)
        line, column = self.empty.place(*here)
        return Waiver(
            rule=self.text(*here, "rule") or "",
            subject=self.text(*here, "subject") or "",
            reason=self.text(*here, "reason") or None,
            owner=self.text(*here, "owner") or None,
            expires=as_date(self.at(*here, "expires")),
            source=self.empty.source or "",
            line=line,
            column=column,
        )
