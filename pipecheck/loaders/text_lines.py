"""Where the lines of a text stand."""

from __future__ import annotations

from pipecheck.values import Place


def text_lines(text: str, place: Place) -> tuple[Place, ...]:
    """The place of each line of a text that is written at `place`."""
    return tuple(Place(place.source, place.route, line) for line in range(text.count("\n") + 1))
