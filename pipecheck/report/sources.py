"""The scanned texts, as far as a report needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias


class SourceText(Protocol):
    """A text that was scanned, such as `pipecheck.syntax.document.Document`."""

    @property
    def text(self) -> str:
        """The whole text without a byte order mark."""

    def lines(self, first: int, last: int) -> list[str]:
        """The lines `first` to `last` (1-based, both included) without line ends; none beyond the text."""


Sources: TypeAlias = Mapping[str, SourceText]
"""The texts by the name they were read under. A source that is missing is reported without its excerpt."""
