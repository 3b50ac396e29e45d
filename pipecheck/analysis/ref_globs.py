"""Glob patterns of branches and tags: what they let in, and which of them covers another.

https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

_WILDCARDS = re.compile(r"\*+")
_BRACES = re.compile(r"\{([^{}]*)\}")
_EVERYTHING = frozenset({"*", "**", "**/*", "**/**"})
_STAND_INS = ("", "\ue000", "\ue000\ue001/\ue002")
"""What a wildcard of one pattern may stand for, none of which another pattern can spell out."""


def is_everything(pattern: str) -> bool:
    """Whether a pattern lets every name in."""
    return any(alternative in _EVERYTHING for alternative in _alternatives(pattern))


def is_covered(pattern: str, globs: Iterable[str]) -> bool:
    """Whether every name that a pattern lets in is let in by one of the globs, where `*` also stands for `/`."""
    allowed = [alternative for glob in globs for alternative in _alternatives(glob)]
    return all(any(_covers(glob, alternative) for glob in allowed) for alternative in _alternatives(pattern))


def _covers(glob: str, pattern: str) -> bool:
    return all(fnmatchcase(_WILDCARDS.sub(part, pattern).replace("?", "\ue000"), glob) for part in _STAND_INS)


def _alternatives(pattern: str) -> Iterator[str]:
    """The patterns that braces stand for: `{main,release/*}` is `main` and `release/*`."""
    found = _BRACES.search(pattern)
    if found is None:
        yield pattern
        return
    for option in found.group(1).split(","):
        yield from _alternatives(pattern[: found.start()] + option + pattern[found.end() :])
