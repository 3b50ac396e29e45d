"""What may happen to the process from outside: a line on stderr, an exit code that is not that of findings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_scan import FAILING

pytestmark = pytest.mark.skipif(os.name != "posix", reason="these are the ways of POSIX shells")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pipeline.yaml").write_text(FAILING)
    return tmp_path


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command in a shell where `$pipecheck` is the program; `code` is the last line of stdout."""
    script = f'pipecheck() {{ "{sys.executable}" -m pipecheck "$@"; }}\n{command}'
    return subprocess.run(["/bin/sh", "-c", script], cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("pipecheck scan . >&-", 2, "error: cannot write the report: stdout is closed"),
        ("pipecheck scan - <&-", 2, "error: stdin is closed"),
        ("pipecheck scan . <&-", 1, ""),
        ("pipecheck scan . 2>&-", 1, ""),
        ("mkdir gone; cd gone; rmdir ../gone; pipecheck scan .", 2, "error: the current folder cannot be used"),
    ],
)
def test_what_is_missing_is_named(folder: Path, command: str, code: int, message: str) -> None:
    result = shell(command, folder)
    assert result.returncode == code
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") <= 2
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", ["scan .", "scan -f json .", "rules list", "--version"])
def test_a_full_disk_is_one_message(folder: Path, arguments: str) -> None:
    result = shell(f"pipecheck {arguments} >/dev/full", folder)
    assert (result.returncode, result.stderr) == (2, "error: No space left on device\n")


@pytest.mark.parametrize("arguments", ["scan .", "scan -f json .", "rules list", "--help"])
def test_a_reader_that_has_left_ends_it_in_silence(folder: Path, arguments: str) -> None:
    """The reader has closed its end before anything is written."""
    result = shell(f"{{ sleep 1; pipecheck {arguments}; echo $? >code; }} | true; cat code", folder)
    assert (result.stdout, result.stderr) == ("141\n", "")


def test_an_interruption_is_one_line(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pipecheck", "scan", "-"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(1)  # until it waits for its input
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (130, "", "interrupted\n")
