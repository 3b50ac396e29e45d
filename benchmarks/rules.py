"""What rules add to a scan before the first is called: reading the catalogue, finding the checks, own rule files.

    python benchmarks/rules.py [RUNS]

Each figure is the least user CPU time, in milliseconds, of some fresh processes that have loaded the rest of a scan.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

BUDGET = 60
_OWN_RULES = 50
_PROGRAM = """
import sys
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
import pipecheck.app.scan, pipecheck.engine.config.parse, pipecheck.analysis.effects
from pipecheck.app.rule_set import rule_set
from pipecheck.engine.config.find import read_configuration

configuration = read_configuration(sys.argv[1] if len(sys.argv) > 1 else None)
before = getrusage(RUSAGE_SELF).ru_utime
rules = rule_set(configuration, Path.cwd())
for rule in rules.catalog.rules.values():
    rules.check(rule)
print(1000 * (getrusage(RUSAGE_SELF).ru_utime - before))
"""


def least(runs: int, *arguments: str) -> float:
    """The least time of some processes, the first of which, without bytecode, does not count."""
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    outputs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(runs + 1)]
    return min(float(output) for output in outputs[1:])


def main(runs: int) -> None:
    """Prints both figures and whether the budget is kept."""
    bundled = least(runs)
    print(f"bundled rules: {bundled:.0f} ms, budget {BUDGET} ms: {'kept' if bundled <= BUDGET else 'LOST'}")
    from pipecheck.app.new_rule import write_rule  # noqa: PLC0415 - the processes above are timed without it

    with TemporaryDirectory() as scratch:
        for number in range(_OWN_RULES):
            write_rule(f"own-rule{number}", Path(scratch, "policies"))
        file = Path(scratch, "pipecheck.yaml")
        file.write_text("rules: [./policies]\n", "utf-8")
        print(f"{_OWN_RULES} own rules more: {least(runs, str(file)) - bundled:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
