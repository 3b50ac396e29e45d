"""The REST API of GitHub, as far as a run needs it (https://docs.github.com/en/rest)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from pipecheck.errors import PipecheckError
from pipecheck.values.record import record

_VERSION = "2022-11-28"
_SECONDS = 20
_TRIES = 3
_PASSING = frozenset({429, 500, 502, 503, 504})


class ApiError(PipecheckError):
    """GitHub refused a call, or did not answer. `status` is None where there was no answer."""

    def __init__(self, message: str, status: int | None) -> None:
        super().__init__(message)
        self.status = status


@record
class Client:
    """Calls of one repository. `api_url` is without a slash at its end."""

    api_url: str
    repository: str
    token: str
    wait: Callable[[float], None] = time.sleep

    def get(self, path: str) -> Any:
        """What GitHub answers. `path` is relative to the repository. Raises ApiError."""
        return self._call("GET", path, None)

    def send(self, method: str, path: str, body: dict[str, Any]) -> Any:
        """What GitHub answers to a POST or PATCH. Raises ApiError."""
        return self._call(method, path, body)

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        for again in range(1, _TRIES + 1):
            try:
                return self._once(method, path, body)
            except ApiError as error:
                # A second POST might say a thing twice where only the answer was lost.
                if error.status not in _PASSING or again == _TRIES or (method == "POST" and error.status != 429):
                    raise
                self.wait(0.5 * 2**again)
        raise AssertionError("the last try returns or raises")

    def _once(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        from urllib.error import HTTPError  # noqa: PLC0415 - only a workflow run calls anybody
        from urllib.request import Request, urlopen  # noqa: PLC0415

        url = f"{self.api_url.rstrip('/')}/repos/{self.repository}/{path}"
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "pipecheck",
            "X-GitHub-Api-Version": _VERSION,
        }
        data = None if body is None else json.dumps(body).encode()
        request = Request(url, data, headers, method=method)  # noqa: S310 - the runner says which server
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                text = answer.read()
        except HTTPError as error:
            with error:
                raise ApiError(f"GitHub answered {error.code} to {method} {path}", error.code) from None
        except OSError as error:
            raise ApiError(f"GitHub cannot be reached: {error}", None) from None
        try:
            return json.loads(text) if text else None
        except ValueError:
            raise ApiError(f"GitHub answered {method} {path} with no JSON", None) from None
