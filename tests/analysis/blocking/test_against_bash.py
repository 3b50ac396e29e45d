"""What the analysis says of generated builds is what a real bash does with them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipecheck.analysis.blocking.build import Setting
from pipecheck.analysis.blocking.lines import PhaseBlocks, phase_blocks
from pipecheck.analysis.blocking.verdict import Asked, Blocking, in_build
from pipecheck.analysis.shell.commands import Found, Unread, found_in
from pipecheck.analysis.shell.through import programs
from pipecheck.loaders.decode.buildspec import decode_buildspec
from pipecheck.loaders.node import Node
from pipecheck.loaders.plain import PlainScope
from pipecheck.syntax.read import read
from pipecheck.values import Place, Truth
from tests.analysis.blocking.generated import Generator
from tests.analysis.blocking.real_builds import ENVIRONMENT, Sandbox, Spec, is_available

pytestmark = pytest.mark.skipif(not is_available(), reason="there is no bash")

DEFAULT = 500
LONG = 20_000


def blocks(spec: Spec) -> tuple[PhaseBlocks, ...]:
    """The build as the analysis gets it: from the text of a build specification."""
    phases = {
        name: {"commands": phase.commands}
        | ({"finally": phase.finally_commands} if phase.finally_commands else {})
        | ({"on-failure": phase.on_failure} if phase.on_failure else {})
        for name, phase in spec.phases.items()
    }
    text = json.dumps({"version": 0.2, "env": {"shell": spec.shell}, "phases": phases})
    document = read(text.encode(), "buildspec.yml")
    return phase_blocks(decode_buildspec(Node(document.root, Place("buildspec.yml", ()), PlainScope())))


def scans(phases: tuple[PhaseBlocks, ...]) -> dict[str, Found]:
    """The scanners of a build by their numbers."""
    found: dict[str, Found] = {}
    for phase in phases:
        for line in (*phase.commands.lines, *phase.finally_commands.lines):
            for command in found_in(line.script, line.block, line.index, lambda _: None):
                if isinstance(command, Unread):
                    continue  # what is not read is not judged: it counts as "cannot tell" below
                words = next((p.words for p in programs(command.words) if p.words[0] == "scan"), ())
                if words:
                    found[words[1]] = command
    return found


def written(spec: Spec) -> set[str]:
    """The numbers of the scanners in a build."""
    lists = [command for phase in spec.phases.values() for command in (*phase.commands, *phase.finally_commands)]
    return {number for command in lists for number in re.findall(r"\bscan (\d+)", command)}


def disagreement(spec: Spec, number: str, said: Blocking, sandbox: Sandbox, *, varies: bool) -> str | None:
    """What a real run shows that the analysis denies."""
    done = sandbox.run(spec, number)
    ran = f"scan {number}" in [" ".join(line.split()[:2]) for line in done.log]
    if said.runs is not Truth.UNKNOWN and ran != (said.runs is Truth.TRUE):
        return f"ran: {ran}, said {said.runs}"
    if not ran:
        return None
    stopped = done.stopped
    if varies:
        stopped = stopped and sandbox.run(spec, number, first_only=True).stopped
    if said.build is Truth.TRUE and not stopped:
        return "said that it blocks, but the build went on"
    if said.build is Truth.FALSE and stopped and not sandbox.run(spec, "none").stopped:
        return "said that it does not block, but the build stopped"
    return None


def judged(seeds: range, folder: Path) -> tuple[int, int, list[str]]:
    """How many scanners were judged, how many of them with "cannot tell", and the disagreements."""
    sandbox = Sandbox(folder)
    count = undecided = 0
    wrong: list[str] = []
    for seed in seeds:
        spec = Generator(seed).spec()
        phases = blocks(spec)
        seen = scans(phases)
        unread = {number for number in written(spec) if number not in seen}
        count += len(unread)
        undecided += len(unread)
        for number, found in seen.items():
            asked = Asked(found.site, 1, found.varies)
            said = in_build(
                asked, phases, Setting(own_shells=False, shell=spec.shell, variables=tuple(ENVIRONMENT.items()))
            )
            count += 1
            undecided += said.build is Truth.UNKNOWN and said.runs is not Truth.FALSE
            problem = disagreement(spec, number, said, sandbox, varies=found.varies)
            if problem is not None:
                wrong.append(f"seed {seed}, scan {number}: {problem}; {said}; {spec}")
    return count, undecided, wrong


def test_bash_agrees_with_what_is_said_of_builds(tmp_path: Path) -> None:
    count, undecided, wrong = judged(range(DEFAULT), tmp_path)

    assert count > DEFAULT
    assert not wrong, "\n".join(wrong[:5])
    assert undecided <= count * 0.1


@pytest.mark.long
@pytest.mark.parametrize("lane", range(4))
def test_bash_agrees_with_what_is_said_of_many_builds(lane: int, tmp_path: Path) -> None:
    each = LONG // 4
    start = 1_000_000 + lane * each

    count, undecided, wrong = judged(range(start, start + each), tmp_path)

    assert not wrong, "\n".join(wrong[:5])
    assert undecided <= count * 0.1
