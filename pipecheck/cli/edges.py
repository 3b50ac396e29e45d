"""What may happen to a command from outside, and what must not happen: one line on stderr, and no traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_INTERRUPTED = 130
_READER_LEFT = 141
"""The codes that shells give to a process that ends by SIGINT and SIGPIPE."""

_CANNOT_WRITE = 2
_DEFECT = 4


@contextmanager
def guarded() -> Iterator[None]:
    """Ends the process with a code of its own where it is interrupted, cannot write, or has a defect."""
    try:
        yield
    except KeyboardInterrupt:
        _end(_INTERRUPTED, "interrupted")
    except OSError as error:
        if error.errno == errno.EPIPE:
            _end(_READER_LEFT, "")
        name = "" if error.filename is None else f"{os.fspath(error.filename)!s}: "
        _end(_CANNOT_WRITE, f"error: {name}{error.strerror or error}")
    except Exception as error:  # whatever it is, a user can do nothing with a traceback
        if type(error).__module__.startswith("click."):
            raise
        _end(_DEFECT, f"error: this is a defect of pipecheck: {type(error).__name__}: {error}{_where(error)}")


def _where(error: Exception) -> str:
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return ""
    return f"\n  help: report it with {os.path.basename(step.tb_frame.f_code.co_filename)}:{step.tb_lineno}"  # noqa: PTH119


def _end(code: int, message: str) -> None:
    with suppress(OSError, ValueError):
        if message and sys.stderr is not None:
            line = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in message)
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
    for stream in (sys.stdout, sys.stderr):
        _discard(stream)
    sys.exit(code)


def _discard(stream: TextIO | None) -> None:
    """Sends what is still to be written nowhere: at its end Python would try to write it once more."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]
