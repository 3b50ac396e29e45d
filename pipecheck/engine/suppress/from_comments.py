"""Suppressions in comments: `# pipecheck: ignore[rule-id, other-id] reason`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipecheck.engine.suppress.written import Written
from pipecheck.findings.finding import Location
from pipecheck.syntax.comments import Comment, comments
from pipecheck.syntax.document import Document
from pipecheck.values import Absent, Known, Place, Span

MARK = "pipecheck:"
_EMBEDDED = frozenset({"buildspec"})
_IGNORE = re.compile(r"#\s*pipecheck:(.*)$")
_STATEMENT = re.compile(r"\s*ignore\s*\[([^\]]*)\](.*)$")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def suppressions_in_comments(document: Document) -> Iterator[Written]:
    """What the comments of a YAML text say, in their order."""
    if document.format != "yaml":
        return
    for comment in comments(document.text, MARK, _EMBEDDED):
        found = _IGNORE.search(comment.text)
        if found is not None:
            yield _written(document, comment, found)


def _written(document: Document, comment: Comment, found: re.Match[str]) -> Written:
    column = comment.column + found.start()
    end = comment.column + len(comment.text)
    place = Place(document.uri, (f"line {comment.line}",))
    statement = _STATEMENT.match(found[1])
    ids = tuple(id.strip() for id in statement[1].split(",")) if statement else ()
    reason = statement[2].strip(" \t:-–—") if statement else ""
    return Written(
        kind="comment",
        rules=ids,
        reason=Known(reason, place) if reason else Absent(place),
        owner=Absent(place),
        expires=Absent(place),
        problem=_problem(statement is not None, ids, comment),
        label=f"comment ignore[{', '.join(ids)}]" if statement else "comment",
        target=comment.covers,
        location=Location(document.uri, Span(comment.line, column, comment.line, end)),
        place=place,
    )


def _problem(stated: bool, ids: tuple[str, ...], comment: Comment) -> str | None:
    if not stated:
        return f"expected `# pipecheck: ignore[rule-id] reason`, found `{comment.text}`"
    for id in ids:
        if not _ID.match(id):
            return f"expected the ids of rules in the brackets, found {id!r}"
    return "it stands before nothing" if comment.covers is None else None
