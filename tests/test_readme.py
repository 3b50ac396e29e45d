"""The README's commands, run as a newcomer would run them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT, clone_to

README = (ROOT / "README.md").read_text("utf-8")


def block_after(marker: str) -> str:
    """The first code block that follows the comment in the README."""
    _, found, rest = README.partition(f"<!-- {marker} -->")
    assert found, f"README.md has no <!-- {marker} -->"
    _, _, rest = rest.partition("```")
    _, _, rest = rest.partition("\n")
    block, _, _ = rest.partition("\n```")
    return block + "\n"


def shown_scan() -> tuple[str, str]:
    """The command behind the `$` in the README's scan, and what it prints there."""
    prompt, _, output = block_after("scan-output").partition("\n")
    assert prompt.startswith("$ ")
    return prompt.removeprefix("$ "), output


def test_the_scan_prints_what_the_readme_shows() -> None:
    command, output = shown_scan()
    program, *arguments = command.split()
    assert program == "pipecheck"

    done = subprocess.run(
        [sys.executable, "-m", "pipecheck", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout == output
    assert done.returncode == 1


def test_the_scan_command_sets_itself_up_and_prints_what_the_readme_shows(tmp_path: Path) -> None:
    _, output = shown_scan()
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])

    done = subprocess.run(
        ["bash", "-c", block_after("scan-command")],
        cwd=clone_to(tmp_path / "pipecheck"), env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == output, done.stderr
    assert done.returncode == 1


def test_ci_runs_the_test_command() -> None:
    command = block_after("test-command").strip()
    assert command.startswith("python3 -m venv")
    assert command.endswith("pytest")
    assert "\n" not in command
