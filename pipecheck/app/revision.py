"""What files hold in a git revision, read from git; nothing is checked out."""

from __future__ import annotations

from pathlib import Path

from pipecheck.errors import UsageError


def file_at(repository_root: Path, revision: str, path: str) -> bytes | None:
    """The bytes of a file in a revision; None where it has no such file. `path` is relative to the repository's root.

    Raises UsageError where git is missing, the folder is in no repository, or it has no such revision.
    """
    commit = _git(repository_root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise UsageError(
            f"git knows no revision {revision}", help=("a shallow clone has few: fetch it, or name another one",)
        )
    return _git(repository_root, "cat-file", "blob", f"{commit.decode().strip()}:{path}")


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None where it fails."""
    import subprocess  # noqa: PLC0415 - only for a revision

    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror or error}") from None
    return done.stdout if done.returncode == 0 else None
