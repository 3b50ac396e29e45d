"""The report for programs, version 1; `report.schema.json` beside this file describes it.

Within a version there are only additions. A change of meaning is a new version.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipecheck import __version__
from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Comparison, Finding, Location, Outcome, Report, Suppression, place_order
from pipecheck.model.inventory import ScannedInput
from pipecheck.model.subject import SubjectName
from pipecheck.report.options import RenderOptions
from pipecheck.report.redaction import Redaction, printable
from pipecheck.report.reported import clean_outcomes
from pipecheck.report.sources import Sources
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

if TYPE_CHECKING:
    from pipecheck.findings.coverage import Coverage

SCHEMA = "pipecheck/report/v1"


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """The report as indented JSON; findings hold FAIL, UNKNOWN and ERROR, with `verbose` all other outcomes too."""
    writer = _Writer(Redaction(report.secrets))
    found = sorted((*report.findings, *report.suppressed), key=place_order) if report.suppressed else report.findings
    findings = [writer.finding(finding) for finding in found]
    if options.verbose:
        findings += [writer.clean(outcome) for outcome in clean_outcomes(report)]
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "pipecheck", "version": __version__},
        "summary": _summary(report),
        "findings": findings,
        "inputs": [writer.input(one) for one in report.inputs],
        "errors": [writer.error(error) for error in report.errors],
    }
    if report.comparison is not None:
        content["comparison"] = writer.comparison(report.comparison)
    if report.coverage:
        content["coverage"] = [_coverage(one) for one in report.coverage]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _summary(report: Report) -> dict[str, Any]:
    counts = report.summary
    return {
        "verdicts": {verdict.value: counts.verdicts.get(verdict, 0) for verdict in Verdict},
        "failed_by_severity": {
            severity.value: counts.failed_by_severity.get(severity, 0) for severity in reversed(Severity)
        },
        "inputs": len(report.inputs),
        "pipelines": sum(len(one.pipelines) for one in report.inputs),
        "suppressed": counts.suppressed,
    }


class _Writer:
    """Turns the parts of a report into what `json` writes, with every text of the input redacted."""

    def __init__(self, redaction: Redaction) -> None:
        self._line = redaction.line

    def finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "verdict": finding.verdict.value,
            "message": self._line(finding.message),
            "reason": finding.reason.value if finding.reason else None,
            "subject": self._subject(finding.subject),
            "location": _location(finding.location),
            "related": [
                {"message": self._line(related.message), "location": _location(related.location)}
                for related in finding.related
            ],
            "assumptions": [self._line(assumption) for assumption in finding.assumptions],
            "fingerprint": finding.fingerprint,
            "suppressed": self._suppression(finding.suppressed),
            "controls": {framework: list(controls) for framework, controls in finding.controls.items()},
            "fix": None,
        }

    def comparison(self, comparison: Comparison) -> dict[str, Any]:
        """What became of the findings of before, by fingerprint; those that `findings` holds are the new ones."""
        return {
            "against": self._line(comparison.against),
            "remaining": [finding.fingerprint for finding in comparison.remaining],
            "fixed": [known.fingerprint for known in comparison.fixed],
        }

    def _suppression(self, suppression: Suppression | None) -> dict[str, Any] | None:
        if suppression is None:
            return None
        return {
            "kind": suppression.kind,
            "reason": self._line(suppression.reason),
            "owner": self._optional(suppression.owner),
            "expires": suppression.expires,
            "location": _location(suppression.location),
        }

    def clean(self, outcome: Outcome) -> dict[str, Any]:
        """An outcome without a finding: what passes has no severity, and nothing to tell it by."""
        passes = outcome.verdict is Verdict.PASS
        return {
            "rule": outcome.rule,
            "severity": None,
            "verdict": outcome.verdict.value,
            "message": "the requirement is met" if passes else "the rule does not apply",
            "reason": None,
            "subject": self._subject(outcome.subject),
            "location": _location(outcome.location),
            "related": [],
            "assumptions": [],
            "fingerprint": None,
            "suppressed": None,
            "controls": {},
            "fix": None,
        }

    def input(self, one: ScannedInput) -> dict[str, Any]:
        return {
            "uri": printable(one.uri),
            "kind": one.kind,
            "pipelines": [self._line(name) for name in one.pipelines],
        }

    def error(self, error: PipecheckError) -> dict[str, Any]:
        return {
            "message": self._line(error.message),
            "uri": None if error.source is None else printable(error.source),
            "line": error.line,
            "column": error.column,
            "help": [self._line(line) for line in error.help],
        }

    def _subject(self, subject: SubjectName) -> dict[str, Any]:
        return {
            "kind": subject.kind,
            "pipeline": self._optional(subject.pipeline),
            "stage": self._optional(subject.stage),
            "action": self._optional(subject.action),
            "address": self._line(subject.address),
            "arn": self._optional(subject.arn),
            "pipelines": [self._line(name) for name in subject.pipelines],
        }

    def _optional(self, text: str | None) -> str | None:
        return None if text is None else self._line(text)


def _coverage(coverage: Coverage) -> dict[str, Any]:
    framework = coverage.framework
    return {
        "framework": framework.slug,
        "title": framework.title,
        "mapping": framework.mapping,
        "controls": [
            {"id": c.id, "title": c.title, "state": c.state, "rules": list(c.rules), "why": c.why}
            for c in coverage.controls
        ],
    }


def _location(location: Location) -> dict[str, Any]:
    span = location.span
    return {
        "uri": printable(location.uri),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
