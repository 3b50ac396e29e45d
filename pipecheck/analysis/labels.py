"""What things are called in messages."""

from __future__ import annotations

from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Place, Value, known
from pipecheck.values.text import spelled


def logical_id(place: Place) -> str:
    """The id of the resource that stands at `place` in a template; elsewhere the name of the source."""
    if len(place.route) > 1 and place.route[0] == "Resources":
        return str(place.route[1])
    return place.source


def pipeline_label(pipeline: Pipeline) -> str:
    """The pipeline's name where it is known, else its logical id."""
    return known(pipeline.name) or logical_id(pipeline.place)


def quoted(value: Value[str], otherwise: str) -> str:
    """The value in quotes as far as it is known (`"${App}-prod"`), or `otherwise`."""
    written = spelled(value)
    return f'"{written}"' if written else otherwise
