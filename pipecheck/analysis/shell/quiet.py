"""Texts whose commands do their work and change nothing of the shell: most lines of most builds."""

from __future__ import annotations

from functools import lru_cache

from pipecheck.analysis.shell.commands import written
from pipecheck.analysis.shell.state import UNSEEN
from pipecheck.analysis.shell.through import run_by
from pipecheck.data.shell_programs import BUILTINS, DECLARATIONS
from pipecheck.syntax.shell import parse_shell
from pipecheck.syntax.shell_tree import Command, Pipe, Sequence, Simple, Substitution


@lru_cache(maxsize=8192)
def quiet_names(text: str) -> frozenset[str] | None:
    """The names of the programs of a text that is quiet, None of any other: functions of these names change that."""
    names: set[str] = set()
    return frozenset(names) if _is_quiet(parse_shell(text), names) else None


def _is_quiet(command: Command, names: set[str]) -> bool:
    match command:
        case Sequence(steps):
            return all(step.background is None and _is_quiet(step.command, names) for step in steps)
        case Pipe(commands):
            return all(_is_quiet(part, names) for part in commands)
        case Simple():
            return _is_quiet_command(command, names)
        case _:
            return False


def _is_quiet_command(command: Simple, names: set[str]) -> bool:
    if not command.words:
        return False
    words = tuple(written(word) for word in command.words)
    if UNSEEN in words[0] or words[0] in BUILTINS or words[0] in DECLARATIONS or run_by(words) is not None:
        return False
    names.add(words[0])
    targets = [redirect.target for redirect in command.redirects if redirect.target is not None]
    values = [one.value for one in command.assignments]
    return all(
        not isinstance(piece, Substitution) or _is_quiet(piece.body, names)
        for word in (*command.words, *targets, *values)
        for piece in word.pieces
    )
