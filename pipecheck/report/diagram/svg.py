"""Pipelines as one SVG picture: stages from top to bottom, actions of one run order side by side.

The way from the source to an action that reaches production without a gate is drawn in red. The layout is made for
pipelines of any size: rows that are too long go on below, and the picture grows downwards only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from pipecheck.analysis.diagram import Diagram, DrawnAction, DrawnStage, Reach
from pipecheck.report.diagram.words import said
from pipecheck.report.redaction import Redaction
from pipecheck.report.xml import attributes, escaped
from pipecheck.values.record import record

_MARGIN = 24
_PAD = 16
_CARD = (300, 100)
_GAP = 14
_TITLE = 30
_NOTE = 16
_LANE = 34
_PER_ROW = 4
_MOST_IN_LINE = 46
_FIRST_CENTRE = _MARGIN + _PAD + _CARD[0] // 2
_STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 17px; font-weight: 600; }
  .stage { fill: #f6f8fa; stroke: #d1d9e0; }
  .stage-name { font-size: 14px; font-weight: 600; }
  .card { fill: #ffffff; stroke: #8c959f; }
  .name { font-weight: 600; }
  .small { font-size: 11px; fill: #59636e; }
  .gate { fill: #dafbe1; stroke: #1a7f37; stroke-width: 2; }
  .gated { fill: #ddf4ff; stroke: #0969da; stroke-width: 2; }
  .not-gated { fill: #ffebe9; stroke: #cf222e; stroke-width: 3; }
  .cannot-tell { fill: #fff8c5; stroke: #9a6700; stroke-width: 2; stroke-dasharray: 5 3; }
  .way { stroke: #8c959f; stroke-width: 2; fill: none; }
  .broken { stroke: #cf222e; stroke-width: 4; fill: none; }
"""
_REACHED = {Reach.GATED: "gated", Reach.NOT_GATED: "not-gated", Reach.CANNOT_TELL: "cannot-tell"}


@record
class _Placed:
    """Lines of SVG that begin at some height, and the height below them."""

    lines: tuple[str, ...]
    bottom: int


def render(diagrams: Sequence[Diagram], redaction: Redaction) -> str:
    """One picture of all pipelines, one below the other."""
    columns = max((len(row) for one in diagrams for stage in one.stages for row in stage.rows), default=1)
    width = 2 * (_MARGIN + _PAD) + min(max(columns, 2), _PER_ROW) * (_CARD[0] + _GAP) - _GAP
    top = _MARGIN
    lines: list[str] = []
    for diagram in diagrams:
        placed = _pipeline(diagram, top, width, redaction)
        lines += placed.lines
        top = placed.bottom + 2 * _MARGIN
    size = attributes(width=width, height=top, viewBox=f"0 0 {width} {top}")
    opening = f'<svg xmlns="http://www.w3.org/2000/svg"{size} role="img">'
    background = f'<rect width="{width}" height="{top}" fill="#ffffff"/>'
    return "\n".join([opening, f"<style>{_STYLE}</style>", background, *lines, "</svg>"]) + "\n"


def _pipeline(diagram: Diagram, top: int, width: int, redaction: Redaction) -> _Placed:
    title = redaction.line(f"{diagram.name} ({diagram.source})")
    lines = [_text(_MARGIN, top + 14, title, "title", 70)]
    y = top + _TITLE
    last_broken = max((i for i, stage in enumerate(diagram.stages) if _is_broken(stage)), default=-1)
    for index, stage in enumerate(diagram.stages):
        if index:
            lines.append(_arrow(y, broken=index <= last_broken))
            y += _LANE
        placed = _stage(stage, y, width, redaction)
        lines += placed.lines
        y = placed.bottom
    if not diagram.complete:
        lines.append(_text(_MARGIN, y + 18, "… and stages that cannot be seen", "small"))
        y += 24
    return _Placed(tuple(lines), y)


