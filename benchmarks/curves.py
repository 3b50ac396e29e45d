"""CPU time and memory of a scan as functions of the size of one template and of the number of templates."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from process import Cost, compile_package, kept, side_by_side
from templates import write_folder, write_template

_SIZES = (20_000, 100_000, 500_000, 2_000_000)
_NUMBERS = (100, 200, 500, 1_000)
_MOST_GROWTH = 1.25
"""What a template may cost among 1,000, in terms of what it costs among 100."""
_MOST_MEMORY = 200
"""MB at 1,000 templates."""


def main() -> None:
    """Prints both curves, and whether the second is straight and low."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each scan")
    runs = parser.parse_args().runs
    compile_package()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        sizes = {size: write_template(scratch / f"{size}.yaml", size) for size in _SIZES}
        show("KB", 1_000, _costs(sizes, scratch, runs))
        numbers = {number: write_folder(scratch / str(number), number, 4_000) for number in _NUMBERS}
        costs = _costs(numbers, scratch, runs)
        show("templates", 1, costs)
    few, many = costs[min(_NUMBERS)], costs[max(_NUMBERS)]
    growth = many.cpu / few.cpu * min(_NUMBERS) / max(_NUMBERS)
    print(f"\n{kept(growth <= _MOST_GROWTH)}: each of 1,000 costs {growth:.2f} times what each of 100 does")
    print(f"{kept(many.memory <= _MOST_MEMORY)}: {many.memory:.0f} MB at 1,000, at most {_MOST_MEMORY} MB wanted")


def _costs(inputs: Mapping[int, Path], scratch: Path, runs: int) -> dict[int, Cost]:
    python = Path(sys.executable)
    commands = {str(amount): [python, "-m", "pipecheck", "scan", path] for amount, path in inputs.items()}
    return {int(amount): cost for amount, cost in side_by_side(commands, scratch, runs).items()}


def show(noun: str, unit: int, costs: Mapping[int, Cost]) -> None:
    """Prints one curve; `unit` divides the amounts."""
    print(f"\n{noun:>9}  {'cpu':>9}  {'each':>9}  {'wall':>9}  {'memory':>9}")
    for amount, cost in costs.items():
        number = amount // unit
        each = f"{cost.cpu / number * 1000:.2f} ms"
        print(f"{number:9}  {cost.cpu:7.3f} s  {each:>9}  {cost.wall:7.3f} s  {cost.memory:6.0f} MB")


if __name__ == "__main__":
    main()
