"""The formats of drawings by name. Only the module of the format asked for is imported."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from pipecheck.analysis.diagram import Diagram
from pipecheck.report.redaction import Redaction

DIAGRAM_FORMATS = ("text", "mermaid", "svg", "json")
"""The names that `pipecheck graph --format` takes, the default first."""


class DiagramRenderer(Protocol):
    """Makes the whole text of some drawings, which ends in a line break."""

    def __call__(self, diagrams: Sequence[Diagram], redaction: Redaction) -> str: ...


def diagram_renderer(format: str) -> DiagramRenderer:
    """The renderer of one of DIAGRAM_FORMATS; ModuleNotFoundError for any other name."""
    return cast(DiagramRenderer, import_module(f"pipecheck.report.diagram.{format}").render)
