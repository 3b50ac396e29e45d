"""Makes the calls of the table, and no other."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from pipecheck import __version__
from pipecheck.aws.calls import CALLS, Call
from pipecheck.aws.failures import ENDLESS, EXPIRED, STOPPED, THROTTLES, StoppedError, Unavailable, reason_of
from pipecheck.model.snapshot import MISSING
from pipecheck.values.record import record

_ATTEMPTS = 8
_MOST_PAGES = 10_000
_MOST_REPEATS = 20
"""Empty pages with a next one are legitimate; the same page again and again is not."""


@record
class Connecting:
    """How every client connects. `timeout` is in seconds, for connecting and for each answer."""

    endpoint_url: str | None = None
    timeout: float = 60.0
    connections: int = 10


@record
class Failure:
    """A call without an answer, and what it was about."""

    account: str
    region: str
    about: str
    unavailable: Unavailable


class CallLog:
    """What was called, counted by name, from every thread."""

    def __init__(self, on_call: Callable[[str], None] | None = None) -> None:
        self.calls: Counter[str] = Counter()
        self.throttled: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.stopped = threading.Event()
        self._on_call = on_call
        self._lock = threading.Lock()

    def called(self, name: str) -> None:
        """Counts a call, however often it is retried."""
        with self._lock:
            self.calls[name] += 1
        if self._on_call is not None:
            self._on_call(name)

    def throttle(self, service: str) -> None:
        """Counts an answer that asked for patience."""
        with self._lock:
            self.throttled[service] += 1

    def failed(self, failure: Failure) -> None:
        """Records a call without an answer."""
        with self._lock:
            self.failures.append(failure)


class Caller:
    """The calls of one account's credentials."""

    def __init__(self, session: Any, connecting: Connecting, log: CallLog) -> None:
        self.log = log
        self._session = session
        self._connecting = connecting
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()
        self._expired: Unavailable | None = None

    def call(self, name: str, region: str, /, **parameters: object) -> dict[str, Any] | Unavailable | None:
        """The answer; None where what is asked for is not configured."""
        call = CALLS[name]
        refused = self._refused(call)
        if refused is not None:
            return refused
        self.log.called(name)
        try:
            client = self._client(call.service, region)
            answer: dict[str, Any] = getattr(client, _method(call.operation))(**parameters)
        except Exception as error:  # noqa: BLE001 - whatever botocore raises is one call without an answer
            return self._unanswered(call, error)
        return answer

    def pages(self, name: str, region: str, /, **parameters: object) -> Iterator[dict[str, Any] | Unavailable]:
        """Every page of the answer; the last element is Unavailable where the pages end before their time."""
        call = CALLS[name]
        refused = self._refused(call)
        if refused is not None:
            yield refused
            return
        seen: Counter[int] = Counter()
        try:
            client = self._client(call.service, region)
            method = _method(call.operation)
            found = client.get_paginator(method).paginate(**parameters) if client.can_paginate(method) else None
            pages = iter([getattr(client, method)(**parameters)] if found is None else found)
            while True:
                self.log.called(name)
                page = next(pages, None)
                if page is None:
                    self.log.calls[name] -= 1
                    return
                mark = _mark(page)
                if seen.total() >= _MOST_PAGES or seen[mark] >= _MOST_REPEATS:
                    yield Unavailable(name, call.permission, ENDLESS, "the same page came again")
                    return
                seen[mark] += 1
                yield page
                if self.log.stopped.is_set():
                    yield Unavailable(name, call.permission, STOPPED, "stopped")
                    return
        except Exception as error:  # noqa: BLE001 - see call
            yield self._unanswered(call, error) or Unavailable(name, call.permission, MISSING, "absent")

    def _refused(self, call: Call) -> Unavailable | None:
        """Why a call is not even made: nobody waits for it, or the credentials have expired."""
        if self.log.stopped.is_set():
            return Unavailable(call.name, call.permission, STOPPED, "stopped")
        if self._expired is not None:
            return Unavailable(call.name, call.permission, EXPIRED, self._expired.code)
        return None

    def _unanswered(self, call: Call, error: Exception) -> Unavailable | None:
        reason, code = reason_of(error)
        if code in call.absent:
            return None
        found = Unavailable(call.name, call.permission, reason, code)
        if reason == EXPIRED:
            self._expired = found
        return found

    def _client(self, service: str, region: str) -> Any:
        key = (service, region)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._made(service, region)
            return self._clients[key]

    def _made(self, service: str, region: str) -> Any:
        from botocore.config import Config  # noqa: PLC0415 - heavy

        config = Config(
            connect_timeout=self._connecting.timeout,
            read_timeout=self._connecting.timeout,
            retries={"mode": "adaptive", "total_max_attempts": _ATTEMPTS},
            max_pool_connections=self._connecting.connections,
            user_agent_extra=f"pipecheck/{__version__}",
            s3={"addressing_style": "path"} if self._connecting.endpoint_url else None,
        )
        client = self._session.client(
            service, region_name=region, endpoint_url=self._connecting.endpoint_url, config=config
        )
        client.meta.events.register("response-received", self._count_throttle(service))
        client.meta.events.register("before-send", self._stop)
        return client

    def _stop(self, **_: object) -> None:
        """Lets no try of a call begin after the audit was stopped."""
        if self.log.stopped.is_set():
            raise StoppedError

    def _count_throttle(self, service: str) -> Callable[..., None]:
        def count(parsed_response: Any = None, **_: object) -> None:
            code = (parsed_response or {}).get("Error", {}).get("Code")
            if code in THROTTLES:
                self.log.throttle(service)

        return count


def _method(operation: str) -> str:
    from botocore import xform_name  # noqa: PLC0415 - heavy

    name: str = xform_name(operation)
    return name


def _mark(page: dict[str, Any]) -> int:
    """What is the same for two pages with the same content, whatever their tokens."""
    content = {
        key: value
        for key, value in page.items()
        if key != "ResponseMetadata" and "oken" not in key and key != "Marker"
    }
    return hash(json.dumps(content, sort_keys=True, default=str))
