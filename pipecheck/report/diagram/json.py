"""Pipelines as data for other drawing programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipecheck.analysis.diagram import Diagram, DrawnAction, DrawnStage
from pipecheck.report.redaction import Redaction

SCHEMA = "pipecheck/graph/v1"


def render(diagrams: Sequence[Diagram], redaction: Redaction) -> str:
    """The stages of each pipeline with their actions by run order; within a version there are only additions."""
    pipelines = [
        {
            "name": redaction.line(diagram.name),
            "source": redaction.line(diagram.source),
            "complete": diagram.complete,
            "stages": [_stage(stage, redaction) for stage in diagram.stages],
        }
        for diagram in diagrams
    ]
    return json.dumps({"schema": SCHEMA, "pipelines": pipelines}, ensure_ascii=False, indent=2) + "\n"


def _stage(stage: DrawnStage, redaction: Redaction) -> dict[str, Any]:
    return {
        "name": redaction.line(stage.name),
        "conditional": stage.conditional,
        "complete": stage.complete,
        "conditions": [redaction.line(condition) for condition in stage.conditions],
        "disabled": None if stage.disabled is None else redaction.line(stage.disabled),
        "rows": [[_action(action, redaction) for action in row] for row in stage.rows],
    }


def _action(action: DrawnAction, redaction: Redaction) -> dict[str, Any]:
    return {
        "name": redaction.line(action.name),
        "category": redaction.line(action.category),
        "provider": redaction.line(action.provider),
        "inputs": [redaction.line(name) for name in action.inputs],
        "outputs": [redaction.line(name) for name in action.outputs],
        "gate": action.gate,
        "reach": None if action.reach is None else action.reach.value,
        "note": redaction.line(action.note),
        "conditional": action.conditional,
    }
