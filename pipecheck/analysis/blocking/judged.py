"""What is said of the commands of a build."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from pipecheck.data.scanners import GATES
from pipecheck.values import Place, Truth
from pipecheck.values.record import record

if TYPE_CHECKING:
    from pipecheck.analysis.blocking.kinds import Scan
    from pipecheck.analysis.blocking.lines import Line
    from pipecheck.analysis.blocking.verdict import Blocking
    from pipecheck.analysis.shell.commands import Found


class Kind(Enum):
    """What a command is for."""

    SCAN = "scan"
    TEST = "test"
    DEPLOY = "deploy"
    PUBLISH = "publish"
    OTHER = "other"


class AnyName(dict[str, "str | None"]):
    """Variables of which there may be more than are in view: the value of any other is not known."""

    def get(self, name: str, default: object = None) -> str | None:  # noqa: ARG002
        """The value of a variable; None where it is not known."""
        return super().get(name)


@record
class Judged:
    """A command that matters, and whether its failure stops the build.

    `line` holds it, `text` is what it says. For a scanner, `stops` speaks of a finding. `why` completes "its failure
    stops the build: …" or the like, and `place` is the construct that decides where it does not, else the command's.
    `blocking` is None where a finding does not even make the scanner fail.
    """

    kind: Kind
    line: Line
    found: Found
    text: str
    stops: Truth
    why: str
    place: Place
    at: Place
    scan: Scan | None = None
    blocking: Blocking | None = None


@record
class Hidden:
    """A part of a build that is not in view, or not understood, and why.

    `command`: it is not known what stands there.
    """

    place: Place
    why: str
    command: bool = False


@record
class Review:
    """The commands of a build that matter, in their order, and the parts of it that cannot be judged.

    `lines` are all lines of the build.
    """

    judged: tuple[Judged, ...]
    hidden: tuple[Hidden, ...]
    lines: tuple[Line, ...] = ()

    def of(self, kind: Kind) -> tuple[Judged, ...]:
        """The commands of a kind."""
        return tuple(one for one in self.judged if one.kind is kind)


def gate_scans(review: Review) -> tuple[Judged, ...]:
    """The scanners whose findings should stop the build."""
    return tuple(
        one for one in review.of(Kind.SCAN) if one.scan is not None and GATES.intersection(one.scan.categories)
    )


def unseen_commands(review: Review) -> tuple[Hidden, ...]:
    """The commands of which it is not known what they are."""
    return tuple(hidden for hidden in review.hidden if hidden.command)
