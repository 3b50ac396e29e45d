"""What things are called in messages."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.model.pipeline import Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Place, Value, known
from pipecheck.values.text import displayed

_MOST_LISTED = 4


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
    written = displayed(value)
    return f'"{written}"' if written else otherwise


def role_label(role: Role) -> str:
    """`role "name"`, by its logical id where its name is not written."""
    return f"role {quoted(role.name, logical_id(role.place))}"


def listed(values: Sequence[Value[str]], otherwise: str) -> str:
    """The values in quotes: `"a"`, `"a" and "b"`; of more than four the first three and how many more there are."""
    names = [quoted(value, otherwise) for value in values]
    if len(names) > _MOST_LISTED:
        shown = names[: _MOST_LISTED - 1]
        return f"{', '.join(shown)} and {len(names) - len(shown)} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
