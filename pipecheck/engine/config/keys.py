"""Every key of a configuration: what it holds and what it is for. Reader, schema and reference follow from these."""

from __future__ import annotations

import re

from pipecheck.engine.config.shapes import Choice, Date, Defined, Entries, Flag, Key, Keys, Named, Text, TextOr, Texts
from pipecheck.rules.severity import Severity

SEVERITIES = tuple(severity.value for severity in reversed(Severity))
FAIL_ON = (*SEVERITIES, "never")
UNKNOWN = ("report", "fail", "ignore")

_GLOB = r"^(?=[\s\S]*\S)(?:[^\[]|\[[\s\S][^\]]*\])*$"
"""Not blank, and every [ has its ]; in Python and in ECMAScript, whose regular expressions JSON Schema has."""


def _wrong_glob(text: str) -> str | None:
    if not text.strip():
        return "an empty one matches nothing"
    if re.search(_GLOB, text) is None:
        return "a [ has no ]; a literal one is written [[]"
    return None


def _wrong_path_glob(text: str) -> str | None:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where there is one

    try:
        GitIgnoreSpec.from_lines([text])
    except ValueError:
        return "it is none in the manner of .gitignore"
    return _wrong_glob(text)


GLOB = Text("a glob", _wrong_glob, {"pattern": _GLOB})
GLOBS = Texts(GLOB)
PATHS = Texts(Text("a glob", _wrong_path_glob, {"pattern": _GLOB}))
TEXTS = Texts(Text())
FILE = Text("a path", lambda text: None if text.strip() else "it is empty", {"pattern": r"\S"})

_RULE = Defined(Text("the id of a rule"), "rule")
_SELECTORS = Texts(Defined(Text("rules: an id, a glob, group:NAME, tag:NAME, framework:SLUG or ALL"), "selector"))
_SEVERITY = Defined(Named(Choice(SEVERITIES)), "severities")
_PARAMETERS = Defined(Named(Named(None)), "parameters")

_PRODUCTION = Keys(
    {
        "names": Key(GLOBS, "Further names of production: of stacks and other targets, roles, stages and actions."),
        "accounts": Key(GLOBS, "Production accounts. Once some are named, no other account is production."),
        "stacks": Key(GLOBS, "Stacks and stack sets that are production."),
        "pipelines": Key(GLOBS, "Pipelines of which every deployment is production."),
    }
)
_NOT_PRODUCTION = Keys(
    {
        "names": Key(GLOBS, "Further names of environments that are not production."),
        "pipelines": Key(GLOBS, "Pipelines that never reach production."),
    }
)
_ENVIRONMENT = Keys(
    {
        "name": Key(Text(), "What messages call it."),
        "production": Key(Flag(), "Whether it is production."),
        "accounts": Key(GLOBS, "Accounts of the role or target."),
        "regions": Key(GLOBS, "Regions that the action works in."),
        "stacks": Key(GLOBS, "Stacks and stack sets."),
        "clusters": Key(GLOBS, "ECS and EKS clusters."),
        "services": Key(GLOBS, "ECS services."),
        "pipelines": Key(GLOBS, "Pipelines, by name or logical id."),
        "tags": Key(Named(GLOB), "Tags of the pipeline: a glob of the value for each key."),
    },
    required=("name", "production"),
    optional=False,
)
_OVERRIDE = Keys(
    {
        "paths": Key(PATHS, "Files, as in .gitignore, relative to the configuration's folder."),
        "pipelines": Key(GLOBS, "Names of pipelines; logical ids where the names are not known."),
        "parameters": Key(_PARAMETERS, "Parameters of rules, there."),
        "severity": Key(_SEVERITY, "Severities of rules, there."),
        "ignore": Key(_SELECTORS, "Rules that do not run, there."),
    },
    optional=False,
)
_RULE_FOLDER = Keys(
    {
        "path": Key(FILE, "The folder, relative to the configuration's."),
        "python_rules": Key(Flag(), "Whether the Python checks in it may be loaded, with --allow-python-rules."),
    },
    required=("path",),
    optional=False,
)
_WAIVER = Keys(
    {
        "rule": Key(_RULE, "The rule."),
        "subject": Key(GLOB, "A glob over every name of the subject."),
        "reason": Key(Text(), "Why it is accepted."),
        "owner": Key(Text(), "Who answers for it."),
        "expires": Key(Date(), "The last day on which it holds: YYYY-MM-DD."),
    },
    required=("rule", "subject"),
    optional=False,
)

CONFIGURATION = Keys(
    {
        "select": Key(_SELECTORS, "Rules that run, in place of those that run by default."),
        "ignore": Key(_SELECTORS, "Rules that do not run."),
        "severity": Key(_SEVERITY, "Severities of rules, in place of their own."),
        "parameters": Key(_PARAMETERS, "Parameters of rules."),
        "production": Key(_PRODUCTION, "What production is, beyond what names say."),
        "not_production": Key(_NOT_PRODUCTION, "What is not production."),
        "environments": Key(Entries(_ENVIRONMENT), "Environments; the first that matches an action decides."),
        "continuous_deployment": Key(GLOBS, "Pipelines that reach production without an approval on purpose."),
        "overrides": Key(Entries(_OVERRIDE), "What holds for some paths or pipelines alone; later ones win."),
        "rules": Key(Entries(TextOr(FILE, _RULE_FOLDER)), "Folders of own rules."),
        "plugins": Key(TEXTS, "Plug-ins whose rules are loaded: the prefixes of their ids."),
        "waivers": Key(Entries(_WAIVER), "Findings that are accepted for a time."),
        "baseline": Key(FILE, "File with the findings that are known already."),
        "fail_on": Key(Choice(FAIL_ON), "The mildest severity that makes a scan fail.", "high"),
        "unknown": Key(Choice(UNKNOWN), "What to do with what cannot be told.", "report"),
        "exclude": Key(PATHS, "Files and folders that a search leaves out, as in .gitignore."),
    }
)
