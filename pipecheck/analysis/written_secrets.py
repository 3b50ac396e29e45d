"""Secrets that are written out in settings and commands: by the name of what holds them, or by their shape.

AWS's own credentials are told by `aws_keys`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pipecheck.analysis.answer import NO, Answer, told, undecided
from pipecheck.analysis.aws_keys import FROM_ELSEWHERE
from pipecheck.analysis.aws_literals import is_written_out
from pipecheck.analysis.buildspecs import HOLE
from pipecheck.analysis.secrets import is_secret_like
from pipecheck.data.secret_words import AWS_CREDENTIALS, TOKEN_SHAPES
from pipecheck.values import Absent, Known, Unknown, Value, agreed, truth
from pipecheck.values.record import record

_SHAPES = re.compile("|".join(TOKEN_SHAPES[1:]))
_ASSIGNED = re.compile(
    r"(?<![\w$-])(?:--?(?P<option>[A-Za-z][\w-]*)(?:=|[ \t]+)|(?P<name>[A-Za-z_][\w-]*)(?:=|:[ \t]+))"
    r"[\"']?(?P<value>[^\s\"';&|)]+)"
)
_READS_ELSEWHERE = re.compile(r"(?i)(?:stdin|file|fd|env)\Z")
_SHORTEST = 8
_PLAIN = re.compile(r"[\w+/=.!@#%^*~-]+")
_ELSEWHERE = ("/", "arn:", "http", "./", "~", "s3:", "file:")


def is_secret_value(name: str, value: str) -> bool:
    """Whether what stands under a name is a secret: no reference, path, number, word or dummy."""
    if (
        not is_secret_like(name)
        or name.upper() in AWS_CREDENTIALS
        or len(value) < _SHORTEST
        or _READS_ELSEWHERE.search(name)
    ):
        return False
    plain = _PLAIN.fullmatch(value) is not None and not value.startswith(_ELSEWHERE) and not value.isdigit()
    return plain and any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and is_written_out(value)


@record
class WrittenSecret:
    """A secret in a command: the line of the text, counted from 0, and what it is."""

    line: int
    value: str


def secrets_in_command(text: str) -> Iterator[WrittenSecret]:
    """The secrets that a command writes out."""
    for found in _SHAPES.finditer(text):
        yield WrittenSecret(text.count("\n", 0, found.start()), found.group())
    for found in _ASSIGNED.finditer(text):
        value = found["value"]
        if not _SHAPES.search(value) and is_secret_value(found["option"] or found["name"], value):
            yield WrittenSecret(text.count("\n", 0, found.start("value")), value)


def secrets_in_setting(name: str, text: str) -> Iterator[str]:
    """The secrets that a setting writes out: its text, or texts of a JSON object in it. Unknown parts are `HOLE`."""
    yield from (found.group() for found in _SHAPES.finditer(text))
    for key, value in ((name, text), *_leaves(text)):
        if HOLE not in value and is_secret_value(key, value):
            yield value


def holds_secret(name: str, value: Value[str]) -> Answer:
    """Whether a setting writes a secret out: as its value, or as one of those of a JSON object in it."""
    match value:
        case Absent():
            return NO
        case Known(text):
            return told(truth(_is_in(name, text)), value)
        case Unknown(candidates=candidates) if candidates:
            return told(agreed(holds_secret(name, one).truth for one in candidates), value)
        case Unknown(pieces=pieces) if pieces:
            written = "".join(piece if isinstance(piece, str) else HOLE for piece in pieces)
            return told(truth(_is_in(name, written)), value)
        case Unknown():
            return NO if value.reason in FROM_ELSEWHERE else undecided(value)


def _is_in(name: str, text: str) -> bool:
    return next(secrets_in_setting(name, text), None) is not None


def _leaves(text: str) -> Iterator[tuple[str, str]]:
    """The names and texts of a JSON object, however deep."""
    if not text.lstrip().startswith("{"):
        return
    try:
        waiting: list[tuple[str, object]] = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(str(key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(name, inner) for inner in value]
        elif isinstance(value, str):
            yield name, value
