"""The commands of a build specification as the texts that a shell is given."""

from __future__ import annotations

from pipecheck.analysis.shell.state import Site
from pipecheck.model.buildspec import PHASES, Buildspec
from pipecheck.syntax.shell import parse_shell
from pipecheck.syntax.shell_tree import Sequence
from pipecheck.values import Absent, Items, Known, Member, Place, Truth, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import spelled

_UNSEEN_PART = "${PIPECHECK_UNSEEN}"


@record
class Line:
    """One command of a list: its text as far as it is known, None where it is not; `cause` is why.

    `block` names the list: `build`, or `build finally`.
    """

    block: str
    index: int
    text: str | None
    value: Value[str]
    cause: str | None = None

    @property
    def script(self) -> Sequence:
        """The text as commands."""
        return parse_shell(self.text or "")


@record
class Block:
    """A list of commands. `more` is why it may hold more than is in view, None where it does not."""

    name: str
    lines: tuple[Line, ...]
    more: str | None


@record
class PhaseBlocks:
    """The lists of one phase, and what happens when it fails."""

    name: str
    commands: Block
    finally_commands: Block
    on_failure: Value[str]
    place: Place


def phase_blocks(buildspec: Buildspec) -> tuple[PhaseBlocks, ...]:
    """The phases that run commands, in their order."""
    return tuple(
        PhaseBlocks(
            phase.name,
            _block(phase.name, phase.commands),
            _block(f"{phase.name} finally", phase.finally_commands),
            phase.on_failure,
            phase.place,
        )
        for phase in values(buildspec.phases)
        if phase.name in PHASES
    )


def listed_block(name: str, commands: Items[Value[str]]) -> Block:
    """A list of commands that stands alone, such as that of a Commands action."""
    return _block(name, commands)


def _block(name: str, items: Items[Value[str]]) -> Block:
    there = [member for member in items.members if member.present is not Truth.FALSE]
    lines = tuple(
        _line(name, index, member.value) if member.present is Truth.TRUE else _perhaps(name, index, member)
        for index, member in enumerate(there)
    )
    return Block(name, lines, None if items.open is None else items.open.detail)


def _perhaps(block: str, index: int, member: Member[Value[str]]) -> Line:
    names = ", ".join(sorted(name for name, _ in member.guard))
    return Line(block, index, None, member.value, f"the command depends on condition {names}")


def _line(block: str, index: int, value: Value[str]) -> Line:
    match value:
        case Known(text):
            return Line(block, index, str(text), value)
        case Absent():
            return Line(block, index, "", value)
        case Unknown(pieces=pieces) if pieces:
            text = "".join(piece if isinstance(piece, str) else _UNSEEN_PART for piece in pieces)
            return Line(block, index, text, value)
        case Unknown(detail=detail):
            return Line(block, index, None, value, detail)


def place_in(line: Line, offset: int) -> Place:
    """The place of the line of the text that holds a character of it."""
    text = line.text or ""
    return line.value.place.below(text.count("\n", 0, offset))


def written(line: Line, site: Site) -> str:
    """What stands at a site, as far as it is in the text of the line itself."""
    if site.inside or line.text is None:
        return " ".join(name for name, _ in site.inside)
    return line.text[site.stretch.start : site.stretch.end]


def label(line: Line) -> str:
    """The text of a line for a reader."""
    return line.text if line.text is not None else spelled(line.value) or "a command that is not known"
