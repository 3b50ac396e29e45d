"""Which configuration holds for a scan: the nearest one upwards, or the one that is named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pipecheck.engine.config.configuration import Configuration
from pipecheck.errors import ConfigurationError

PYPROJECT = "pyproject.toml"
FILE_NAMES = ("pipecheck.yaml", ".pipecheck.yaml", PYPROJECT)


def find_configuration(path: str, cwd: Path) -> str | None:
    """The configuration file nearest to a scanned path, upwards to the root of its repository; None without one.

    A pyproject.toml counts where it has a table `tool.pipecheck`.
    """
    for folder in _upwards(path, cwd):
        for name in FILE_NAMES:
            file = folder / name
            if file.is_file() and (name != PYPROJECT or _configures(_bytes(file), str(file))):
                return str(file)
    return None


def read_configuration(file: str | None, source: str | None = None) -> Configuration:
    """The configuration in a file, called `source` in errors; the default one for None. Raises ConfigurationError."""
    if file is None:
        return Configuration()
    from pipecheck.engine.config.parse import parse_configuration  # noqa: PLC0415 - only where there is one

    try:
        return parse_configuration(Path(file).read_bytes(), source or file, file=file)
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {error.strerror or error}", source=file) from None


def find_configuration_at(path: str, cwd: Path, text_of: Callable[[Path], bytes | None]) -> tuple[str, bytes] | None:
    """Like `find_configuration`, with the text. `text_of` gives the bytes of a file, None where there is none."""
    for folder in _upwards(path, cwd):
        for name in FILE_NAMES:
            text = text_of(folder / name)
            if text is not None and (name != PYPROJECT or _configures(text, name)):
                return str(folder / name), text
    return None


def _upwards(path: str, cwd: Path) -> Iterator[Path]:
    start = Path(os.path.realpath(cwd / path))  # resolve() refuses a link that leads to itself
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _configures(text: bytes, source: str) -> bool:
    """Whether a pyproject.toml has a table for us; one that is no TOML has, if its text names it."""
    if b"pipecheck" not in text:
        return False
    from pipecheck.engine.config.parse import holds_configuration  # noqa: PLC0415 - seldom needed

    return holds_configuration(text, source)
