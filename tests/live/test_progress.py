"""What a fetch shows while it works."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.live.account import NUMBER, Account
from tests.live.audit import fetched
from tests.live.front import Front


def test_elsewhere_than_on_a_terminal_there_are_plain_lines(front: Front, account: Account, tmp_path: Path) -> None:
    result = fetched(front.url, tmp_path / "snapshot", "--pipeline", "none")

    assert f"fetching {NUMBER} eu-west-1\n" in result.stderr
    assert "\x1b" not in result.stderr


def test_quiet_is_silent(front: Front, account: Account, tmp_path: Path) -> None:
    result = fetched(front.url, tmp_path / "snapshot", "--quiet", "--pipeline", "none")

    assert result.exit_code == 0
    assert result.output == ""


def test_on_a_terminal_the_state_is_written_over(front: Front, account: Account, tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "pipecheck", "fetch", "--out", str(tmp_path / "s"), "--endpoint-url", front.url]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    running = subprocess.Popen(
        [*command, "--region", "eu-west-1"], stderr=end, stdout=subprocess.DEVNULL, env=environment
    )
    os.close(end)
    shown = b""
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        shown += read
    os.close(terminal)

    assert running.wait(timeout=30) == 0
    assert b"pipelines" in shown
    assert b"\x1b[" in shown
    assert b"resources in" in shown
