"""SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code scanning services.

The full profile says all that a report says. The profile `github` says what GitHub code scanning understands:
it reads no kinds, so what cannot be told would look like a failure, and is left out unless asked for.
"""

from __future__ import annotations

import json
from itertools import chain, zip_longest
from typing import Any

from pipecheck import __version__
from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Report
from pipecheck.report.options import RenderOptions
from pipecheck.report.places import file_uri
from pipecheck.report.redaction import printable
from pipecheck.report.sarif_results import LEVELS, ROOT_ID, ResultWriter, paragraphs
from pipecheck.report.sources import Sources
from pipecheck.rules.rule import Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_TAGS = 10
_LONGEST_DESCRIPTION = 1_024

# The middle of the range that GitHub calls by the same name; what is only informative has no score.
_SECURITY_SEVERITY = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}


def render(report: Report, sources: Sources, options: RenderOptions) -> str:
    """One run with every rule that ran, the results, and what went wrong as notifications."""
    import sarif_om  # noqa: PLC0415 - takes 60 ms and brings attrs with it

    writer = ResultWriter(report, sources, options)
    driver = sarif_om.ToolComponent(
        name="pipecheck",
        full_name=f"pipecheck {__version__}",
        semantic_version=__version__,
        rules=[_descriptor(sarif_om, report.rules[id]) for id in sorted(report.rules)],
    )
    run = sarif_om.Run(
        tool=sarif_om.Tool(driver=driver),
        results=writer.results(),
        column_kind="unicodeCodePoints",
        original_uri_base_ids={ROOT_ID: _root(sarif_om, options)},
        automation_details=sarif_om.RunAutomationDetails(id=f"{options.sarif_category}/{_audited(report)}"),
        invocations=[_invocation(sarif_om, report, writer)],
    )
    log = sarif_om.SarifLog(version="2.1.0", schema_uri=_SCHEMA, runs=[run])
    first = {"$schema": log.schema_uri, "version": log.version}
    return json.dumps(first | _plain(log), ensure_ascii=False, indent=2) + "\n"


def _audited(report: Report) -> str:
    """`<account>/<region>/` of the live pipelines in the report, as far as all of them are in one; else empty.

    Code scanning then keeps the results of one account and region beside those of another.
    """
    arns = (outcome.subject.arn for outcome in report.outcomes if outcome.subject.pipeline is not None)
    places = {tuple(arn.split(":")[4:2:-1]) for arn in arns if arn is not None and ":codepipeline:" in arn}
    accounts = {place[0] for place in places}
    if len(places) == 1:
        return "".join(f"{part}/" for part in places.pop())
    return f"{accounts.pop()}/" if len(accounts) == 1 else ""


def _descriptor(om: Any, rule: Rule) -> Any:
    rationale = " ".join(paragraphs(rule.rationale))
    return om.ReportingDescriptor(
        id=rule.id,
        name=_name(rule),
        short_description=om.MultiformatMessageString(text=_description(rule.title)),
        full_description=om.MultiformatMessageString(text=_description(rationale or rule.title)),
        help=om.MultiformatMessageString(text=_help_text(rule), markdown=_help_markdown(rule)),
        # Not as a ReportingConfiguration, which would leave out the level that is SARIF's default.
        default_configuration={"level": LEVELS[rule.severity]},
        properties=_properties(rule),
    )


def _name(rule: Rule) -> str | None:
    """The id as one identifier; None where that would only repeat it (SARIF 2.1.0, 3.49.7)."""
    words = rule.id.split("-")
    return "".join(word.capitalize() for word in words) if len(words) > 1 else None


def _description(text: str) -> str:
    line = printable(text)
    line = line if line.endswith((".", "!", "?")) else f"{line}."
    return line if len(line) <= _LONGEST_DESCRIPTION else f"{line[: _LONGEST_DESCRIPTION - 1]}…"


def _properties(rule: Rule) -> dict[str, Any]:
    score = _SECURITY_SEVERITY.get(rule.severity)
    return {
        **({"security-severity": score} if score else {}),
        "precision": "medium" if rule.status == "preview" else "high",
        "tags": _tags(rule),
    }


def _tags(rule: Rule) -> list[str]:
    """What GitHub filters by: the rule's group and tags, then controls, those of each framework in turn."""
    controls = ([f"{framework}/{id}" for id in ids] for framework, ids in rule.controls.items())
    in_turn = (control for turn in zip_longest(*controls) for control in turn if control)
    tags = dict.fromkeys(printable(tag) for tag in chain(("security", rule.group), rule.tags, in_turn))
    return list(tags)[:_MOST_TAGS]


def _sections(rule: Rule) -> list[tuple[str, str]]:
    sections = [
        ("Why it matters", rule.rationale),
        ("How to mend it", rule.remediation),
        ("What the rule does not see", rule.limits),
        ("References", "\n".join(f"- {reference}" for reference in rule.references)),
    ]
    return [(title, _printable_lines(text.strip())) for title, text in sections if text.strip()]


def _printable_lines(text: str) -> str:
    return "\n".join(map(printable, text.splitlines()))


def _help_text(rule: Rule) -> str:
    return "\n\n".join([_description(rule.title), *(f"{title}:\n{text}" for title, text in _sections(rule))])


def _help_markdown(rule: Rule) -> str:
    sections = (f"## {title}\n\n{text}" for title, text in _sections(rule))
    return "\n\n".join([f"**{_description(rule.title)}**", *sections])


def _root(om: Any, options: RenderOptions) -> Any:
    root = options.root or options.base
    if root is None:
        return om.ArtifactLocation(description=om.Message(text="The folder that the scan was started in."))
    return om.ArtifactLocation(uri=f"{file_uri(root).rstrip('/')}/")


def _invocation(om: Any, report: Report, writer: ResultWriter) -> Any:
    notifications = [*writer.crashes(), *(_notification(error, writer) for error in report.errors)]
    crashed = any(finding.verdict is Verdict.ERROR for finding in report.findings)
    return om.Invocation(
        execution_successful=not crashed and not report.errors,
        tool_execution_notifications=notifications or None,
    )


def _notification(error: PipecheckError, writer: ResultWriter) -> dict[str, Any]:
    text = " ".join(writer.sentence(line) for line in (error.message, *error.help))
    notification: dict[str, Any] = {"level": "error", "message": {"text": text}}
    if error.source is not None:
        physical: dict[str, Any] = {"artifactLocation": writer.artifact(error.source)}
        if error.line is not None:
            physical["region"] = {"startLine": error.line, "startColumn": error.column or 1}
        notification["locations"] = [{"physicalLocation": physical}]
    return notification


def _plain(value: Any) -> Any:
    """An object of sarif_om as plain data, without the members that have their default."""
    fields = getattr(type(value), "__attrs_attrs__", None)
    if fields is not None:
        members = ((field, getattr(value, field.name)) for field in fields)
        return {
            field.metadata["schema_property_name"]: _plain(member)
            for field, member in members
            if member != _default(field)
        }
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    return [_plain(member) for member in value] if isinstance(value, list) else value


def _default(field: Any) -> Any:
    factory = getattr(field.default, "factory", None)
    return factory() if factory is not None else field.default
