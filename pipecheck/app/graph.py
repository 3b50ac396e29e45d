"""Draw the pipelines of templates and pipeline files."""

from __future__ import annotations

from fnmatch import fnmatchcase

from pipecheck.analysis.diagram import Diagram, diagram
from pipecheck.analysis.secrets import secret_texts
from pipecheck.app.scan import ScanRequest, groups
from pipecheck.engine.config.configuration import Configuration
from pipecheck.errors import InputError, UsageError
from pipecheck.loaders.load import load
from pipecheck.model.pipeline import Pipeline
from pipecheck.values.items import values
from pipecheck.values.record import record

_RULE = "approval-before-production"


@record
class Drawings:
    """The drawings, the texts in them that nobody may print, and the inputs that could not be read."""

    diagrams: tuple[Diagram, ...]
    secrets: frozenset[str]
    errors: tuple[InputError, ...]


def draw(request: ScanRequest, configuration: Configuration, pipeline: str | None) -> Drawings:
    """A drawing of every pipeline the paths hold, or of those whose name fits the glob `pipeline`.

    Raises UsageError where none fits.
    """
    accepted = _accepted(configuration)
    found: list[Diagram] = []
    errors: list[InputError] = []
    secrets: frozenset[str] = frozenset()
    for group in groups(request):
        loaded = load(group.inputs, request.assumptions, group.tree)
        errors += (*group.errors, *loaded.errors)
        secrets |= secret_texts(loaded.inventory)
        pipelines = values(loaded.inventory.all(Pipeline))
        found += (diagram(one, loaded.inventory, configuration.production, accepted) for one in pipelines)
    chosen = [one for one in found if pipeline is None or fnmatchcase(one.name, pipeline)]
    if pipeline is not None and not chosen:
        names = ", ".join(sorted(one.name for one in found)) or "there are none"
        raise UsageError(f"no pipeline fits {pipeline}", help=(f"pipelines in the input: {names}",))
    return Drawings(tuple(chosen), secrets, tuple(errors))


def _accepted(configuration: Configuration) -> frozenset[str]:
    """The providers of stage condition rules that the configuration counts as approvals."""
    accepted = configuration.parameters.get(_RULE, {}).get("accept_equivalents", ())
    return frozenset(map(str, accepted)) if isinstance(accepted, list | tuple) else frozenset()
