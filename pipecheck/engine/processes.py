"""Work shared with forks of this process, which see all its data without being sent any."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_LEAST_SHARE = 1_000
"""Tasks that are worth a process: a fork and its results' way back take the time of some hundreds of rule calls."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def results(call: Callable[[T], R], tasks: Sequence[T], jobs: int) -> list[R]:
    """What `call` makes of each task, in the order of the tasks, by up to `jobs` processes.

    One process does it alone where there is little to do and where forking is unknown (Windows) or unsafe (macOS).
    What `call` makes has to survive pickling; a share whose process fails is worked through here.
    """
    shares = min(jobs, len(tasks) // _LEAST_SHARE) if hasattr(os, "fork") and sys.platform != "darwin" else 1
    if shares < 2:
        return [call(task) for task in tasks]
    # Every nth task and not a block of them: the tasks of a slow rule stand together.
    parts = [tasks[share::shares] for share in range(shares)]
    made: list[Any] = [None] * len(tasks)
    forks: list[_Fork] = []
    try:
        forks += _forks(call, parts[1:])
        made[::shares] = [call(task) for task in parts[0]]
        for share in range(1, shares):
            found = forks[share - 1].results() if share <= len(forks) else []
            made[share::shares] = found or [call(task) for task in parts[share]]
    finally:
        for fork in forks:
            fork.end()
    return made


def _forks(call: Callable[[Any], Any], parts: Iterable[Sequence[Any]]) -> Iterator[_Fork]:
    """One process for each part, fewer where the system allows no more."""
    with suppress(OSError):
        for part in parts:
            yield _Fork(call, part)


class _Fork:
    """A process that works through some tasks."""

    __slots__ = ("_process", "_stream")

    def __init__(self, call: Callable[[Any], Any], tasks: Sequence[Any]) -> None:
        reading, writing = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _work_through(call, tasks, writing)
        os.close(writing)
        self._stream = os.fdopen(reading, "rb")

    def results(self) -> list[Any]:
        """What it made of its tasks; empty where it failed."""
        from pickle import loads  # noqa: PLC0415 - three milliseconds

        data = self._stream.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        made: list[Any] = loads(data) if status == 0 else []  # noqa: S301 - our own bytes
        return made

    def end(self) -> None:
        """Ends it where it is still at work."""
        self._stream.close()
        if self._process:
            import signal  # noqa: PLC0415

            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _work_through(call: Callable[[Any], Any], tasks: Sequence[Any], writing: int) -> NoReturn:
    """Writes the pickled results to the pipe and ends the process, whatever happens, without its exit handlers."""
    status = 1
    try:
        from pickle import HIGHEST_PROTOCOL, dump  # noqa: PLC0415

        with os.fdopen(writing, "wb") as pipe:
            dump([call(task) for task in tasks], pipe, HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
