"""pipecheck beside a bare interpreter and its peers: whole processes, medians, ratios, budgets."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from peers import PACKAGES, install, on_file, on_folder
from process import Cost, compile_package, kept, side_by_side
from templates import write_folder, write_mixed_template, write_template

OURS = "pipecheck"
_HOME = Path(__file__).parent.parent / ".benchmarks"
_IMPORTS_CLICK = "import click"
_COMPOSES = "import sys, yaml; yaml.compose(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CSafeLoader)"


@dataclass(frozen=True, slots=True)
class Budget:
    """pipecheck must cost at most `limit` times the CPU time that `other` costs in the same case."""

    other: str
    limit: float

    def verdict(self, costs: dict[str, Cost]) -> str | None:
        """A line that says whether it is kept; None where `other` was not measured."""
        if self.other not in costs:
            return None
        ratio = costs[OURS].cpu / costs[self.other].cpu
        return f"{kept(ratio <= self.limit)}: {ratio:.3f} of {self.other}, at most {self.limit:.3f} wanted"


@dataclass(frozen=True, slots=True)
class BenchmarkCase:
    """A case: commands by name, pipecheck's among them, and the budgets that hold between them."""

    name: str
    commands: dict[str, Sequence[str | Path]]
    budgets: tuple[Budget, ...]


def main() -> None:
    """Prints a table per case and says of each budget whether it is kept or lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each command")
    parser.add_argument("--only", help="the name of one case")
    options = parser.parse_args()
    compile_package()
    peers = {name: programs for name in PACKAGES if (programs := install(name, _HOME)) is not None}
    verdicts: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for case in cases(Path(scratch), peers):
            if options.only in {None, case.name}:
                verdicts += show(case, side_by_side(case.commands, Path(scratch), options.runs))
    print("\nbudgets", *verdicts, sep="\n  ")


def cases(scratch: Path, peers: dict[str, Path]) -> list[BenchmarkCase]:
    """All cases, with their files written."""
    small = write_template(scratch / "small.yaml", 20_000)
    large = write_template(scratch / "large.yaml", 500_000)
    mixed = write_mixed_template(scratch / "mixed.yaml", 500_000)
    python = Path(sys.executable)
    ours = [python, "-m", "pipecheck"]
    return [
        BenchmarkCase(
            "version",
            {OURS: [*ours, "--version"], "import click": [python, "-c", _IMPORTS_CLICK]},
            (Budget("import click", 1.3),),
        ),
        BenchmarkCase(
            "one-template",
            {
                OURS: [*ours, "scan", small],
                "import click": [python, "-c", _IMPORTS_CLICK],
                **{name: on_file(name, programs, small) for name, programs in peers.items()},
            },
            (
                Budget("import click", 2.5),
                Budget("checkov", 1 / 25),
                Budget("cfn-lint", 1 / 8),
                Budget("pipeline-check", 1 / 2),
            ),
        ),
        BenchmarkCase(
            "500-kb",
            {
                OURS: [*ours, "scan", large],
                "compose": [python, "-c", _COMPOSES, large],
                **{name: on_file(name, programs, large) for name, programs in peers.items()},
            },
            (Budget("compose", 2),),
        ),
        BenchmarkCase(
            "500-kb-mixed",
            {
                OURS: [*ours, "scan", mixed],
                "compose": [python, "-c", _COMPOSES, mixed],
                **{name: on_file(name, programs, mixed) for name, programs in peers.items()},
            },
            (),
        ),
        *(
            _folder_case(write_folder(scratch / str(count), count, 4_000), count, ours, peers)
            for count in (100, 200, 1_000)
        ),
    ]


def _folder_case(folder: Path, count: int, ours: Sequence[str | Path], peers: dict[str, Path]) -> BenchmarkCase:
    """A folder of templates; cfn-lint and the largest folder would take minutes and are left to the smaller ones."""
    others = {name: on_folder(name, programs, folder) for name, programs in peers.items() if count <= 200}
    budgets = (Budget("checkov", 1 / 8), Budget("pipeline-check", 1)) if count == 200 else ()
    return BenchmarkCase(f"{count}-templates", {OURS: [*ours, "scan", folder], **others}, budgets)


def show(case: BenchmarkCase, costs: dict[str, Cost]) -> list[str]:
    """Prints the figures of a case, and returns a line on each of its budgets."""
    own = costs[OURS]
    print(f"\n{case.name}")
    for name, cost in costs.items():
        ratio = f"pipecheck takes {own.cpu / cost.cpu:6.3f} of its CPU" if name != OURS else ""
        print(f"  {name:16} cpu {cost.cpu:8.3f} s   wall {cost.wall:8.3f} s   {cost.memory:6.0f} MB   {ratio}")
    verdicts = [budget.verdict(costs) for budget in case.budgets]
    return [f"{case.name:14} {verdict}" for verdict in verdicts if verdict is not None]


if __name__ == "__main__":
    main()
