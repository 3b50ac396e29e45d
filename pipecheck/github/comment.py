"""One comment on a pull request that every run brings up to date (https://docs.github.com/en/rest/issues/comments)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipecheck.github.client import Client

COMMENT_BYTES = 65_000
"""What GitHub takes is 65,536 characters; the marker needs a few."""
_PAGE = 100
_MOST_PAGES = 30


def publish(client: Client, pull_request: int, category: str, text: str, *, worth_starting: bool) -> bool:
    """Writes the text into the comment of the category and returns whether there is one now.

    A comment is started only where it is `worth_starting`. Raises ApiError.
    """
    marker = f"<!-- {category.replace('--', '- -').replace('>', '')} -->"
    body = {"body": f"{marker}\n{text}"}
    found = next((one for one in _comments(client, pull_request) if _is_ours(one, marker)), None)
    if found is not None:
        client.send("PATCH", f"issues/comments/{int(found['id'])}", body)
    elif worth_starting:
        client.send("POST", f"issues/{pull_request}/comments", body)
    return found is not None or worth_starting


def _comments(client: Client, pull_request: int) -> Iterator[dict[str, Any]]:
    for page in range(1, _MOST_PAGES + 1):
        answer = client.get(f"issues/{pull_request}/comments?per_page={_PAGE}&page={page}")
        comments = [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
        yield from comments
        if len(comments) < _PAGE:
            return


def _is_ours(comment: dict[str, Any], marker: str) -> bool:
    """Whether a bot wrote it: a person's comment with our marker would stay that person's to change."""
    user = comment.get("user")
    return (
        str(comment.get("body") or "").startswith(marker)
        and isinstance(user, dict)
        and user.get("type") == "Bot"
        and "id" in comment
    )
