"""Pipelines as Mermaid flowcharts (https://mermaid.js.org/syntax/flowchart.html), which GitHub and GitLab draw.

Names are written with entity codes for all that Mermaid or HTML would act on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipecheck.analysis.diagram import Diagram, DrawnAction, Reach
from pipecheck.report.redaction import Redaction
from pipecheck.values.record import record

_CLASSES = {
    "gate": "fill:#dafbe1,stroke:#1a7f37",
    "gated": "fill:#ddf4ff,stroke:#0969da",
    "notgated": "fill:#ffebe9,stroke:#cf222e,stroke-width:3px",
    "unknown": "fill:#fff8c5,stroke:#9a6700,stroke-dasharray:4 3",
}
_REACHED = {Reach.GATED: "gated", Reach.NOT_GATED: "notgated", Reach.CANNOT_TELL: "unknown"}
_ACTIVE = re.compile(r"[^\w ,./→-]")


@record
class _Drawn:
    """An action with its id in the chart."""

    id: str
    action: DrawnAction


def render(diagrams: Sequence[Diagram], redaction: Redaction) -> str:
    """One chart; each pipeline is a box of its own in it."""
    lines = [line for number, diagram in enumerate(diagrams) for line in _pipeline(diagram, f"p{number}", redaction)]
    classes = (f"  classDef {name} {style}" for name, style in _CLASSES.items())
    return "\n".join(["flowchart LR", *lines, *classes]) + "\n"


def _pipeline(diagram: Diagram, id: str, redaction: Redaction) -> Iterator[str]:
    yield f'  subgraph {id}["{_text(redaction.line(diagram.name))}"]'
    drawn: list[_Drawn] = []
    for number, stage in enumerate(diagram.stages):
        yield f'  subgraph {id}s{number}["{_text(redaction.line(stage.name))}"]'
        yield "    direction TB"
        for row_number, row in enumerate(stage.rows):
            for column, action in enumerate(row):
                one = _Drawn(f"{id}s{number}r{row_number}a{column}", action)
                drawn.append(one)
                yield f"    {_node(one, redaction)}"
        yield from _order(f"{id}s{number}", [len(row) for row in stage.rows])
        yield "  end"
    yield from (f"  {id}s{number} ==> {id}s{number + 1}" for number in range(len(diagram.stages) - 1))
    yield from _flows(drawn, redaction)
    yield "  end"


def _node(drawn: _Drawn, redaction: Redaction) -> str:
    action = drawn.action
    label = f"{_text(redaction.line(action.name))}<br/>{_text(redaction.line(action.provider))}"
    opening, closing = ('{{"', '"}}') if action.gate else ('["', '"]')
    style = "gate" if action.gate else _REACHED.get(action.reach) if action.reach is not None else None
    return f"{drawn.id}{opening}{label}{closing}{f':::{style}' if style else ''}"


def _order(stage: str, rows: Sequence[int]) -> Iterator[str]:
    """Every action of a row comes before every action of the next."""
    for number in range(len(rows) - 1):
        before = " & ".join(f"{stage}r{number}a{column}" for column in range(rows[number]))
        after = " & ".join(f"{stage}r{number + 1}a{column}" for column in range(rows[number + 1]))
        yield f"    {before} --> {after}"


def _flows(drawn: Sequence[_Drawn], redaction: Redaction) -> Iterator[str]:
    makers = {output: one.id for one in drawn for output in one.action.outputs}
    for one in drawn:
        for artifact in one.action.inputs:
            if artifact in makers:
                yield f'  {makers[artifact]} -. "{_text(redaction.line(artifact))}" .-> {one.id}'


def _text(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"#{ord(found.group())};", text)
