"""What a step tells its runner: outputs, the summary of the job, and a log in which nothing is a command.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

SUMMARY_BYTES = 1_048_576
"""What GitHub takes of the summary of a step; it shows nothing of one that is longer."""


def write_outputs(file: str | None, outputs: Mapping[str, object]) -> None:
    """Adds outputs to the file that the runner reads; no value can end its own block. None: nobody reads them."""
    if not file:
        return
    with Path(file).open("a", encoding="utf-8", newline="\n") as stream:
        for name, value in outputs.items():
            mark = f"end-{secrets.token_hex(16)}"
            stream.write(f"{name}<<{mark}\n{value}\n{mark}\n")


def summary_room(file: str | None) -> int:
    """Bytes that the summary of this step can still take; 0 where there is none."""
    if not file:
        return 0
    path = Path(file)
    return max(0, SUMMARY_BYTES - (path.stat().st_size if path.exists() else 0))


def write_summary(file: str, text: str) -> None:
    """Adds Markdown to the summary of the step."""
    with Path(file).open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def inert(text: str) -> str:
    """The text for a log: the runner obeys no line of it."""
    mark = secrets.token_hex(16)
    return f"::stop-commands::{mark}\n{text.rstrip(chr(10))}\n::{mark}::\n"
