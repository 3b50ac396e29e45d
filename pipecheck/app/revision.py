"""What files hold in a git revision, read from git; nothing is checked out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pipecheck.errors import UsageError


def file_at(repository_root: Path, revision: str, path: str) -> bytes | None:
    """The bytes of a file in a revision; None where it has no such file. `path` is relative to the repository's root.

    Raises UsageError where git is missing, the folder is in no repository, or it has no such revision.
    """
    commit = _commit(repository_root, revision)
    return _git(repository_root, "cat-file", "blob", f"{commit}:{path}")


def files_at(repository_root: Path, revision: str, path: str, most_bytes: int) -> dict[str, bytes]:
    """The files of a revision below a folder, or the one of that name, by their paths from the repository's root.

    `path` is relative to that root, "" for all of it. Links, and files of more than `most_bytes`, are left out.
    Raises UsageError as `file_at` does.
    """
    commit = _commit(repository_root, revision)
    listing = _git(
        repository_root, "ls-tree", "-r", "-z", "--long", "--full-tree", commit, "--", *([path] if path else [])
    )
    if listing is None:
        raise UsageError(f"git cannot list the files of {revision}")
    chosen = list(_regular(listing, most_bytes))
    wanted = "".join(f"{blob}\n" for blob, _ in chosen).encode()
    answers = _git(repository_root, "cat-file", "--batch", given=wanted) or b""
    return dict(zip((name for _, name in chosen), _blobs(answers), strict=True))


def root_of(path: Path) -> Path:
    """The root of the repository that a file or folder is in. Raises UsageError where it is in none."""
    for folder in (path, *path.parents):
        if (folder / ".git").exists():
            return folder
    raise UsageError(f"{path} is in no git repository")


def _regular(listing: bytes, most_bytes: int) -> Iterator[tuple[str, str]]:
    """The object and the name of each regular file: mode, type, object, size, a tab, the name and a zero byte."""
    for entry in listing.split(b"\0"):
        about, tab, name = entry.partition(b"\t")
        if tab:
            mode, kind, blob, size = about.split()
            if kind == b"blob" and mode.startswith(b"100") and int(size) <= most_bytes:
                yield blob.decode(), os.fsdecode(name)


def _blobs(answers: bytes) -> Iterator[bytes]:
    """The contents that `cat-file --batch` wrote: `<object> <type> <size>`, the bytes, and a line feed."""
    position = 0
    while position < len(answers):
        end = answers.index(b"\n", position)
        head = answers[position:end].split()
        if len(head) != 3:
            raise UsageError("git has not all files of the revision", help=("fetch it in full",))
        start = end + 1
        position = start + int(head[2]) + 1
        yield answers[start : position - 1]


def _commit(repository_root: Path, revision: str) -> str:
    commit = _git(repository_root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise UsageError(
            f"git knows no revision {revision}", help=("a shallow clone has few: fetch it, or name another one",)
        )
    return commit.decode().strip()


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints; None where it fails. It takes no locks, runs no hooks, and fetches nothing."""
    import subprocess  # noqa: PLC0415 - only for a revision

    command = ["git", "-C", str(folder), "--literal-pathspecs", "-c", "core.fsmonitor=false", *arguments]
    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, env=quiet)  # noqa: S603
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror or error}") from None
    return done.stdout if done.returncode == 0 else None
