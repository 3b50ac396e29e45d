"""What a checkout remembers of its rule files, where and when Python remembers the bytecode of its modules."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipecheck.rules.prebuilt import FILE_NAME, as_json, from_json
from pipecheck.rules.rule import Rule


def remembered(files: Sequence[Path], read: Callable[[], Iterable[Rule]]) -> tuple[Rule, ...]:
    """The rules that `read` makes of the files; those of the last time where no file and no reader has changed.

    `PYTHONDONTWRITEBYTECODE` holds here too. Raises what `read` raises.
    """
    here = Path(__file__).parent
    stamp = _stamp([*files, *sorted(here.rglob("*.py"))])
    memory = here / "__pycache__" / FILE_NAME
    found = _recalled(memory, stamp)
    if found is not None:
        return found
    rules = tuple(read())
    if not sys.dont_write_bytecode:
        _write(memory, f"{stamp}\n{as_json(rules)}")
    return rules


def _stamp(files: Iterable[Path]) -> str:
    """One line that changes when a file does."""
    states = [(str(file), file.stat()) for file in files]
    return json.dumps([(name, state.st_mtime_ns, state.st_size) for name, state in states])


def _recalled(memory: Path, stamp: str) -> tuple[Rule, ...] | None:
    try:
        written, _, text = memory.read_text("utf-8").partition("\n")
        return from_json(text) if written == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(memory: Path, text: str) -> None:
    """Writes the file whole or not at all; a folder that cannot be written to is left alone."""
    draft = memory.with_name(f"{memory.name}.{os.getpid()}")
    try:
        memory.parent.mkdir(exist_ok=True)
        draft.write_text(text, "utf-8")
        draft.replace(memory)
    except OSError:
        draft.unlink(missing_ok=True)
