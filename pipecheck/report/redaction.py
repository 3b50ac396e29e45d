"""What no report may show: secrets found in the input, and characters that move, hide or reorder text.

Every text that comes from the input goes through a `Redaction` on its way into a report, whatever the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

Extent: TypeAlias = tuple[int, int]
"""Start and end offset in a text or a line; the end is exclusive."""

MASK = "***"
"""Stands for a secret of any length."""

_CONTROLS = "\x00-\x1f\x7f-\x9f"
_LINE_BREAKS = "\u2028\u2029"
_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_NO_CHARACTERS = "\ud800-\udfff\ufffe\uffff"
_UNSHOWABLE = re.compile(f"[{_CONTROLS}{_LINE_BREAKS}{_REORDERING}{_INVISIBLE}{_NO_CHARACTERS}]")

_BREAK = r"(?:\s|\\[nrt])+"


class Redaction:
    """Hides the given secrets. One serves a whole report.

    A secret is found however the input spells it: with JSON or YAML escapes, or wrapped over indented lines.
    """

    __slots__ = ("_hints", "_patterns")

    def __init__(self, secrets: Iterable[str]) -> None:
        # Most texts hold no secret: a part that every spelling has says so faster than the patterns.
        self._hints = [(secret, _plain_part(secret)) for secret in sorted(secrets) if secret.strip()]
        self._patterns: dict[str, re.Pattern[str]] = {}

    @property
    def masks(self) -> bool:
        """Whether there is anything to mask."""
        return bool(self._hints)

    def line(self, text: str, limit: int | None = None) -> str:
        """The text as one line, safe to show; of a text over `limit` characters the beginning and an ellipsis."""
        return _clipped(printable(self._masked(text)).replace("\t", " "), limit)

    def block(self, text: str) -> str:
        """The text with its own line breaks, safe to show."""
        return "\n".join(printable(line) for line in re.split(r"\r\n|[\n\r]", self._masked(text)))

    def hidden(self, text: str) -> list[Extent]:
        """Where secrets stand in the text, in order; those that touch are one."""
        present = [self._pattern(secret) for secret, hint in self._hints if hint in text]
        found = sorted(match.span() for pattern in present for match in pattern.finditer(text))
        merged: list[Extent] = []
        for start, end in found:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def _pattern(self, secret: str) -> re.Pattern[str]:
        if secret not in self._patterns:
            self._patterns[secret] = re.compile(_spellings(secret))
        return self._patterns[secret]

    def _masked(self, text: str) -> str:
        for start, end in reversed(self.hidden(text)):
            text = text[:start] + MASK + text[end:]
        return text


def printable(text: str) -> str:
    """The text with every character but tabs that is no visible text replaced, one for one.

    C0 controls become their pictures (␛ for ESC); others, such as C1 controls and marks that reorder text
    (https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings), become U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSHOWABLE.sub(lambda found: _stand_in(found.group()), text)


def _stand_in(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _clipped(text: str, limit: int | None) -> str:
    return text if limit is None or len(text) <= limit else f"{text[: limit - 1]}…"


def _plain_part(secret: str) -> str:
    """The longest stretch of the secret that is spelled in one way only."""
    return max(re.findall("[A-Za-z0-9]+", secret), key=len, default="")


def _spellings(secret: str) -> str:
    """A regular expression for the secret as a source may write it."""
    return _BREAK.join("".join(_spellings_of(character) for character in word) for word in secret.split())


def _spellings_of(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    utf16 = character.encode("utf-16-be", "surrogatepass").hex()
    units = "".join(rf"\\u{utf16[start : start + 4]}" for start in range(0, len(utf16), 4))
    code = ord(character)
    spellings = [f"(?i:{units})", rf"\\U(?i:{code:08x})", rf"\\x(?i:{code:02x})", re.escape(character)]
    if character in '"\\/':
        spellings.insert(0, r"\\" + re.escape(character))
    if character == "'":
        spellings.insert(0, "''")
    return f"(?:{'|'.join(spellings)})"
