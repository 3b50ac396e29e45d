"""What cfn-lint says of templates with pipelines, as a run of its own for SARIF."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from pipecheck.findings.finding import ForeignResult, ForeignRun, Location, Report
from pipecheck.values import Span

_LEVELS = {"error": "error", "warning": "warning", "informational": "note"}
_TEMPLATES = "cloudformation"


def cfn_lint_run(report: Report, cwd: Path) -> ForeignRun:
    """The findings of cfn-lint on the templates of the report that hold a pipeline, in order of place."""
    from cfnlint.api import lint_file  # noqa: PLC0415 - takes half a second and more
    from cfnlint.config import ManualArgs  # noqa: PLC0415
    from cfnlint.version import __version__  # noqa: PLC0415

    logging.getLogger("cfnlint").setLevel(logging.CRITICAL)
    templates = [one.uri for one in report.inputs if one.pipelines and one.kind == _TEMPLATES]
    results = [
        _result(match, uri)
        for uri in templates
        if (cwd / uri).is_file()
        for match in lint_file(cwd / uri, config=ManualArgs())
    ]
    return ForeignRun("cfn-lint", __version__, tuple(sorted(set(results), key=_order)))


def _result(match: Any, uri: str) -> ForeignResult:
    line, column = max(1, match.linenumber), max(1, match.columnnumber)
    end_line = max(line, match.linenumberend)
    end_column = max(1, match.columnnumberend)
    if end_line == line and end_column <= column:
        end_column = column + 1
    return ForeignResult(
        rule=match.rule.id,
        title=match.rule.shortdesc,
        page=match.rule.source_url or None,
        level=_LEVELS.get(match.rule.severity, "warning"),
        message=match.message,
        location=Location(uri, Span(line, column, end_line, end_column)),
    )


def _order(result: ForeignResult) -> tuple[str, int, int, str, str]:
    span = result.location.span
    return result.location.uri, span.line, span.column, result.rule, result.message
