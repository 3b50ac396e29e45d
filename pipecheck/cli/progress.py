"""How a long fetch shows on stderr: a live line on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_SECONDS_BETWEEN_LINES = 5.0


class Silence:
    """Shows nothing."""

    def called(self, name: str) -> None:
        """See `pipecheck.aws.fetch.Progress`."""

    def fetched(self, type: str) -> None:
        """See `pipecheck.aws.fetch.Progress`."""

    def entered(self, account: str, region: str) -> None:
        """See `pipecheck.aws.fetch.Progress`."""


class Lines(Silence):
    """A plain line for every region, and one every few seconds."""

    def __init__(self) -> None:
        self._calls = 0
        self._resources: Counter[str] = Counter()
        self._last = time.monotonic()
        self._lock = threading.Lock()

    def called(self, name: str) -> None:  # noqa: ARG002 - the calls are only counted
        """See `pipecheck.aws.fetch.Progress`."""
        with self._lock:
            self._calls += 1
            due = time.monotonic() - self._last > _SECONDS_BETWEEN_LINES
            if due:
                self._last = time.monotonic()
                click.echo(f"fetching: {self.state()}", err=True)

    def fetched(self, type: str) -> None:
        """See `pipecheck.aws.fetch.Progress`."""
        with self._lock:
            self._resources[type] += 1

    def entered(self, account: str, region: str) -> None:
        """See `pipecheck.aws.fetch.Progress`."""
        click.echo(f"fetching {account} {region}", err=True)

    def state(self) -> str:
        """What there is by now."""
        pipelines = self._resources["codepipeline/pipeline"]
        return f"{pipelines} pipelines, {self._resources.total()} resources, {self._calls} calls"


class Live(Lines):
    """The same in one line that is written over, with the time that has passed."""

    def __init__(self, bars: Bars, task: TaskID) -> None:
        super().__init__()
        self._bars = bars
        self._task = task
        self._where = ""

    def called(self, name: str) -> None:
        """See `pipecheck.aws.fetch.Progress`."""
        with self._lock:
            self._calls += 1
            state = f"{self._where}  {name}  {self.state()}"
        self._bars.update(self._task, description=state)

    def entered(self, account: str, region: str) -> None:
        """See `pipecheck.aws.fetch.Progress`."""
        self._where = f"{account} {region}"


@contextmanager
def progress(*, quiet: bool) -> Iterator[Silence]:
    """What a fetch is to tell how it goes."""
    if quiet:
        yield Silence()
    elif not sys.stderr.isatty():
        yield Lines()
    else:
        from rich.console import Console  # noqa: PLC0415 - heavy
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - heavy

        columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
            yield Live(bars, bars.add_task("", total=None))
