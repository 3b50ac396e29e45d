"""The files beside the inputs: read on demand, from the scanned folders alone."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Protocol

from pipecheck.syntax.limits import Limits
from pipecheck.values.record import record


class SourceTree(Protocol):
    """Files by the names that inputs have: relative to the current folder, with forward slashes."""

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders that may be read; `.` is the current one."""
        ...

    def read(self, path: str) -> bytes | None:
        """The bytes of a file below one of the roots; None where there is none that may be read."""
        ...


@record
class Folders:
    """Folders of the file system. No link is followed, and nothing above the folders is read.

    `cwd` is the absolute folder that names are relative to.
    """

    cwd: Path
    roots: tuple[str, ...]

    def read(self, path: str) -> bytes | None:
        """See `SourceTree.read`; None also for special files and those over the limit of an input."""
        path = posixpath.normpath(path)
        root = next((root for root in self.roots if is_below(path, root)), None)
        if root is None:
            return None
        try:
            return _regular_file(self.cwd / root, self.cwd / path)
        except OSError:
            return None


@record
class Texts:
    """Files that are held in memory."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    roots: tuple[str, ...] = (".",)

    def read(self, path: str) -> bytes | None:
        """See `SourceTree.read`."""
        return self.files.get(posixpath.normpath(path))


def is_below(path: str, folder: str) -> bool:
    """Whether a normal path lies in a folder; `.` is the current folder."""
    if folder in {"", "."}:
        return not path.startswith(("/", "../")) and path != ".."
    return path.startswith(f"{posixpath.normpath(folder).rstrip('/')}/")


def _regular_file(root: Path, path: Path) -> bytes | None:
    """The content of a regular file that is reached from the root without a link."""
    step = root
    status = None
    for name in path.relative_to(root).parts:
        step = step / name
        status = os.lstat(step)
        if stat.S_ISLNK(status.st_mode):
            return None
    if status is None or not stat.S_ISREG(status.st_mode) or status.st_size > Limits().bytes:
        return None
    return path.read_bytes()
