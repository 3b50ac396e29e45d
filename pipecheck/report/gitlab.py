"""GitLab's Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).

It has no verdicts: what cannot be told is of severity `info` and says so, and a crash of a rule is a `blocker`.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from pipecheck.findings.finding import Finding, Report
from pipecheck.report.options import RenderOptions
from pipecheck.report.places import below_root
from pipecheck.report.ranked import ranked, stated
from pipecheck.report.redaction import Redaction, printable
from pipecheck.report.sources import Sources
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

_LONGEST_MESSAGE = 1_000
_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """The findings as one JSON list, the worst first."""
    redaction = Redaction(report.secrets)
    taken: Counter[str] = Counter()
    issues = []
    for finding in ranked(report):
        taken[finding.fingerprint] += 1
        issues.append(_issue(finding, taken[finding.fingerprint], redaction, options))
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, number: int, redaction: Redaction, options: RenderOptions) -> dict[str, Any]:
    """One finding; `number` tells it from those before it that have the same fingerprint, which must be unique."""
    uri, span = finding.location.uri, finding.location.span
    return {
        "description": redaction.line(stated(finding), _LONGEST_MESSAGE),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint if number == 1 else f"{finding.fingerprint}-{number}",
        "severity": _severity(finding),
        "location": {
            "path": printable(below_root(uri, options.base, options.root) or uri),
            "positions": {
                "begin": {"line": span.line, "column": span.column},
                "end": {"line": span.end_line, "column": span.end_column},
            },
        },
    }


def _severity(finding: Finding) -> str:
    match finding.verdict:
        case Verdict.ERROR:
            return "blocker"
        case Verdict.FAIL:
            return _SEVERITIES[finding.severity]
        case _:
            return "info"
