"""Pipelines as an indented list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipecheck.analysis.diagram import Diagram, DrawnAction, DrawnStage, Reach
from pipecheck.report.diagram.words import said
from pipecheck.report.redaction import Redaction

_SIGNS = {Reach.GATED: "✓", Reach.NOT_GATED: "✗", Reach.CANNOT_TELL: "?", Reach.ELSEWHERE: " ", None: " "}


def render(diagrams: Sequence[Diagram], redaction: Redaction) -> str:
    """One block per pipeline: a line per stage, and one per action with what it takes and makes."""
    return "\n\n".join("\n".join(_lines(diagram, redaction)) for diagram in diagrams) + "\n"


def _lines(diagram: Diagram, redaction: Redaction) -> Iterator[str]:
    yield redaction.line(f"{diagram.name} ({diagram.source})")
    names = [action.name for stage in diagram.stages for row in stage.rows for action in row]
    width = min(max((len(redaction.line(name)) for name in names), default=0), 40)
    for number, stage in enumerate(diagram.stages, 1):
        yield ""
        yield redaction.line(f"{number}. {stage.name}{_remarks(stage)}")
        yield from (redaction.line(f"     {condition}") for condition in stage.conditions)
        yield from (redaction.line(line) for line in _actions(stage, width))
        if not stage.complete:
            yield "     … and actions that cannot be seen"
    if not diagram.complete:
        yield from ("", "… and stages that cannot be seen")


def _remarks(stage: DrawnStage) -> str:
    remarks = ["only under a condition"] if stage.conditional else []
    if stage.disabled is not None:
        remarks.append(f"closed: {stage.disabled}")
    return f" ({'; '.join(remarks)})" if remarks else ""


def _actions(stage: DrawnStage, width: int) -> Iterator[str]:
    for step, row in enumerate(stage.rows, 1):
        for index, action in enumerate(row):
            order = f"{step}." if len(stage.rows) > 1 and index == 0 else ""
            sign = "◆" if action.gate else _SIGNS[action.reach]
            yield f"  {order:<3}{sign} {action.name:<{width}}  {_work(action)}".rstrip()
            remark = "; ".join(filter(None, [said(action), "only under a condition" if action.conditional else ""]))
            if remark:
                yield f"  {'':<5}{'':<{width}}  {remark}"


def _work(action: DrawnAction) -> str:
    kind = f"{action.category}/{action.provider}"
    flow = " → ".join([", ".join(action.inputs), ", ".join(action.outputs)]) if action.outputs else ""
    taken = f"{', '.join(action.inputs)} →" if action.inputs and not action.outputs else flow.strip()
    return f"{kind}  {taken}".rstrip()
