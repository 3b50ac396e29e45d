"""Forks make of the tasks what one process makes of them."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent

import pytest

from pipecheck.engine.processes import processors, results

WORTH_SHARING = 2_000

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="processes are forked on Linux and its like alone"
)


def in_a_process_of_its_own(program: str) -> str:
    """What a program prints; this process has threads, and forks of it would be unsafe."""
    command = [sys.executable, "-W", "error", "-c", dedent(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
def test_results_stand_in_the_order_of_the_tasks(jobs: int) -> None:
    program = f"""
        from pipecheck.engine.processes import results
        print(results(lambda task: task * 2, range(9_001), {jobs}) == [task * 2 for task in range(9_001)])
    """
    assert in_a_process_of_its_own(program) == "True"


def test_several_processes_work_where_there_is_enough_to_do() -> None:
    program = f"""
        import os
        from pipecheck.engine.processes import results
        print(len(set(results(lambda task: os.getpid(), range({WORTH_SHARING}), 2))))
        print(len(set(results(lambda task: os.getpid(), range({WORTH_SHARING - 1}), 2))))
    """
    assert in_a_process_of_its_own(program).split() == ["2", "1"]


@pytest.mark.parametrize(
    "end", ["os._exit(9)", "os.kill(os.getpid(), 9)", "raise MemoryError", "return lambda: task"]
)
def test_the_share_of_a_process_that_fails_is_worked_through_here(end: str) -> None:
    program = f"""
        import os
        from pipecheck.engine.processes import results
        here = os.getpid()
        def call(task):
            if os.getpid() != here:
                {end}
            return task
        print(results(call, range(4_000), 2) == list(range(4_000)))
    """
    assert in_a_process_of_its_own(program) == "True"


def test_a_system_without_room_for_processes_gets_along() -> None:
    program = """
        import os
        from pipecheck.engine.processes import results
        def refuse():
            raise BlockingIOError(11, "Resource temporarily unavailable")
        os.fork = refuse
        print(results(lambda task: task, range(4_000), 2) == list(range(4_000)))
    """
    assert in_a_process_of_its_own(program) == "True"


def test_no_process_is_left_when_the_work_is_broken_off() -> None:
    program = """
        import os, time
        from pipecheck.engine.processes import results
        here = os.getpid()
        def call(task):
            if os.getpid() == here:
                raise KeyboardInterrupt
            time.sleep(60)
        try:
            results(call, range(4_000), 2)
        except KeyboardInterrupt:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                print("none left")
    """
    assert in_a_process_of_its_own(program) == "none left"


def test_little_work_stays_here() -> None:
    assert results(str, [1, 2], processors() + 1) == ["1", "2"]
