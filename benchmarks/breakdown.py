"""Where the time of one scan goes: what its imports cost, and which steps and functions take the rest."""

from __future__ import annotations

import argparse
import cProfile
import pstats
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from process import compile_package
from templates import write_template

_STEPS = {
    "choose the rules": ("app/prepare.py", "prepared_rules"),
    "read the text": ("syntax/read.py", "read_all"),
    "decode to the model": ("loaders/inventory.py", "build_inventory"),
    "find the subjects": ("engine/subjects.py", "subjects"),
    "run the rules": ("engine/processes.py", "results"),
    "write the report": ("cli/output.py", "write_reports"),
}


def main() -> None:
    """Prints three tables; the profiler makes everything slower, so its figures are shares, not times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", help="what to scan; default: a template of --size bytes")
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--most", type=int, default=25, help="functions to list")
    options = parser.parse_args()
    compile_package()
    with tempfile.TemporaryDirectory() as scratch:
        path = options.path or str(write_template(Path(scratch, "template.yaml"), options.size))
        show_imports(path)
        show_steps(path, options.most)


def show_imports(path: str) -> None:
    """What the interpreter says that the imports of a scan cost, by package and by floor of our own.

    The modules that are loaded by name, such as checks, are left out, but not what they import.
    """
    command = [sys.executable, "-X", "importtime", "-m", "pipecheck", "scan", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    costs: dict[str, int] = defaultdict(int)
    modules: dict[str, int] = defaultdict(int)
    for line in done.stderr.splitlines():
        if line.startswith("import time:") and "[us]" not in line:
            own, _, name = line.removeprefix("import time:").split("|")
            parts = name.strip().split(".")
            floor = ".".join(parts[:2]) if parts[0] == "pipecheck" else parts[0]
            costs[floor] += int(own)
            modules[floor] += 1
    print(f"imports: {sum(costs.values()) / 1000:.1f} ms in {sum(modules.values())} modules")
    for floor in sorted(costs, key=lambda floor: -costs[floor])[:20]:
        print(f"  {costs[floor] / 1000:6.1f} ms  {modules[floor]:4}  {floor}")


def show_steps(path: str, most: int) -> None:
    """The shares of the steps of a scan, then its functions by the time in themselves; in one process."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from pipecheck.cli import main as scan  # noqa: PLC0415 - measured above

    sys.argv = ["pipecheck", "scan", "--jobs", "1", path]
    profile = cProfile.Profile()
    with redirect_stdout(StringIO()), suppress(SystemExit):
        profile.runcall(scan)
    table = StringIO()
    stats = pstats.Stats(profile, stream=table)
    entries = stats.get_stats_profile().func_profiles
    total = stats.get_stats_profile().total_tt
    print(f"\nsteps, of {total:.3f} s under the profiler (imports inside them included)")
    for step, (file, function) in _STEPS.items():
        found = entries.get(function)
        if found is not None and found.file_name.endswith(file):
            print(f"  {found.cumtime / total:6.1%}  {step}")
    stats.strip_dirs().sort_stats("tottime").print_stats(most)
    print(table.getvalue())


if __name__ == "__main__":
    main()