def _is_broken(stage: DrawnStage) -> bool:
    return any(action.reach is Reach.NOT_GATED for row in stage.rows for action in row)


def _stage(stage: DrawnStage, top: int, width: int, redaction: Redaction) -> _Placed:
    remarks = [*stage.conditions]
    if stage.disabled is not None:
        remarks.append(f"closed: {stage.disabled}")
    if stage.conditional:
        remarks.append("only under a condition")
    if not stage.complete:
        remarks.append("and actions that cannot be seen")
    y = top + _TITLE
    inner = [_text(_MARGIN + _PAD, top + 20, redaction.line(stage.name), "stage-name", 80)]
    for remark in remarks:
        inner.append(_text(_MARGIN + _PAD, y + 8, redaction.line(remark), "small", 100))
        y += _NOTE
    for number, row in enumerate(stage.rows):
        if number:
            inner.append(_then(y))
            y += _GAP
        placed = _row(row, y, redaction)
        inner += placed.lines
        y = placed.bottom
    box = attributes(x=_MARGIN, y=top, width=width - 2 * _MARGIN, height=y - top, rx=8)
    return _Placed((f'<rect class="stage"{box}/>', *inner), y)


def _row(row: Sequence[DrawnAction], top: int, redaction: Redaction) -> _Placed:
    lines: list[str] = []
    for index, action in enumerate(row):
        x = _MARGIN + _PAD + (index % _PER_ROW) * (_CARD[0] + _GAP)
        y = top + (index // _PER_ROW) * (_CARD[1] + _GAP)
        lines += _card(action, x, y, redaction)
    count = -(-len(row) // _PER_ROW)
    return _Placed(tuple(lines), top + count * (_CARD[1] + _GAP))


def _card(action: DrawnAction, x: int, y: int, redaction: Redaction) -> Iterator[str]:
    style = "gate" if action.gate else _REACHED.get(action.reach, "card") if action.reach else "card"
    name = redaction.line(action.name)
    kind = redaction.line(f"{action.category} / {action.provider}")
    flow = redaction.line(_flow(action))
    remark = redaction.line(said(action))
    rest = f"{' (conditional)' if action.conditional else ''}"
    yield "<g>"
    yield f"<title>{escaped(': '.join(filter(None, [name + rest, kind, flow, remark])))}</title>"
    yield f'<rect class="{style}"{attributes(x=x, y=y, width=_CARD[0], height=_CARD[1], rx=6)}/>'
    yield _text(x + 10, y + 20, f"{name}{rest}", "name", 40)
    yield _text(x + 10, y + 37, kind, "small", _MOST_IN_LINE)
    yield _text(x + 10, y + 54, flow, "small", _MOST_IN_LINE)
    for line, part in enumerate(wrap(remark, _MOST_IN_LINE, max_lines=2, placeholder=" …")):
        yield _text(x + 10, y + 74 + 15 * line, part, "small")
    yield "</g>"


def _flow(action: DrawnAction) -> str:
    if not action.inputs and not action.outputs:
        return ""
    return f"{', '.join(action.inputs)} → {', '.join(action.outputs)}".strip()


def _arrow(y: int, *, broken: bool) -> str:
    x, end = _FIRST_CENTRE, y + _LANE - 4
    path = f"M {x} {y + 4} V {end} M {x - 6} {end - 8} L {x} {end} L {x + 6} {end - 8}"
    return f'<path class="{"broken" if broken else "way"}"{attributes(d=path)}/>'


def _then(y: int) -> str:
    return f'<path class="way"{attributes(d=f"M {_FIRST_CENTRE} {y - _GAP} V {y + _GAP}")}/>'


def _text(x: int, y: int, text: str, style: str, most: int = 200) -> str:
    shown = text if len(text) <= most else f"{text[: most - 1]}…"
    return f'<text class="{style}"{attributes(x=x, y=y)}>{escaped(shown)}</text>' if shown else ""
