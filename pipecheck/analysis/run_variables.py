"""Variables of a pipeline's run in commands, whose values outsiders may choose.

CodePipeline puts them into the text before a shell reads it, so that a value such as `$(…)` is run.
https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from pipecheck.values import Known, Place, Unknown, Value

_VARIABLE = re.compile(r"#\{(?P<namespace>[^{}.]+)\.(?P<name>[^{}]+)\}")


def untrusted_variables(text: Value[str], sources: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """Each variable that one of the globs names (`CommitMessage`, `variables.*`), as written, and its line."""
    globs = tuple(sources)
    written = _written(text)
    for found in _VARIABLE.finditer(written):
        names = (found["name"], f"{found['namespace']}.{found['name']}")
        if any(fnmatchcase(name, glob) for name in names for glob in globs):
            yield found.group(), text.place.below(written.count("\n", 0, found.start()))


def _written(text: Value[str]) -> str:
    """Where a variable of the run is unknown, it is written as it is spelt."""
    if isinstance(text, Known):
        return text.value
    if isinstance(text, Unknown):
        parts = text.pieces or (text,)
        return "".join(part if isinstance(part, str) else part.spelling for part in parts)
    return ""
