"""Credentials in the URL of a repository: `https://user:password@host/…`, or a token in their place."""

from __future__ import annotations

import re

from pipecheck.analysis.answer import NO, Answer, told
from pipecheck.data.secret_words import TOKEN_SHAPES
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, agreed, truth

_HOLE = "\ue000"
_MADE_BY_AWS = frozenset({Reason.GENERATED_NAME, Reason.PSEUDO_PARAMETER, Reason.RESOURCE_ATTRIBUTE})
_CREDENTIALS = re.compile(r"://(?P<user>[^/@:\s]+):(?P<password>[^/@\s]+)@")
_ONE_WORD = re.compile(r"://(?P<token>[^/@:\s]{20,})@")
"""A name before the host of twenty characters and more is a token: Git hosts take them there."""

_AUTHORITY = re.compile(r"\A[a-z+]+://[^/]*/", re.IGNORECASE)


def credentials_in(url: str) -> str | None:
    """What must not be in a URL, as it is written; None where there is nothing."""
    for shape, group in ((_CREDENTIALS, "password"), (_ONE_WORD, "token")):
        found = shape.search(url)
        if found is not None:
            return found[group]
    tokens = (re.search(shape, url) for shape in TOKEN_SHAPES)
    return next((found.group() for found in tokens if found is not None), None)


def holds_credentials(url: Value[str]) -> Answer:
    """Whether a URL holds credentials, be they put in at deployment; unknown where the host is."""
    match url:
        case Absent():
            return NO
        case Known(text):
            return told(truth(credentials_in(text) is not None), url)
        case Unknown(candidates=candidates) if candidates:
            return told(agreed(holds_credentials(one).truth for one in candidates), url)
        case Unknown(pieces=pieces):
            written = "".join(piece if isinstance(piece, str) else _shown(piece) for piece in pieces or (url,))
            if credentials_in(written) is not None:
                return told(Truth.TRUE, url)
            if _HOLE not in written:
                return told(Truth.FALSE, url)
            host = _AUTHORITY.match(written)
            return told(Truth.UNKNOWN if host is None or _HOLE in host.group() else Truth.FALSE, url)


def _shown(piece: Unknown) -> str:
    """A name that AWS gives holds no credentials, and a single word is no URL."""
    return "x" if piece.token or piece.reason in _MADE_BY_AWS else _HOLE
