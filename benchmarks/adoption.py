"""What it costs to have accepted much: a scan with 500 waivers beside the same scan without a configuration."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from process import side_by_side
from templates import write_template

_WAIVERS = 500
_LIMIT = 0.150
_WAIVER = """\
  - rule: artifact-store-cmk
    subject: "team-{number}-*"
    reason: accepted until the new key is there, see ticket {number}
    owner: team-{number}
    expires: 2099-{month:02}-15
"""


def main() -> None:
    """Prints both costs, the difference, and whether it is within the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each command")
    options = parser.parse_args()
    package = Path(__file__).parent.parent / "pipecheck"
    subprocess.run([sys.executable, "-m", "compileall", "-q", package], check=False)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        template = write_template(folder / "small.yaml", 20_000)
        configuration = folder / "accepted.yaml"
        waivers = "".join(_WAIVER.format(number=number, month=number % 12 + 1) for number in range(_WAIVERS))
        configuration.write_text(f"waivers:\n{waivers}")
        plain = [sys.executable, "-m", "pipecheck", "scan", template]
        commands = {"plain": plain, "accepted": [*plain, "--config", configuration]}
        costs = side_by_side(commands, folder, options.runs)
    added = costs["accepted"].cpu - costs["plain"].cpu
    print(f"plain     cpu {costs['plain'].cpu:6.3f} s")
    print(f"accepted  cpu {costs['accepted'].cpu:6.3f} s   {_WAIVERS} waivers")
    print(f"{'kept' if added <= _LIMIT else 'LOST'}: {added:.3f} s added, at most {_LIMIT:.3f} wanted")


if __name__ == "__main__":
    main()
