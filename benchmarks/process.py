"""Runs a command as a whole process and reads what it cost from the operating system."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: seconds of CPU (user + system, with children), seconds of wall time, peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str | Path], cwd: Path) -> Cost:
    """Runs a command whose output nobody reads; its exit code does not matter, since findings are one."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = 0
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def compile_package() -> None:
    """Compiles pipecheck's bytecode, so that no measured run has to."""
    package = Path(__file__).parent.parent / "pipecheck"
    subprocess.run([sys.executable, "-m", "compileall", "-q", package], check=False)


def kept(holds: bool) -> str:
    """How a budget is printed."""
    return "OK  " if holds else "LOST"


def medians(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(median(c.cpu for c in costs), median(c.wall for c in costs), median(c.memory for c in costs))


def side_by_side(commands: dict[str, Sequence[str | Path]], cwd: Path, runs: int) -> dict[str, Cost]:
    """Each command `runs` times in turn, after one run that is not counted."""
    for command in commands.values():
        run(command, cwd)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(run(command, cwd))
    return {name: medians(of) for name, of in costs.items()}
