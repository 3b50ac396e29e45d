"""Rules that pipecheck does not bring: the files of folders that a configuration or a plug-in names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from pipecheck.errors import RuleFileError
from pipecheck.rules.file import read_own_rule
from pipecheck.rules.prebuilt import FRAMEWORKS
from pipecheck.rules.rule import Rule
from pipecheck.values.record import record

_ENDINGS = (".yaml", ".yml")


@record
class OwnRule:
    """A rule and the file that it stands in, which may be one of a git revision.

    `beside` returns the bytes of a file in the same folder; None where there is none of that name.
    """

    rule: Rule
    file: Path
    beside: Callable[[str], bytes | None]


def own_rules(path: Path, cwd: Path, *, examples: bool = False) -> Iterator[OwnRule]:
    """The rules of a file, or of all rule files below a folder, in the order of their paths.

    Their source is the path as seen from `cwd`. Hidden files and folders and those called `frameworks` are passed
    over. Raises RuleFileError, also for a link that leads back into the folder that holds it.
    """
    files = [path] if path.is_file() else list(_files(path, cwd, ()))
    for file in files:
        source = shown(file, cwd)
        rule = read_own_rule(_text(_bytes(file, source), source), source, examples=examples)
        yield OwnRule(rule, file, partial(_beside, file))


def own_rules_among(files: Mapping[Path, bytes], revision: str, root: Path, *, examples: bool) -> Iterator[OwnRule]:
    """The rules of the files below a folder as they are in a git revision; `root` is that of the repository.

    The files of `own_rules` are read, and their source names the revision. Raises RuleFileError.
    """
    for file in sorted(files):
        inside = file.relative_to(root)
        if file.suffix in _ENDINGS and FRAMEWORKS not in inside.parts and not any(map(_is_hidden, inside.parts)):
            source = f"{revision}:{inside.as_posix()}"
            rule = read_own_rule(_text(files[file], source), source, examples=examples)
            yield OwnRule(rule, file, partial(_among, files, file))


def _beside(file: Path, name: str) -> bytes | None:
    other = file.with_name(name)
    return _bytes(other, str(other)) if other.is_file() else None


def _among(files: Mapping[Path, bytes], file: Path, name: str) -> bytes | None:
    return files.get(file.with_name(name))


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


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
        if _is_hidden(entry.name):
            continue
        if entry.is_dir():
            if entry.name != FRAMEWORKS:
                yield from _files(entry, cwd, (*above, real))
        elif entry.suffix in _ENDINGS:
            yield entry


def _bytes(file: Path, source: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(error, source) from None


def _text(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleFileError("is not encoded in UTF-8", source=source, line=1, column=1) from error


def _unreadable(error: OSError, source: str) -> RuleFileError:
    return RuleFileError(f"cannot be read: {error.strerror or error}", source=source)
