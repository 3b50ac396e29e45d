"""The scripts that the commands of a build run, where they are in the scanned folder."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipecheck.analysis.shell.commands import Scripts
from pipecheck.analysis.shell.run import Script

_SHELL = re.compile(r"#!\s*(?:/usr)?(?:/local)?/bin/(?:env\s+(?:-S\s+)?)?(?:ba|da|k|z)?sh\b")
_ENDINGS = (".sh", ".bash")


def scripts_beside(source: str, file: Callable[[str, str], str | None]) -> Scripts:
    """Finds the shell scripts that a build specification in `source` names, from where the build starts."""

    def find(path: str) -> Script | None:
        text = file(source, path.removeprefix("./"))
        if text is None:
            return None
        if text.startswith("#!") and not _SHELL.match(text):
            return None
        if not text.startswith("#!") and not path.endswith(_ENDINGS):
            return None
        return Script(path, text)

    return find
