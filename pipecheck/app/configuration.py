"""The configuration of a scan: found, named, or as it is in a git revision."""

from __future__ import annotations

import os
from pathlib import Path

from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.config.find import find_configuration, find_configuration_at, read_configuration
from pipecheck.errors import UsageError


def configuration_of(path: str, cwd: Path, *, file: str | None = None, revision: str | None = None) -> Configuration:
    """The configuration for a scanned path: `file`, else the nearest one upwards; the default one without any.

    With a git `revision`, it is searched and read as it is there. Raises ConfigurationError and UsageError.
    """
    if revision is not None:
        return _at_revision(path, cwd, file, revision)
    found = file if file is not None else find_configuration(path, cwd)
    return read_configuration(found, None if found is None else _shown(found, cwd))


def _at_revision(path: str, cwd: Path, file: str | None, revision: str) -> Configuration:
    from pipecheck.app.revision import file_at  # noqa: PLC0415 - only for a revision
    from pipecheck.engine.config.parse import parse_configuration  # noqa: PLC0415

    start = (cwd / (file or path)).resolve()
    root = next((parent for parent in (start, *start.parents) if (parent / ".git").exists()), None)
    if root is None:
        raise UsageError(f"{file or path} is in no git repository", help=("--config-from needs one",))

    def text_of(candidate: Path) -> bytes | None:
        return file_at(root, revision, candidate.relative_to(root).as_posix())

    if file is None:
        found = find_configuration_at(path, cwd, text_of)
    else:
        text = text_of(start)
        if text is None:
            raise UsageError(f"{file} is not in revision {revision}")
        found = (str(start), text)
    if found is None:
        return Configuration(revision=revision)
    name, text = found
    source = f"{revision}:{Path(name).relative_to(root).as_posix()}"
    return parse_configuration(text, source, file=name, revision=revision)


def _shown(file: str, cwd: Path) -> str:
    """The path as messages write it: relative to the current folder where it lies below it."""
    absolute = Path(os.path.abspath(cwd / file))  # noqa: PTH100 - resolve() would follow links
    return str(absolute.relative_to(cwd)) if absolute.is_relative_to(cwd) else file
