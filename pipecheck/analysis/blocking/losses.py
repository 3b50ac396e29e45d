"""How a failure is lost, in words."""

from __future__ import annotations

from collections.abc import Mapping

from pipecheck.analysis.blocking.lines import Line, place_in, written
from pipecheck.analysis.shell.state import How, Loss, Site
from pipecheck.values import Place
from pipecheck.values.record import record

_LONGEST = 48


@record
class Swallowed:
    """What loses a failure: in words that complete "its failure does not stop the build: …", and where it stands."""

    words: str
    place: Place | None


def swallowed(loss: Loss, lines: Mapping[tuple[str, int], Line], phases: Mapping[str, Place]) -> Swallowed:
    """What loses a failure. `lines` are the lines of the build by their lists and numbers."""
    if loss.how is How.PHASE:
        return Swallowed("on-failure is CONTINUE, so that the next phase runs", phases.get(loss.site.block))
    line = lines.get((loss.site.block, loss.site.index))
    text = "" if line is None else written(line, loss.site)
    place = None if line is None else place_of(line, loss.site)
    return Swallowed(_words(loss.how, _short(text)), place)


def place_of(line: Line, site: Site) -> Place:
    """Where a site stands: its words in the line of the file, the command where it is in another text."""
    if site.inside or line.text is None:
        return line.value.place
    start = line.text.rfind("\n", 0, site.stretch.start) + 1
    part = line.text[site.stretch.start : site.stretch.end].partition("\n")[0]
    nth = line.text.count(part, start, site.stretch.start) if part else 0
    return place_in(line, site.stretch.start).at(part, nth)


def _words(how: How, text: str) -> str:
    match how:
        case How.OR:
            return f"`{text}` takes it away"
        case How.NEXT:
            return f"the status that counts is that of `{text}`, which runs next"
        case How.PIPE:
            return "the status that counts is that of the last command of the pipe, and pipefail is not set"
        case How.BACKGROUND:
            return "it runs in the background and nothing asks for its status"
        case How.NEGATION:
            return "`!` turns the failure into a success"
        case How.CONDITION:
            return "it is a condition: its failure only decides which way the commands go"
        case How.SUBSTITUTION:
            return f"`{text}` does not keep the status of what is substituted"
        case How.LOOP:
            return "a later round of the loop decides the status"
        case How.EXIT:
            return f"`{text}` ends with another status"
        case How.TRAP | How.PHASE:
            return "a trap decides the status"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
