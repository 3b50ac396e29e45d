"""A rule as data: everything its file says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.clause import Clause
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values.record import record

Params: TypeAlias = Mapping[str, object]
"""The parameters of a rule by name: each default, or what the configuration sets instead."""

Check: TypeAlias = Callable[[Subject, Inventory, Params], Iterable[Clause]]


@record
class Parameter:
    """A parameter of a rule. `type` is string, integer, boolean or list (of texts).

    `values` are the only texts that it, or an element of it, may be; empty for any.
    """

    name: str
    type: str
    default: object
    description: str
    values: tuple[str, ...] = ()


@record
class Example:
    """A case of a rule. `renderings` maps a format (`cloudformation`, `pipeline` …) to its text.

    A line of a rendering that ends in `# <- finding` is the line the finding must point at. `files` are further
    files of the case by name; `params` are parameters of the rule; `configuration` is the text of a pipecheck.yaml,
    "" for none. `verdicts` holds the formats whose verdict differs from `verdict` because they cannot express what
    decides it. `severity` is the one a failing case must have, None where any will do.
    """

    case: str
    verdict: Verdict
    renderings: Mapping[str, str]
    params: Mapping[str, object]
    files: Mapping[str, str]
    verdicts: Mapping[str, Verdict]
    configuration: str = ""
    severity: Severity | None = None


@record
class Rule:
    """One rule, called on every subject of the kinds in `subjects`.

    `python` names the check function of a Python rule; None for an expression rule, of which `when`, `require`,
    `at`, `message` and `severity_when` are the texts. `source` is the rule's file. `examples` is empty where the rule
    was read without them.
    """

    id: str
    title: str
    severity: Severity
    subjects: tuple[str, ...]
    group: str
    params: tuple[Parameter, ...]
    default: bool
    since: str
    status: str
    tags: tuple[str, ...]
    rationale: str
    remediation: str
    limits: str
    controls: Mapping[str, tuple[str, ...]]
    references: tuple[str, ...]
    examples: tuple[Example, ...]
    python: str | None
    when: str | None
    require: str | None
    at: tuple[str, ...]
    message: str
    severity_when: tuple[tuple[str, Severity], ...]
    source: str
