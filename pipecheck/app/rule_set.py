"""All rules that a configuration brings together: those of pipecheck, of its own folders and of plug-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from pipecheck.app.python_checks import check_beside
from pipecheck.checks.registry import check_named, check_names
from pipecheck.engine.config.configuration import Configuration, RuleFolder
from pipecheck.errors import ConfigurationError, PipecheckError, RuleFileError
from pipecheck.rules.catalog import Catalog, catalog_of, load_bundled
from pipecheck.rules.expression import expression_check
from pipecheck.rules.nearest import did_you_mean
from pipecheck.rules.own import OwnRule, own_rules, own_rules_among, shown
from pipecheck.rules.rule import Check, Rule
from pipecheck.values.record import record

if TYPE_CHECKING:
    from pipecheck.app.plugins import Plugin

ALLOW = "--allow-python-rules"


@record
class RuleSet:
    """Rules, and what loads the Python checks of those that pipecheck does not bring, by id."""

    catalog: Catalog
    loaders: Mapping[str, Callable[[], Check]] = field(default_factory=dict)

    def check(self, rule: Rule) -> Check:
        """The check of one of the rules. Loads Python code that is not ours only here, and only for this rule.

        Raises ConfigurationError where that is not allowed, PluginError where it crashes, RuleFileError where there
        is no such check.
        """
        if rule.python is None:
            return expression_check(rule)
        if rule.id in self.loaders:
            return self.loaders[rule.id]()
        return check_named(rule.python)


def rule_set(
    configuration: Configuration, cwd: Path, *, allow_python: bool = False, examples: bool = False
) -> RuleSet:
    """The rules of pipecheck with those of the configuration's folders and plug-ins.

    `cwd` is the absolute folder that the names of files are relative to. Python checks that stand in the folders are
    run only where `allow_python` and the folder both say so. Raises RuleFileError, also where two rules have the same
    id, ConfigurationError for a folder or a plug-in that is not there, and PluginError for one that crashes.
    """
    bundled = load_bundled(examples=examples)
    if not configuration.rule_folders and not configuration.plugins:
        return RuleSet(bundled)
    owns: list[tuple[OwnRule, RuleFolder | None]] = []
    checks: dict[str, Callable[[], Check]] = {}
    for one in _plugins(configuration, cwd, examples):
        owns += [(own, None) for own in one.rules]
        checks |= one.checks
    owns += [
        (own, folder)
        for folder in configuration.rule_folders
        for own in _rules_in(folder, configuration, cwd, examples)
    ]
    found = _without_repetition(owns)
    loaders = {
        own.rule.id: _loader(own, folder, checks, cwd, allow_python) for own, folder in found if own.rule.python
    }
    return RuleSet(catalog_of([*bundled.rules.values(), *(own.rule for own, _ in found)]), loaders)


def rules_at(paths: Iterable[Path], configuration: Configuration, cwd: Path, *, allow_python: bool) -> RuleSet:
    """The rules of files and folders that were named one by one, with their examples; none but those.

    The configuration says which plug-ins they may take checks from. Their own Python checks are run only where
    `allow_python`. Raises what `rule_set` raises.
    """
    checks = {name: load for one in _plugins(configuration, cwd, False) for name, load in one.checks.items()}
    found = _without_repetition(
        [
            (own, RuleFolder(str(path), True, own.rule.source, 1, 1))
            for path in paths
            for own in own_rules(path, cwd, examples=True)
        ]
    )
    loaders = {
        own.rule.id: _loader(own, folder, checks, cwd, allow_python) for own, folder in found if own.rule.python
    }
    return RuleSet(catalog_of(own.rule for own, _ in found), loaders)


def _plugins(configuration: Configuration, cwd: Path, examples: bool) -> Iterator[Plugin]:
    for index, prefix in enumerate(configuration.plugins):
        from pipecheck.app.plugins import plugin  # noqa: PLC0415 - most scans have none

        try:
            yield plugin(prefix, cwd, examples=examples)
        except ConfigurationError as error:
            raise configuration.error(error.message, "plugins", index, help=error.help) from None


def _rules_in(folder: RuleFolder, configuration: Configuration, cwd: Path, examples: bool) -> Iterable[OwnRule]:
    """The rules of a folder: of the same git revision as the configuration, where that comes from one."""
    path = Path(folder.path)
    if configuration.revision is not None:
        return _rules_at(path, configuration.revision, examples)
    if not path.is_dir():
        help = ("rules: names folders of rule files, relative to the configuration",)
        message = f"there is no folder {shown(path, cwd)}"
        raise ConfigurationError(message, source=folder.source, line=folder.line, column=folder.column, help=help)
    return own_rules(path, cwd, examples=examples)


def _rules_at(path: Path, revision: str, examples: bool) -> Iterator[OwnRule]:
    from pipecheck.app.revision import files_at, root_of  # noqa: PLC0415 - only for a revision
    from pipecheck.syntax.limits import Limits  # noqa: PLC0415

    root = root_of(path)
    found = files_at(root, revision, path.relative_to(root).as_posix(), Limits().bytes)
    return own_rules_among({root / name: data for name, data in found.items()}, revision, root, examples=examples)


def _without_repetition(
    owns: Iterable[tuple[OwnRule, RuleFolder | None]],
) -> list[tuple[OwnRule, RuleFolder | None]]:
    """Each file once, for folders may lie in one another."""
    return list({own.file.resolve(): (own, folder) for own, folder in reversed(list(owns))}.values())[::-1]


def _loader(
    own: OwnRule,
    folder: RuleFolder | None,
    offered: Mapping[str, Callable[[], Check]],
    cwd: Path,
    allowed: bool,
) -> Callable[[], Check]:
    """What loads the check of a rule: the file beside it, else a plug-in's, else one of ours."""
    name = own.rule.python or ""
    if folder is not None and own.beside(f"{name}.py") is not None:
        return lambda: _beside(own, folder, cwd, allowed)
    if name in offered:
        return offered[name]
    return lambda: _ours(own.rule, name, [*offered, *check_names()])


def _beside(own: OwnRule, folder: RuleFolder, cwd: Path, allowed: bool) -> Check:
    rule = own.rule
    file = own.file.with_name(f"{rule.python}.py")
    source = shown(file, cwd)
    if not folder.python_rules:
        help = f"write the folder as {{path: {shown(Path(folder.path), cwd)}, python_rules: true}}"
        raise _forbidden(rule, f"{source} is not run, for its folder is not one for Python rules", folder, help)
    if not allowed:
        help = f"add {ALLOW} where you trust that file"
        raise _forbidden(rule, f"{source} is run only with {ALLOW}", folder, help)
    return check_beside(file, own.beside(file.name) or b"", source)


def _forbidden(rule: Rule, message: str, folder: RuleFolder, help: str) -> PipecheckError:
    """The error at the place that names the folder."""
    return ConfigurationError(
        f"{rule.id}: {message}",
        source=folder.source,
        line=folder.line,
        column=folder.column,
        help=(help, "or leave the rule out: ignore takes its id"),
    )


def _ours(rule: Rule, name: str, known: Iterable[str]) -> Check:
    if name not in check_names():
        help = (f"write it into {name}.py beside the rule", *did_you_mean(name, known))
        raise RuleFileError(f"there is no check {name!r}", source=rule.source, help=help)
    return check_named(name)
