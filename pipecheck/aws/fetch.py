"""From an account, or many, to a snapshot folder."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pipecheck import __version__
from pipecheck.aws.accounts import Account, Credentials, Door, Skipped
from pipecheck.aws.caller import CallLog, Connecting
from pipecheck.aws.calls import CALLS
from pipecheck.aws.collect import Collector
from pipecheck.aws.failures import INCOMPLETE
from pipecheck.aws.folder import Folder
from pipecheck.model.snapshot import DENIED, REGION_DISABLED
from pipecheck.values.record import record


class Progress(Protocol):
    """Who is told how a fetch goes; calls come from any thread."""

    def called(self, name: str) -> None:
        """A call is made, such as `s3:GetBucketPolicy`."""
        ...

    def fetched(self, type: str) -> None:
        """A resource is written."""
        ...

    def entered(self, account: str, region: str) -> None:
        """The pipelines of a region of an account come next."""
        ...


@record
class FetchRequest:
    """What to fetch, and where to. Empty `regions` are that of the profile, or all enabled ones with `all_regions`.

    `jobs` is the number of calls that may be under way at once.
    """

    out: Path
    credentials: Credentials
    connecting: Connecting
    regions: tuple[str, ...] = ()
    all_regions: bool = False
    pipelines: str = "*"
    jobs: int = 8
    resume: bool = False


@record
class Gap:
    """A permission without which something is not known, and what that is."""

    permission: str
    fills: str


@record
class Fetched:
    """What a fetch has brought: how many calls and resources, what was denied, and why it is not complete, if so."""

    calls: int
    resources: int
    denied: tuple[Gap, ...]
    problems: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    interrupted: bool


def fetch(request: FetchRequest, progress: Progress) -> Fetched:
    """Fetches, and writes the snapshot with its manifest. An interrupt ends it early, with what there is by then.

    Raises UsageError and AccountError where there is nothing to begin with.
    """
    run = _Run(request, progress)
    return run.made()


class _Run:
    def __init__(self, request: FetchRequest, progress: Progress) -> None:
        self._request = request
        self._progress = progress
        self._log = CallLog(progress.called)
        self._written = 0
        self._lock = threading.Lock()
        self._door: Door | None = None
        self._collectors: dict[str, Collector] = {}
        self._started = datetime.now(UTC)

    def made(self) -> Fetched:
        request = self._request
        region = request.regions[0] if request.regions else None
        door = self._door = Door(request.credentials, request.connecting, self._log, region)
        accounts = door.accounts()
        first = next(accounts)
        regions = door.regions(first, request.regions, every=request.all_regions)
        folder = Folder(request.out, resume=request.resume)
        folder.write_manifest(self._manifest(interrupted=True))
        interrupted = False
        pool = ThreadPoolExecutor(request.jobs)
        try:
            self._pipelines(first, regions, folder, pool)
            for account in accounts:
                self._pipelines(
                    account, door.regions(account, request.regions, every=request.all_regions), folder, pool
                )
            self._work_off()
        except KeyboardInterrupt:
            interrupted = True
            self._log.stopped.set()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        folder.write_manifest(self._manifest(interrupted=interrupted))
        return self._fetched(interrupted=interrupted)

    def _pipelines(
        self, account: Account, regions: tuple[str, ...], folder: Folder, pool: ThreadPoolExecutor
    ) -> None:
        collector = Collector(account.number, account.caller, folder, pool, self._count)
        self._collectors[account.number] = collector
        for region in regions:
            self._progress.entered(account.number, region)
            collector.pipelines(region, self._request.pipelines)

    def _work_off(self) -> None:
        """Until nothing is needed any more: what one account names may be another's."""
        while True:
            for collector in self._collectors.values():
                collector.work_off()
            if not self._handed_over():
                return

    def _handed_over(self) -> bool:
        """Hands needs to the accounts that they belong to; whether there was any to hand over."""
        moved = False
        for collector in self._collectors.values():
            for need in [need for need in collector.needs if need.account != collector.account]:
                del collector.needs[need]
                owner = self._collectors.get(need.account)
                if owner is not None and need not in owner.needs:
                    owner.needs[need] = None
                    moved = True
        return moved

    def _count(self, type: str) -> None:
        with self._lock:
            self._written += 1
        self._progress.fetched(type)

    def _fetched(self, *, interrupted: bool) -> Fetched:
        failures = [failure for failure in self._log.failures if failure.unavailable.call in CALLS]
        denied = {failure.unavailable.call for failure in failures if failure.unavailable.reason == DENIED}
        problems: dict[str, None] = {}
        for failure in failures:
            if failure.unavailable.reason in INCOMPLETE:
                where = "/".join(filter(None, (failure.account, failure.region)))
                problems[f"{where}: {failure.unavailable.call}: {failure.unavailable.reason}"] = None
        return Fetched(
            calls=self._log.calls.total(),
            resources=self._written,
            denied=tuple(Gap(CALLS[name].permission, CALLS[name].fills) for name in sorted(denied)),
            problems=tuple(problems),
            skipped=(*(self._door.skipped if self._door else ()), *self._disabled()),
            interrupted=interrupted,
        )

    def _disabled(self) -> tuple[Skipped, ...]:
        found = {
            Skipped(failure.account, failure.region, "the region is not enabled")
            for failure in self._log.failures
            if failure.unavailable.reason == REGION_DISABLED
        }
        return tuple(sorted(found, key=lambda skipped: (skipped.account, skipped.region)))

    def _manifest(self, *, interrupted: bool) -> dict[str, object]:
        import botocore  # noqa: PLC0415 - heavy

        return {
            "started": self._started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "tool": {"name": "pipecheck", "version": __version__, "botocore": botocore.__version__},
            "accounts": [
                {"account": collector.account, "regions": list(collector.regions)}
                for collector in self._collectors.values()
            ],
            "pipelines": self._request.pipelines,
            "calls": dict(self._log.calls),
            "throttled": dict(self._log.throttled),
            "unavailable": [
                {
                    "account": failure.account,
                    "region": failure.region,
                    "about": failure.about,
                    "call": failure.unavailable.call,
                    "permission": failure.unavailable.permission,
                    "reason": failure.unavailable.reason,
                    "code": failure.unavailable.code,
                }
                for failure in sorted(self._log.failures, key=_order)
            ],
            "skipped": [
                {"account": skipped.account, "region": skipped.region, "why": skipped.why}
                for skipped in (*(self._door.skipped if self._door else ()), *self._disabled())
            ],
            "interrupted": interrupted,
        }


def _order(failure: object) -> str:
    return repr(failure)
