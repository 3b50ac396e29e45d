"""CodeBuild's phases around a real bash: the commands of a build, run in a folder of their own.

Scanners and everything else are stubs that write down that they ran; one scanner fails. Nothing else is on the path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ORDER = ("install", "pre_build", "build", "post_build")
ORDINARY = ("make", "npm", "docker", "notify", "deploy")
ENVIRONMENT = {"RC": "0", "FAILED": "0", "STAGE": "dev"}
VARIABLES = ("RC", "FAILED", "STATUS")

_SCAN = """#!/bin/sh
echo "scan $1" >> "$LOG"
if [ "$1" = "$FAILING" ]; then
  if [ "$FIRST_ONLY" = 1 ] && [ -e "$LOG.$1" ]; then exit 0; fi
  : > "$LOG.$1"
  exit 1
fi
exit 0
"""


@dataclass
class Phase:
    commands: list[str]
    finally_commands: list[str] = field(default_factory=list)
    on_failure: str | None = None


@dataclass
class Spec:
    phases: dict[str, Phase]
    shell: str = "bash"


@dataclass
class Outcome:
    """`stopped`: the build failed, so that nothing behind it runs. `log` is what ran."""

    stopped: bool
    log: list[str]


class Sandbox:
    """A folder with stubs, in which builds run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        (self.bin / "scan").write_text(_SCAN)
        (self.bin / "scan").chmod(0o755)
        for tool in ("bash", "cat", "env", "grep", "timeout", "tee"):
            found = shutil.which(tool)
            assert found is not None
            (self.bin / tool).symlink_to(found)
        (self.bin / "sh").symlink_to("/bin/sh")
        self.work = folder / "work"
        self.work.mkdir()
        (self.work / "present").write_text("x\n")
        body = _SCAN.split("\n", 1)[1].replace("exit ", "return ")
        stubs = f"scan() {{\n{body}}}; export -f scan\n"
        stubs += "\n".join(f'{name}() {{ echo "{name} $*" >> "$LOG"; }}; export -f {name}' for name in ORDINARY)
        self.prelude = folder / "prelude.sh"
        self.prelude.write_text(stubs + "\n")

    def run(self, spec: Spec, failing: str, *, first_only: bool = False) -> Outcome:
        for stale in self.folder.glob("log*"):
            stale.unlink()
        log = self.folder / "log"
        log.touch()
        (self.folder / "state.sh").write_text("")
        environment = {
            "PATH": str(self.bin),
            "LOG": str(log),
            "FAILING": failing,
            "FIRST_ONLY": "1" if first_only else "0",
            "CODEBUILD_BUILD_SUCCEEDING": "1",
            **ENVIRONMENT,
        }
        open_end, held = os.pipe()
        done = subprocess.run(
            ["bash", *(["--posix"] if spec.shell == "sh" else []), "-c", self._script(spec)],
            cwd=self.work,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            executable=str(self.bin / "bash"),
            pass_fds=(held,),
            timeout=20,
            check=False,
        )
        os.close(held)
        while os.read(open_end, 1):  # until commands in the background have ended too
            pass
        os.close(open_end)
        assert done.returncode in {0, 100}, done
        return Outcome(done.returncode == 100, log.read_text().splitlines())

    def _script(self, spec: Spec) -> str:
        """The phases, each list of commands in a shell of its own, which begins with what the last one has set."""
        lines = [f". {self.prelude}", "failed=0"]
        for name in ORDER:
            phase = spec.phases.get(name)
            if phase is None:
                continue
            lines += [self._list(phase.commands), "broken=$status"]
            if phase.finally_commands:
                lines += [self._list(phase.finally_commands), '[ "$status" = 0 ] || broken=1']
            if phase.on_failure == "CONTINUE":
                follows = "CODEBUILD_BUILD_SUCCEEDING=0"
            elif phase.on_failure == "ABORT" or name != "build":
                follows = "exit 100"
            else:
                follows = "CODEBUILD_BUILD_SUCCEEDING=0; failed=100"
            lines.append(f'if [ "$broken" != 0 ]; then {follows}; fi')
        return "\n".join([*lines, "exit $failed"])

    def _list(self, commands: list[str]) -> str:
        """A list of commands: the first that fails ends it. What it has set is kept where it succeeds."""
        state = self.folder / "state.sh"
        lines = ["(", f". {state}"]
        for command in commands:
            # The text itself, and not a file of it: bash runs the last program of a file in the place of the shell.
            lines += [":", command, "__status=$?; if [ $__status -ne 0 ]; then exit $__status; fi"]
        lines.append(f"{{ declare -p {' '.join(VARIABLES)}; declare -f; }} > {state} || :")
        lines += [")", f'status=$?; if [ "$status" != 0 ]; then : > {state}; fi']
        return "\n".join(lines)


def is_available() -> bool:
    """Whether this machine has the shell."""
    return shutil.which("bash") is not None and os.name == "posix"
