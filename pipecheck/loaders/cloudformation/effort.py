"""How much work the functions of a template may be: inside each other they multiply, or go on without an end."""

from __future__ import annotations

from dataclasses import dataclass

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document
from pipecheck.values import Place, Reason, Unknown

_MOST_INSIDE = 40
"""Functions inside each other, also by way of names and of other templates: Python's own stack ends at about 60."""

_LEAST_STEPS = 50_000
"""What any template may take; larger ones may take more in proportion. A second's work is about as much."""

_CHARACTERS_PER_STEP = 10


@dataclass(slots=True)
class Depth:
    """How many functions are being worked out inside each other, in all templates of one inventory."""

    now: int = 0


class Effort:
    """The work that is left for one template. `overrun` says where it was too much and why, None where it was not."""

    def __init__(self, document: Document, depth: Depth) -> None:
        self.overrun: tuple[Place, str] | None = None
        self._document = document
        self._depth = depth
        self._left = _LEAST_STEPS + len(document.text) // _CHARACTERS_PER_STEP

    def begin(self, place: Place) -> Unknown | None:
        """Notes that a function is begun; an unknown in its place where that is too much, None where it is not."""
        self._left -= 1
        if self._left < 0:
            return self._refused(place, "functions that multiply beyond measure (limit: evaluation)")
        if self._depth.now >= _MOST_INSIDE:
            message = f"more than {_MOST_INSIDE} functions need each other's values in turn (limit: evaluation)"
            return self._refused(place, message)
        self._depth.now += 1
        return None

    def end(self) -> None:
        """Notes that a function that was begun is done."""
        self._depth.now -= 1

    def spend(self, steps: int) -> None:
        """Notes work of a function that is being worked out."""
        self._left -= steps

    def errors(self) -> tuple[InputError, ...]:
        """The error that says that the template was too much work."""
        if self.overrun is None:
            return ()
        place, message = self.overrun
        span = self._document.span(place.route)
        help = ("what depends on it cannot be told; write it more simply",)
        return (InputError(message, source=self._document.uri, line=span.line, column=span.column, help=help),)

    def _refused(self, place: Place, message: str) -> Unknown:
        if self.overrun is None:
            self.overrun = (place, message)
        return Unknown(Reason.TOO_COMPLEX, message.removesuffix(" (limit: evaluation)"), place)
