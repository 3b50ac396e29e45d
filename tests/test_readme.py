"""The README's commands, run as a newcomer would run them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def plain_environment() -> dict[str, str]:
    """This process's environment without what would change the width or the colours of the text, or the Python."""
    meddling = {"COLUMNS", "FORCE_COLOR", "CLICOLOR_FORCE", "PYTHONPATH", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in meddling}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    return environment


def test_the_scan_prints_what_the_readme_shows() -> None:
    command, output = shown_scan()
    program, *arguments = command.split()
    assert program == "pipecheck"

    done = subprocess.run(
        [sys.executable, "-m", "pipecheck", *arguments],
        cwd=ROOT, env=plain_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == output
    assert done.returncode == 1


@pytest.mark.long
def test_the_scan_command_sets_itself_up_and_prints_what_the_readme_shows(tmp_path: Path) -> None:
    _, output = shown_scan()

    done = subprocess.run(
        ["bash", "-c", block_after("scan-command")],
        cwd=clone_to(tmp_path / "pipecheck"), env=plain_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == output, done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("marker", ["scan-command", "test-command"])
def test_each_command_is_a_single_paste_that_sets_itself_up(marker: str) -> None:
    command = block_after(marker).strip()
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert "\n" not in command
