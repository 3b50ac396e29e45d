"""AWS credentials that are written out in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipecheck.data.secret_words import AWS_CREDENTIALS, DOCUMENTED_ENDING, DUMMIES
from pipecheck.values.record import record

_KEY_ID = re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])")
_NAMES = "|".join(sorted(AWS_CREDENTIALS))
_ASSIGNED = re.compile(
    rf"""(?<![A-Za-z0-9])(?i:{_NAMES})\s*(?:=|[ \t]=[ \t]|:[ \t])(?P<quote>["']?)(?P<value>[^\s"';&|,)]+)"""
)
_CONFIGURED = re.compile(
    rf"""\baws\s+configure\s+set\s+(?:\S*\.)?(?i:{_NAMES})\s+(?P<quote>["']?)(?P<value>[^\s"';&|)]+)"""
)
_TAKEN_OUT = re.compile(r"NOT_RETURNED:aws-(?:access-key-id|credential)")
"""What stands in a snapshot in the place of a credential."""
_SECRET_LENGTH = 40
_NOT_WRITTEN_OUT = re.compile(r"[$`<%{#\ue000]|\*+$")
"""How a value begins that is read from somewhere or stands for one."""


@record
class WrittenCredential:
    """A credential in a text: the line of the text, counted from 0, and what it is."""

    line: int
    value: str


def written_credentials(text: str) -> Iterator[WrittenCredential]:
    """The credentials that a command or another text writes out, in the order of their kinds."""
    seen: set[str] = set()
    for match in _KEY_ID.finditer(text):
        if not match.group().endswith(DOCUMENTED_ENDING) and match.group() not in seen:
            seen.add(match.group())
            yield WrittenCredential(text.count("\n", 0, match.start()), match.group())
    for match in _TAKEN_OUT.finditer(text):
        if match.group() not in seen:
            seen.add(match.group())
            yield WrittenCredential(text.count("\n", 0, match.start()), match.group())
    for pattern in (_ASSIGNED, _CONFIGURED):
        for match in pattern.finditer(text):
            value = match["value"]
            if is_written_out(value) and value not in seen:
                seen.add(value)
                yield WrittenCredential(text.count("\n", 0, match.start("value")), value)


def is_written_out(value: str) -> bool:
    """Whether the value of a variable that holds a credential is one: no reference, dummy or documented example."""
    plain = value.strip()
    documented = plain.upper().removesuffix("KEY").endswith(DOCUMENTED_ENDING)
    if len(set(plain)) < 2 or documented or _NOT_WRITTEN_OUT.match(plain):
        return False
    return len(plain) >= _SECRET_LENGTH or DUMMIES.isdisjoint(re.findall("[a-z]+", plain.lower()))
