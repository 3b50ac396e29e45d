"""Which files a path stands for: everything in a folder that could hold what we load."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from pipecheck.loaders.detect import may_hold_input
from pipecheck.syntax.limits import Limits
from pipecheck.values.record import record

_ALWAYS_SEARCHED = "cdk.out"
"""CDK's output is what is deployed, and its default .gitignore hides it."""


@record
class Candidate:
    """A file that may hold an input: its name as reported, and its bytes."""

    uri: str
    data: bytes


@record
class PassedOver:
    """A file or folder of a searched folder that was not read, and why."""

    uri: str
    why: str


@record
class _Ignored:
    """The patterns of one .gitignore, relative to its folder."""

    folder: Path
    spec: GitIgnoreSpec

    def hides(self, path: Path, *, folder: bool) -> bool | None:
        """Whether the file says that `path` is ignored; None where it says nothing of it."""
        try:
            relative = path.relative_to(self.folder).as_posix()
        except ValueError:
            return None
        return self.spec.check_file(relative + "/" if folder else relative).include


def candidates(folder: Path, exclude: Sequence[str] = ()) -> Iterator[Candidate | PassedOver]:
    """The files of a folder that may hold an input, in the order of their names.

    `exclude` holds globs in the manner of .gitignore, relative to the folder.
    """
    base = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    search = _Search(folder, base, GitIgnoreSpec.from_lines(exclude))
    return search.below(base, tuple(_outer_ignores(base)))


@record
class _Search:
    """One search: the folder as it was given, as an absolute path, and what is left out."""

    given: Path
    base: Path
    excluded: GitIgnoreSpec

    def below(self, folder: Path, ignores: tuple[_Ignored, ...]) -> Iterator[Candidate | PassedOver]:
        ignores = (*ignores, *_own_ignores(folder))
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield PassedOver(self._name(folder), error.strerror or "cannot be listed")
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from self._folder(path, ignores)
            elif entry.is_symlink() and path.is_dir():
                yield PassedOver(self._name(path), "is a link to a folder")
            elif not self._is_excluded(path, folder=False) and not _ignored(path, ignores, folder=False):
                yield from _file(path, self._name(path))

    def _folder(self, path: Path, ignores: tuple[_Ignored, ...]) -> Iterator[Candidate | PassedOver]:
        if path.name.startswith("."):
            if path.name != ".git":
                yield PassedOver(self._name(path), "is a hidden folder")
        elif self._is_excluded(path, folder=True):
            return
        elif path.name == _ALWAYS_SEARCHED:
            yield from self.below(path, ())
        elif not _ignored(path, ignores, folder=True):
            yield from self.below(path, ignores)

    def _name(self, path: Path) -> str:
        return (self.given / path.relative_to(self.base)).as_posix()

    def _is_excluded(self, path: Path, *, folder: bool) -> bool:
        relative = path.relative_to(self.base).as_posix()
        return self.excluded.match_file(relative + "/" if folder else relative)


def _file(path: Path, name: str) -> Iterator[Candidate | PassedOver]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield PassedOver(name, "is not a regular file")
        elif status.st_size > Limits().bytes:
            yield PassedOver(name, f"is larger than {Limits().bytes:,} bytes")
        else:
            data = path.read_bytes()
            if may_hold_input(data):
                yield Candidate(name, data)
    except OSError as error:
        yield PassedOver(name, error.strerror or "cannot be read")


def _ignored(path: Path, ignores: Sequence[_Ignored], *, folder: bool) -> bool:
    """The innermost .gitignore that speaks of a path decides."""
    for ignore in reversed(ignores):
        hidden = ignore.hides(path, folder=folder)
        if hidden is not None:
            return hidden
    return False


def _own_ignores(folder: Path) -> Iterator[_Ignored]:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    yield _Ignored(folder, GitIgnoreSpec.from_lines(lines))


def _outer_ignores(folder: Path) -> Iterator[_Ignored]:
    """The .gitignore files above a folder, up to the root of its repository; none outside a repository."""
    outer = [folder, *folder.parents]
    root = next((index for index, parent in enumerate(outer) if (parent / ".git").exists()), 0)
    for parent in reversed(outer[1 : root + 1]):
        yield from _own_ignores(parent)
