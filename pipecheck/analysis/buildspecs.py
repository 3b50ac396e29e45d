"""What the build specifications of projects and actions hold."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.model.buildspec import PHASES, Buildspec, Phase
from pipecheck.values import Unknown, Value
from pipecheck.values.items import values


def commands(buildspec: Buildspec) -> Iterator[Value[str]]:
    """Every command in view, in the order of the phases; those of `finally` after the others of their phase."""
    for phase in _phases(buildspec):
        yield from values(phase.commands)
        yield from values(phase.finally_commands)


def hidden_commands(buildspec: Buildspec) -> Iterator[Unknown]:
    """Why there may be commands that are not in view."""
    if buildspec.phases.open is not None:
        yield buildspec.phases.open
    for phase in _phases(buildspec):
        for listed in (phase.commands, phase.finally_commands):
            if listed.open is not None:
                yield listed.open


def _phases(buildspec: Buildspec) -> Iterator[Phase]:
    return (phase for phase in values(buildspec.phases) if phase.name in PHASES)
