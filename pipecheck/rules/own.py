"""Rules that pipecheck does not bring: the files of folders that a configuration or a plug-in names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pipecheck.errors import RuleFileError
from pipecheck.rules.file import read_own_rule
from pipecheck.rules.prebuilt import FRAMEWORKS
from pipecheck.rules.rule import Rule
from pipecheck.values.record import record

_ENDINGS = (".yaml", ".yml")


@record
class OwnRule:
    """A rule and the file that it stands in."""

    rule: Rule
    file: Path


def own_rules(path: Path, cwd: Path, *, examples: bool = False) -> Iterator[OwnRule]:
    """The rules of a file, or of all rule files below a folder, in the order of their paths.

    Their source is the path as seen from `cwd`. Hidden files and folders and those called `frameworks` are passed
    over. Raises RuleFileError, also for a link that leads back into the folder that holds it.
    """
    files = [path] if path.is_file() else list(_files(path, cwd, ()))
    for file in files:
        source = shown(file, cwd)
        yield OwnRule(read_own_rule(_text(file, source), source, examples=examples), file)


def shown(path: Path, cwd: Path) -> str:
    """A path relative to the current folder where it lies below it, with forward slashes."""
    absolute = Path(os.path.abspath(cwd / path))  # noqa: PTH100 - resolve() would follow links
    return (absolute.relative_to(cwd) if absolute.is_relative_to(cwd) else absolute).as_posix()


def _files(folder: Path, cwd: Path, above: tuple[Path, ...]) -> Iterator[Path]:
    real = folder.resolve()
    if real in above:
        help = ("remove the link: its rules would be read for ever",)
        raise RuleFileError(f"leads back to {shown(real, cwd)}", source=shown(folder, cwd), help=help)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise _unreadable(error, shown(folder, cwd)) from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if entry.name != FRAMEWORKS:
                yield from _files(entry, cwd, (*above, real))
        elif entry.suffix in _ENDINGS:
            yield entry


def _text(file: Path, source: str) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise _unreadable(error, source) from None
    except UnicodeDecodeError as error:
        raise RuleFileError("is not encoded in UTF-8", source=source, line=1, column=1) from error


def _unreadable(error: OSError, source: str) -> RuleFileError:
    return RuleFileError(f"cannot be read: {error.strerror or error}", source=source)
