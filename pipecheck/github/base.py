"""The commit that a change is compared with, and whose policy holds for it; fetched where the checkout lacks it."""

from __future__ import annotations

import base64
import re
import subprocess
from pathlib import Path

from pipecheck.errors import UsageError
from pipecheck.github.surroundings import Surroundings

_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_SECONDS = 300


def base_of(run: Surroundings, root: Path) -> str | None:
    """The commit that a pull request or a group of a merge queue goes onto; None for any other event.

    The merge commit that GitHub checks out by default knows better than the event, which may be older.
    """
    if run.pull_request is None:
        return run.queue_base
    parents = _parents(root, run.sha)
    return parents[0] if len(parents) == 2 and parents[1] == run.pull_request.head else run.pull_request.base


def ensure_commit(root: Path, revision: str) -> None:
    """Fetches a commit that is not there. Raises UsageError where that fails."""
    if _git(root, "cat-file", "-e", f"{revision}^{{commit}}") is not None:
        return
    fetched = None
    if not revision.startswith("-"):
        fetched = _git(root, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", revision)
    if fetched is None or not _COMMIT.fullmatch(revision):
        raise UsageError(
            f"git has no revision {revision} to compare with, and cannot fetch it",
            help=(
                "let actions/checkout fetch it with `fetch-depth: 0`",
                "or compare with nothing: `diff-base: none`",
            ),
        )


def git_environment(root: Path, server_url: str, token: str) -> dict[str, str]:
    """Variables with which git trusts a checkout that another user made, as in a container, and can fetch."""
    stated = [("safe.directory", str(root))]
    if token:
        # What actions/checkout itself writes; it takes it away again with `persist-credentials: false`.
        basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        stated.append((f"http.{server_url.rstrip('/')}/.extraheader", ""))
        stated.append((f"http.{server_url.rstrip('/')}/.extraheader", f"AUTHORIZATION: basic {basic}"))
    variables = {"GIT_CONFIG_COUNT": str(len(stated)), "GIT_TERMINAL_PROMPT": "0"}
    for number, (key, value) in enumerate(stated):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _parents(root: Path, commit: str) -> list[str]:
    """The parents as the commit names them, also where a shallow clone does not have them."""
    head = _git(root, "rev-parse", "HEAD")
    if head is None or head.strip() != commit.encode():
        return []
    text = _git(root, "cat-file", "commit", commit) or b""
    header = text.partition(b"\n\n")[0].splitlines()
    return [line.split()[1].decode() for line in header if line.startswith(b"parent ")]


def _git(root: Path, *arguments: str) -> bytes | None:
    command = ["git", "-C", str(root), "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
