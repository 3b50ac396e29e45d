"""Whether a regular expression is held at both ends, in each of its alternatives.

A pattern of a webhook's filter is looked for anywhere in the value: `main` also fits `refs/heads/not-main-at-all`.
https://docs.aws.amazon.com/codebuild/latest/APIReference/API_WebhookFilter.html
"""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from pipecheck.values.record import record


@record
class Anchors:
    """At which ends every alternative is held."""

    start: bool
    end: bool


def anchors(pattern: str) -> Anchors | None:
    """The ends at which a pattern is held; None where it is no regular expression."""
    try:
        parsed = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return None
    if parsed.state.flags & re.MULTILINE:
        return Anchors(start=False, end=False)
    elements = list(parsed)
    return Anchors(_holds(elements, 0, "AT_BEGINNING"), _holds(elements, -1, "AT_END"))


def _holds(elements: list[Any], side: int, position: str) -> bool:
    """Whether the first or last element of a sequence is the position, or a group of which each alternative is."""
    if not elements:
        return False
    kind, argument = elements[side]
    match str(kind):
        case "AT":
            return str(argument) in (position, f"{position}_STRING")
        case "SUBPATTERN":
            return _holds(list(argument[-1]), side, position)
        case "ATOMIC_GROUP":
            return _holds(list(argument), side, position)
        case "BRANCH":
            return all(_holds(list(alternative), side, position) for alternative in argument[1])
        case _:
            return False
