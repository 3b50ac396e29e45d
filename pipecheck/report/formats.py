"""The formats by name. Only the module of the format asked for is imported."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from pipecheck.findings.finding import Report
from pipecheck.report.options import RenderOptions
from pipecheck.report.sources import Sources

_MODULES = {
    "text": "pipecheck.report.text",
    "json": "pipecheck.report.json",
    "sarif": "pipecheck.report.sarif",
    "junit": "pipecheck.report.junit",
    "github": "pipecheck.report.github",
    "markdown": "pipecheck.report.markdown",
    "gitlab": "pipecheck.report.gitlab",
    "checkstyle": "pipecheck.report.checkstyle",
    "csv": "pipecheck.report.csv",
}

FORMATS: tuple[str, ...] = tuple(_MODULES)
"""The names that `--format` takes, the default first."""


class Renderer(Protocol):
    """Makes the whole text of a report, which ends in a line break."""

    def __call__(self, report: Report, sources: Sources, options: RenderOptions) -> str: ...


def renderer(format: str) -> Renderer:
    """The renderer of one of FORMATS; KeyError for any other name."""
    return cast(Renderer, import_module(_MODULES[format]).render)
