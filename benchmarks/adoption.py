"""What it costs to have accepted much: 500 waivers and a baseline of 20,000 findings, beside a scan without them.

The waivers cover nothing, so that all have to be looked at; the rule that would report each of them is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from process import side_by_side
from templates import write_template

_WAIVERS = 500
_KNOWN = 20_000
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
        plain = [sys.executable, "-m", "pipecheck", "scan", "--ignore", "gov-suppression-hygiene", template]
        waived = [*plain, "--config", configuration]
        commands = {"plain": plain, "waivers": waived, "accepted": [*waived, "--baseline", _baseline(folder)]}
        costs = side_by_side(commands, folder, options.runs)
    added = costs["accepted"].cpu - costs["plain"].cpu
    print(f"plain     cpu {costs['plain'].cpu:6.3f} s")
    print(f"waivers   cpu {costs['waivers'].cpu:6.3f} s   {_WAIVERS} waivers")
    print(f"accepted  cpu {costs['accepted'].cpu:6.3f} s   and {_KNOWN} known findings")
    print(f"{'kept' if added <= _LIMIT else 'LOST'}: {added:.3f} s added, at most {_LIMIT:.3f} wanted")


def _baseline(folder: Path) -> Path:
    entries = [
        {
            "rule": "artifact-store-cmk",
            "path": f"team-{number % 700}/pipeline.yaml",
            "verdict": "fail",
            "fingerprint": hashlib.sha256(str(number).encode()).hexdigest()[:32],
            "count": 1,
        }
        for number in range(_KNOWN)
    ]
    file = folder / "known.json"
    file.write_text(json.dumps({"schema": "pipecheck/baseline/v1", "findings": entries}))
    return file


if __name__ == "__main__":
    main()
