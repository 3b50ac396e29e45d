"""What the build specifications of projects and actions hold."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import PHASES, Buildspec, Phase
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.values import Absent, Known, Place, Reason, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import record

HOLE = "\ue000"
"""Stands for an unknown part of a command."""


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


def is_read_for_another(project: BuildProject, inventory: Inventory) -> bool:
    """Whether an earlier project builds with the same file, so that it has been looked at."""
    if not isinstance(project.buildspec, Known):
        return False
    file = project.buildspec.value.place
    users = (
        other
        for other in values(inventory.all(BuildProject))
        if isinstance(other.buildspec, Known) and other.buildspec.value.place == file
    )
    return next(users, project) is not project


@record
class Command:
    """A command as it is written, with `HOLE` for each unknown part, and where it begins."""

    text: str
    place: Place

    def below(self, position: int) -> Place:
        """The place of the line in which the character at `position` stands."""
        return self.place.below(self.text.count("\n", 0, position))


@record
class Script:
    """Everything that a build or an action runs, in its order, and why there may be more."""

    commands: tuple[Command, ...]
    hidden: tuple[Unknown, ...]


def script_of(owner: BuildProject | Action, inventory: Inventory) -> Script:
    """What a project's builds or an action's own commands run; empty where a file is read for another project."""
    listed: list[Value[str]] = []
    hidden: list[Unknown] = []
    if isinstance(owner, Action):
        listed += values(owner.commands)
        hidden += [owner.commands.open] if owner.commands.open is not None else []
    elif is_read_for_another(owner, inventory):
        return Script((), ())
    match owner.buildspec:
        case Known(spec):
            listed += commands(spec)
            hidden += hidden_commands(spec)
        case Unknown() as unseen:
            hidden.append(unseen)
        case Absent():
            pass
    hidden += [one for one in listed if isinstance(one, Unknown) and not one.pieces and not _is_invalid(one)]
    written = [Command(_text(one), one.place) for one in listed if not isinstance(one, Absent)]
    return Script(tuple(written), tuple(hidden))


def _is_invalid(command: Unknown) -> bool:
    """No text, such as `echo key: value` without quotes: the build fails there, which build-buildspec-valid tells."""
    return command.reason is Reason.INVALID_VALUE


def _text(command: Known[str] | Unknown) -> str:
    if isinstance(command, Known):
        return command.value
    return "".join(piece if isinstance(piece, str) else HOLE for piece in command.pieces or (command,))
