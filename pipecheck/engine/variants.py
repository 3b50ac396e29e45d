"""What the configuration changes about a rule for some paths or pipelines alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import PurePath
from typing import Any

from pipecheck.engine.config.configuration import Configuration, Override
from pipecheck.errors import UsageError
from pipecheck.model.subject import SubjectName
from pipecheck.rules.catalog import Catalog
from pipecheck.rules.rule import Params, Rule
from pipecheck.rules.severity import Severity
from pipecheck.values.record import record


@record
class Scope:
    """Where an override holds. `folder` is the absolute folder that its paths are relative to."""

    override: Override
    folder: str
    _compiled: dict[str, Callable[[str], bool]] = field(default_factory=dict, init=False)

    def holds(self, uri: str, pipeline: str | None) -> bool:
        """Whether it holds for something that is defined in `uri`, as used by a pipeline; None: by none."""
        if self.override.pipelines and (pipeline is None or not self._matcher("pipelines", _names)(pipeline)):
            return False
        return not self.override.paths or self._matcher("paths", _paths)(self._relative(uri))

    def _matcher(self, what: str, made: Callable[[tuple[str, ...]], Callable[[str], bool]]) -> Callable[[str], bool]:
        if what not in self._compiled:
            self._compiled[what] = made(getattr(self.override, what))
        return self._compiled[what]

    def _relative(self, uri: str) -> str:
        return PurePath(os.path.relpath(uri, self.folder)).as_posix()


def _names(globs: tuple[str, ...]) -> Callable[[str], bool]:
    import re  # noqa: PLC0415 - only for overrides
    from fnmatch import translate  # noqa: PLC0415

    pattern = re.compile("|".join(translate(glob) for glob in globs), re.IGNORECASE)
    return lambda name: pattern.match(name) is not None


def _paths(globs: tuple[str, ...]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only for overrides

    return GitIgnoreSpec.from_lines(globs).match_file


@record
class Variant:
    """What an override changes about one rule: some parameters, its severity, or that it runs."""

    scope: Scope
    params: Mapping[str, object]
    severity: Severity | None
    ignored: bool


@record
class Form:
    """The parameters and the severity with which a rule is called on a subject; None: as the rule says."""

    params: Params
    severity: Severity | None


def variants_of(rule: Rule, configuration: Configuration) -> tuple[Variant, ...]:
    """The overrides that say something of a rule, in their order."""
    found: list[Variant] = []
    for override in configuration.overrides:
        params, severity = override.parameters.get(rule.id, {}), override.severity.get(rule.id)
        ignored = any(_names_rule(selector, rule) for selector in override.ignore)
        if params or severity is not None or ignored:
            found.append(Variant(Scope(override, configuration.folder), params, severity, ignored))
    return tuple(found)


def _names_rule(selector: str, rule: Rule) -> bool:
    try:
        return bool(Catalog({rule.id: rule}).select((selector,)))
    except UsageError:
        return False


def forms(usual: Form, variants: tuple[Variant, ...], name: SubjectName, uri: str) -> tuple[Form, ...]:
    """How a rule is called on a subject that is defined in `uri`.

    Once for each way in which the pipelines that share it want it; not at all where all of them ignore the rule.
    Later overrides come before earlier ones.
    """
    users: tuple[Any, ...] = name.pipelines or (name.pipeline,)
    found: list[Form] = []
    for user in users:
        form: Form | None = usual
        holding = [variant for variant in variants if variant.scope.holds(uri, user)]
        if any(variant.ignored for variant in holding):
            form = None
        elif holding:
            params = dict(usual.params)
            severity = usual.severity
            for variant in holding:
                params.update(variant.params)
                severity = variant.severity or severity
            form = Form(params, severity)
        if form is not None and form not in found:
            found.append(form)
    return tuple(found)
