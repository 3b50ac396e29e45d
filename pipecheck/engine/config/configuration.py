"""What a configuration says, as data; the default is what holds without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pipecheck.analysis.environments import ProductionSettings
from pipecheck.engine.waivers import Waiver
from pipecheck.errors import ConfigurationError
from pipecheck.rules.rule import Params, Rule
from pipecheck.rules.severity import Severity
from pipecheck.syntax.document import Document
from pipecheck.values import Route
from pipecheck.values.record import record


@record
class RuleFolder:
    """A folder of own rules. `path` is absolute; `python_rules` says that the Python checks in it may be loaded.

    `source`, `line` and `column` say where the configuration names it.
    """

    path: str
    python_rules: bool
    source: str
    line: int
    column: int


@record
class Override:
    """What holds for some paths or pipelines alone.

    `paths` are globs in the manner of .gitignore, relative to the configuration's folder; `pipelines` are globs of
    names. Where both are given, both must match. The rest is as in the configuration itself.
    """

    paths: tuple[str, ...] = ()
    pipelines: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()


@record
class Configuration:
    """What a configuration says; the default is what holds without one.

    `source` is its file, None without one; `revision` is the git revision that it was read from, None for the file
    as it is. `folder` is the absolute folder that its paths are relative to. `parameters` maps a rule's id to its
    parameters by name. `baseline` is an absolute path. `fail_on`, `unknown`, `exclude` and `baseline` stand in for
    the options of these names where the command line does not give them; None or empty: not said.
    `document` is its text and `root` the route in it where the configuration begins.
    """

    source: str | None = None
    revision: str | None = None
    folder: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    production: ProductionSettings = field(default_factory=ProductionSettings)
    overrides: tuple[Override, ...] = ()
    rule_folders: tuple[RuleFolder, ...] = ()
    plugins: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: str | None = None
    fail_on: str | None = None
    unknown: str | None = None
    exclude: tuple[str, ...] = ()
    document: Document | None = None
    root: Route = ()

    def params(self, rule: Rule) -> Params:
        """The parameters of a rule, with the meaning of production under `production`."""
        defaults = {parameter.name: parameter.default for parameter in rule.params}
        return {**defaults, **self.parameters.get(rule.id, {}), "production": self.production}

    def written(self, value: object, *route: str | int) -> str:
        """The text at a route; a number as it is written, for `012345670123` is an account and no octal number."""
        if isinstance(value, str) or self.document is None:
            return str(value)
        span = self.document.span((*self.root, *route))
        return self.document.lines(span.line, span.line)[0][span.column - 1 : span.end_column - 1]

    def place(self, *route: str | int, key: bool = False) -> tuple[int, int]:
        """Line and column of what stands at a route, such as `plugins, 0`; of its key with `key`."""
        if self.document is None:
            return 1, 1
        find = self.document.key_span if key else self.document.span
        span = find((*self.root, *route))
        return span.line, span.column

    def error(
        self, message: str, *route: str | int, key: bool = False, help: tuple[str, ...] = ()
    ) -> ConfigurationError:
        """The error that says `message` about what stands at a route."""
        line, column = self.place(*route, key=key)
        return ConfigurationError(message, source=self.source, line=line, column=column, help=help)
