"""How often each rule fails: findings and cannot-tells per 100 subjects, over folders of templates.

    python benchmarks/noise.py FOLDER…

Each folder is one inventory. Prints the table of docs/default-rules.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from pipecheck.app.scan import ScanRequest, scan
from pipecheck.engine.config.configuration import Configuration
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.verdict import Verdict

_COUNTED = (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN)


def main(folders: list[str]) -> None:
    """Prints a line for each rule, those that fail most often first."""
    counts: Counter[tuple[str, Verdict]] = Counter()
    pipelines = 0
    for folder in folders:
        report = scan(ScanRequest((folder,), Path.cwd(), select=("ALL",)), Configuration()).report
        counts.update((outcome.rule, outcome.verdict) for outcome in report.outcomes)
        pipelines += sum(len(one.pipelines) for one in report.inputs)
    print(f"{pipelines} pipelines in {len(folders)} folders")
    print("| rule | severity | by default | subjects | fail per 100 | cannot tell per 100 |")
    print("|---|---|---|---|---|---|")
    rows = [(rule, [counts[rule.id, verdict] for verdict in _COUNTED]) for rule in load_bundled().rules.values()]
    for rule, (passed, failed, unknown) in sorted(rows, key=lambda row: -row[1][1] / max(sum(row[1]), 1)):
        subjects = passed + failed + unknown
        rates = (f"{100 * number / subjects:.0f}" if subjects else "–" for number in (failed, unknown))
        default = "yes" if rule.default else "no"
        print(f"| {rule.id} | {rule.severity.value} | {default} | {subjects} | {' | '.join(rates)} |")


if __name__ == "__main__":
    main(sys.argv[1:])
