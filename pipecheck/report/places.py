"""Places as people and as machines write them. Nothing here looks at the file system."""

from __future__ import annotations

from os.path import normpath
from pathlib import PurePath
from urllib.parse import quote

from pipecheck.values import Span


def position(uri: str, span: Span) -> str:
    """`file:line:column`, as terminals and editors link it."""
    return f"{uri}:{span.line}:{span.column}"


def absolute(uri: str, base: PurePath | None) -> PurePath | None:
    """The absolute path of a source; None where it is relative and nobody says to what."""
    path = PurePath(uri)
    if not path.is_absolute():
        if base is None:
            return None
        path = base / path
    return PurePath(normpath(path))


def below_root(uri: str, base: PurePath | None, root: PurePath | None) -> str | None:
    """The source relative to the root of the repository; None where it lies elsewhere.

    Without a root the base is the root; without a base a relative name is taken to start from the root.
    """
    path = absolute(uri, base)
    if path is None:
        return PurePath(normpath(uri)).as_posix()
    root = root or base
    return path.relative_to(root).as_posix() if root is not None and path.is_relative_to(root) else None


def file_uri(path: PurePath) -> str:
    """The `file://` URI of an absolute path (RFC 8089); `PurePath.as_uri` but for names that are not Unicode."""
    posix = path.as_posix()
    drive = "" if posix.startswith("/") else "/"
    return f"file://{drive}{_quoted(posix, safe='/:')}"


def relative_uri(path: str) -> str:
    """The URI reference of a relative path, percent-encoded, with forward slashes (RFC 3986)."""
    return _quoted(PurePath(path).as_posix(), safe="/")


def _quoted(path: str, safe: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe=safe)
