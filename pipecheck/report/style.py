"""Colours and links of a terminal."""

from __future__ import annotations

from pipecheck.rules.severity import Severity
from pipecheck.values.record import record

BOLD = "1"
DIM = "2"
RED = "31"
GREEN = "32"
YELLOW = "33"
BLUE = "34"
MAGENTA = "35"
CYAN = "36"

SEVERITY_STYLES = {
    Severity.CRITICAL: (BOLD, MAGENTA),
    Severity.HIGH: (BOLD, RED),
    Severity.MEDIUM: (BOLD, YELLOW),
    Severity.LOW: (BOLD, CYAN),
    Severity.INFO: (BOLD, BLUE),
}


@record
class Style:
    """Writes ANSI sequences (ECMA-48 SGR, OSC 8) where asked to, else plain text."""

    color: bool
    hyperlinks: bool

    def paint(self, text: str, *codes: str) -> str:
        """The text in the given looks."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and codes and text else text

    def link(self, text: str, uri: str | None) -> str:
        """The text as a link to `uri`; None: just the text."""
        return f"\x1b]8;;{uri}\x1b\\{text}\x1b]8;;\x1b\\" if self.hyperlinks and uri else text
