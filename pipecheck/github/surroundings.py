"""What a workflow run knows of itself, from its variables and the file of its event.

The variables: https://docs.github.com/en/actions/reference/workflows-and-actions/variables; the events:
https://docs.github.com/en/webhooks/webhook-events-and-payloads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipecheck.errors import UsageError
from pipecheck.values.record import record

PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target")


@record
class PullRequest:
    """The pull request that a run is about.

    `head` is the commit that was pushed, `base` the commit of the branch that it would go to. `is_fork` says that it
    comes from another repository.
    """

    number: int
    head: str
    base: str
    is_fork: bool


@record
class Surroundings:
    """One run: `repository` is `owner/name`, `sha` the commit that was checked out by default.

    `queue_base` is the commit that a group in a merge queue goes onto. None: the run has no such thing.
    """

    event: str
    repository: str
    sha: str
    server_url: str
    api_url: str
    workspace: Path
    temp: Path
    pull_request: PullRequest | None = None
    queue_base: str | None = None
    action_url: str | None = None

    @property
    def head(self) -> str:
        """The commit that checks and links belong to."""
        return self.sha if self.pull_request is None else self.pull_request.head


def surroundings(variables: Mapping[str, str]) -> Surroundings:
    """The run that the variables of an environment describe. Raises UsageError where they describe none."""
    missing = [name for name in ("GITHUB_EVENT_NAME", "GITHUB_REPOSITORY", "GITHUB_SHA") if not variables.get(name)]
    if missing:
        raise UsageError(f"this is no step of a GitHub workflow: {', '.join(missing)} is not set")
    event = _event(variables.get("GITHUB_EVENT_PATH", ""))
    name, repository = variables["GITHUB_EVENT_NAME"], variables["GITHUB_REPOSITORY"]
    workspace = Path(variables.get("GITHUB_WORKSPACE") or ".").absolute()
    server_url = variables.get("GITHUB_SERVER_URL") or "https://github.com"
    return Surroundings(
        event=name,
        repository=repository,
        sha=variables["GITHUB_SHA"],
        server_url=server_url,
        api_url=variables.get("GITHUB_API_URL") or "https://api.github.com",
        workspace=workspace,
        temp=Path(variables.get("RUNNER_TEMP") or workspace).absolute(),
        pull_request=_pull_request(event, repository) if name in PULL_REQUEST_EVENTS else None,
        queue_base=_text(event, "merge_group", "base_sha") if name == "merge_group" else None,
        action_url=_action_url(variables, server_url),
    )


def _event(file: str) -> dict[str, Any]:
    if not file:
        return {}
    try:
        event = json.loads(Path(file).read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"the event of the run cannot be read: {error}", source=file) from None
    return event if isinstance(event, dict) else {}


def _pull_request(event: dict[str, Any], repository: str) -> PullRequest | None:
    head, base = _text(event, "pull_request", "head", "sha"), _text(event, "pull_request", "base", "sha")
    number = event.get("number") or event.get("pull_request", {}).get("number")
    if head is None or base is None or not isinstance(number, int):
        return None
    source = _text(event, "pull_request", "head", "repo", "full_name")
    # A fork that was deleted has no name any more.
    return PullRequest(number, head, base, source is None or source.lower() != repository.lower())


def _text(event: Any, *path: str) -> str | None:
    for key in path:
        event = event.get(key) if isinstance(event, dict) else None
    return event if isinstance(event, str) and event else None


def _action_url(variables: Mapping[str, str], server_url: str) -> str | None:
    """Where the files of the action can be read, at the ref that was used; None where it is no published one."""
    repository, ref = variables.get("GITHUB_ACTION_REPOSITORY"), variables.get("GITHUB_ACTION_REF")
    return f"{server_url}/{repository}/blob/{ref}" if repository and ref else None
