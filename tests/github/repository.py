"""A repository with a pull request, and a workspace as actions/checkout leaves it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.github.server import REPOSITORY, GitHub

_NEUTRAL = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "x",
    "GIT_AUTHOR_EMAIL": "x@example.org",
    "GIT_COMMITTER_NAME": "x",
    "GIT_COMMITTER_EMAIL": "x@example.org",
}


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, env={**os.environ, **_NEUTRAL}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout.strip()


@dataclass
class Origin:
    """The repository on GitHub's side. `base`, `head` and `merge` are the commits of its pull request."""

    folder: Path
    base: str
    head: str
    merge: str


def pull_request(folder: Path, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Origin:
    """A repository whose files are `before`, and a pull request that makes `after` of them. None: no such file."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    base = _commit(folder, before, "before")
    git(folder, "checkout", "--quiet", "-b", "change")
    head = _commit(folder, after, "after")
    git(folder, "checkout", "--quiet", "--detach", "main")
    git(folder, "merge", "--quiet", "--no-ff", "--no-edit", "change")
    merge = git(folder, "rev-parse", "HEAD")
    git(folder, "update-ref", "refs/pull/1/merge", merge)
    return Origin(folder, base, head, merge)


def _commit(folder: Path, files: Mapping[str, str | None], message: str) -> str:
    for name, text in files.items():
        file = folder / name
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def check_out(origin: Origin, commit: str, workspace: Path) -> Path:
    """A clone of one commit, without any other."""
    workspace.mkdir(parents=True, exist_ok=True)
    git(workspace, "init", "--quiet")
    git(workspace, "remote", "add", "origin", f"file://{origin.folder}")
    git(workspace, "fetch", "--quiet", "--depth=1", "origin", commit)
    git(workspace, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    return workspace


def environment(
    tmp_path: Path, workspace: Path, event: str, sha: str, payload: Mapping[str, Any], github: GitHub
) -> dict[str, str]:
    """The variables of a step, and nothing of the process that runs the tests but where programs are."""
    temp = tmp_path / "runner-temp"
    temp.mkdir(exist_ok=True)
    file = tmp_path / "event.json"
    file.write_text(json.dumps(payload), "utf-8")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        **_NEUTRAL,
        "GITHUB_ACTIONS": "true",
        "CI": "true",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(file),
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_SHA": sha,
        "GITHUB_SERVER_URL": "https://github.example",
        "GITHUB_API_URL": github.url,
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_ACTION_REPOSITORY": "octo/pipecheck",
        "GITHUB_ACTION_REF": "v1",
        "RUNNER_TEMP": str(temp),
        "RUNNER_OS": "Linux",
        "PIPECHECK_PYTHON": sys.executable,
    }


def payload(origin: Origin, *, source: str = REPOSITORY) -> dict[str, Any]:
    """What GitHub says of the pull request, whose head may be in another repository."""
    head = {"sha": origin.head, "repo": {"full_name": source}}
    return {"number": 1, "pull_request": {"number": 1, "head": head, "base": {"sha": origin.base}}}
