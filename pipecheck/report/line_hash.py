"""The hash of a line by which GitHub code scanning recognises an alert whose line has moved.

GitHub's upload action adds it to a SARIF file as `primaryLocationLineHash` where a tool does not
(https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

_WINDOW = 100
_FACTOR = 37
_MODULUS = 1 << 64
_END_OF_FILE = "\uffff"
_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")


class LineHashes:
    """The hashes of the lines of one text.

    A line's hash is a polynomial over the first 100 UTF-16 code units from its start on, blanks and tabs left out,
    every line end as a line feed, then a mark for the end of the text and zeros. The number after the colon says
    how many lines so far have had the same hash.
    """

    __slots__ = ("_counts", "_starts", "_units")

    def __init__(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
        self._units = _BEYOND_BMP.sub(_surrogates, lines) + _END_OF_FILE + "\0" * _WINDOW
        self._starts = [0, *(found.end() for found in re.finditer("\n", self._units))]
        seen: Counter[str] = Counter()
        self._counts = [_counted(seen, self._window(line)) for line in range(1, len(self._starts) + 1)]

    def of(self, line: int) -> str | None:
        """The hash of a line (1-based), such as `a7f2ff13bc495cf2:1`; None where there is no such line."""
        if not 1 <= line <= len(self._starts):
            return None
        value = 0
        for unit in self._window(line):
            value = (value * _FACTOR + ord(unit)) % _MODULUS
        return f"{value:x}:{self._counts[line - 1]}"

    def last_line(self, line: int) -> int:
        """The last line that the hash of the line is made from."""
        return bisect_right(self._starts, self._starts[line - 1] + _WINDOW - 1)

    def _window(self, line: int) -> str:
        start = self._starts[line - 1]
        return self._units[start : start + _WINDOW]


def _counted(seen: Counter[str], window: str) -> int:
    seen[window] += 1
    return seen[window]


def _surrogates(found: re.Match[str]) -> str:
    code = ord(found.group()) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))
