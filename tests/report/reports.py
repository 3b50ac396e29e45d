"""Small reports, built by hand: the least that shows what a reporter does with them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Finding, Location, Outcome, RelatedLocation, Report, Summary
from pipecheck.model.inventory import ScannedInput
from pipecheck.model.subject import SubjectName
from pipecheck.rules.rule import Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.syntax.lines import LineTable
from pipecheck.values import Reason, Span

URI = "template.yaml"
ACTION = SubjectName("action", "Resources.Shop.Stages.1.Actions.0", "shop", "Deploy", "Prod")
STORE = SubjectName("artifact_store", "Resources.Shop.ArtifactStore", "shop")
ROLE = SubjectName("role", "Resources.PipelineRole", pipelines=("shop", "search", "mail", "stock", "tax"))


class Text:
    """A source as the reporters see it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = LineTable(text, "yaml").lines


def rule(id: str = "store-key", severity: Severity = Severity.HIGH, **changes: Any) -> Rule:
    stated = Rule(
        id=id,
        title="Artifact store is not encrypted with a customer managed key",
        severity=severity,
        subjects=("artifact_store",),
        group="store",
        params=(),
        default=True,
        since="0.1.0",
        status="stable",
        tags=("encryption",),
        rationale="Whoever may read the bucket can read the artifacts.",
        remediation="Set EncryptionKey to a key of your own. Then deploy the pipeline.",
        limits="",
        controls={"owasp-cicd-sec": ("CICD-SEC-9",), "nist-800-53-r5": ("SC-28",)},
        references=("https://docs.aws.amazon.com/codepipeline/latest/userguide/S3-artifact-encryption.html",),
        examples=(),
        python=None,
        when=None,
        require="true",
        at=(),
        message="",
        severity_when=(),
        source="rules/store/store-key.yaml",
    )
    return replace(stated, **changes)


def at(
    line: int, column: int = 1, end_column: int | None = None, uri: str = URI, end_line: int | None = None
) -> Location:
    return Location(uri, Span(line, column, end_line or line, column + 1 if end_column is None else end_column))


def finding(location: Location | None = None, **changes: Any) -> Finding:
    stated = Finding(
        rule="store-key",
        severity=Severity.HIGH,
        verdict=Verdict.FAIL,
        message="the store uses alias/aws/s3",
        subject=STORE,
        location=location or at(1),
        identity=("f1",),
    )
    return replace(stated, **changes)


def unknown(location: Location | None = None, **changes: Any) -> Finding:
    stated: dict[str, Any] = {
        "verdict": Verdict.UNKNOWN,
        "reason": Reason.NOT_SCANNED,
        "message": "cannot tell: the bucket artifacts is not in the input",
    }
    return finding(location, **(stated | changes))


def related(message: str, location: Location) -> RelatedLocation:
    return RelatedLocation(location, message)


def outcome(*findings: Finding, **changes: Any) -> Outcome:
    """The outcome of the findings; one that passes where there is none."""
    first = findings[0] if findings else None
    stated: dict[str, Any] = {
        "rule": first.rule if first else "store-key",
        "subject": first.subject if first else STORE,
        "location": first.location if first else at(1),
        "verdict": first.verdict if first else Verdict.PASS,
    }
    return Outcome(findings=findings, **(stated | changes))


def report(
    *findings: Finding,
    outcomes: Iterable[Outcome] | None = None,
    rules: Iterable[Rule] | None = None,
    inputs: Iterable[ScannedInput] = (ScannedInput(URI, "cloudformation", ("shop",)),),
    errors: Iterable[PipecheckError] = (),
    secrets: Iterable[str] = (),
) -> Report:
    """A report of the findings, counted, with one outcome for each unless told otherwise."""
    made = tuple(outcomes) if outcomes is not None else tuple(outcome(finding) for finding in findings)
    ran = tuple(rules) if rules is not None else tuple(rule(id) for id in sorted({f.rule for f in findings}))
    verdicts = {verdict: sum(one.verdict is verdict for one in made) for verdict in Verdict}
    failed = [one.severity for one in findings if one.verdict is Verdict.FAIL]
    return Report(
        findings=findings,
        outcomes=made,
        summary=Summary(verdicts, {severity: failed.count(severity) for severity in Severity}),
        inputs=tuple(inputs),
        errors=tuple(errors),
        rules={one.id: one for one in ran},
        secrets=frozenset(secrets),
    )


def sources(text: str = "", **more: str) -> Mapping[str, Text]:
    """`text` as the template, and further sources by name."""
    return {URI: Text(text)} | {uri: Text(other) for uri, other in more.items()}
