"""A check run with an annotation per finding (https://docs.github.com/en/rest/checks/runs)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipecheck.github.client import ApiError, Client
from pipecheck.report.github import Annotation
from pipecheck.values.record import record

_BATCH = 50
"""Annotations that one call takes; each further call adds as many."""
_MOST = 1_000
"""Beyond that nobody reads them, and every 50 cost a call."""
_LONGEST_TITLE = 255
_LONGEST_SUMMARY = 65_535
_LEVELS = {"error": "failure", "warning": "warning", "notice": "notice"}


@record
class CheckRun:
    """What a check run says. `conclusion` is success, neutral or failure."""

    name: str
    commit: str
    conclusion: str
    title: str
    summary: str


def publish(client: Client, run: CheckRun, annotations: Sequence[Annotation]) -> int:
    """Publishes the check run and returns how many of the annotations it has; they are those at the beginning.

    Only an annotation of a line can be published, so the others must come last. Raises ApiError where there is no
    check run at all.
    """
    placed = [_placed(one) for one in annotations[:_MOST] if one.path is not None and one.span is not None]
    output = {"title": run.title[:_LONGEST_TITLE], "summary": run.summary[:_LONGEST_SUMMARY]}
    made = client.send(
        "POST",
        "check-runs",
        {
            "name": run.name,
            "head_sha": run.commit,
            "status": "completed",
            "conclusion": run.conclusion,
            "output": {**output, "annotations": placed[:_BATCH]},
        },
    )
    number = made.get("id") if isinstance(made, dict) else None
    if not isinstance(number, int):
        raise ApiError("GitHub made a check run without a number", None)
    for start in range(_BATCH, len(placed), _BATCH):
        batch = {**output, "annotations": placed[start : start + _BATCH]}
        try:
            client.send("PATCH", f"check-runs/{number}", {"output": batch})
        except ApiError:
            return start
    return len(placed)


def _placed(annotation: Annotation) -> dict[str, Any]:
    span = annotation.span
    if span is None:
        raise ValueError("only an annotation of a line can be published")
    stated: dict[str, Any] = {
        "path": annotation.path,
        "start_line": span.line,
        "end_line": span.end_line,
        "annotation_level": _LEVELS[annotation.level],
        "title": annotation.title[:_LONGEST_TITLE],
        "message": annotation.message,
    }
    if span.line == span.end_line:
        stated |= {"start_column": span.column, "end_column": span.end_column}
    return stated
