"""What the commands of a build are for, and which of them stop it when they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field

from pipecheck.analysis.blocking.build import Setting
from pipecheck.analysis.blocking.judged import AnyName, Hidden, Judged, Kind, Review
from pipecheck.analysis.blocking.kinds import kind_of, scan_of
from pipecheck.analysis.blocking.lines import Block, Line, PhaseBlocks, listed_block, phase_blocks
from pipecheck.analysis.blocking.losses import place_of, swallowed
from pipecheck.analysis.blocking.scanner import Scanner
from pipecheck.analysis.blocking.verdict import Asked, Blocking, in_build, in_list
from pipecheck.analysis.shell.commands import Found, Scripts, Unread, found_in
from pipecheck.analysis.shell.state import NONZERO, Site
from pipecheck.model.buildspec import Buildspec
from pipecheck.values import Absent, Items, Known, Place, Truth, Unknown, Value
from pipecheck.values.record import record


@record
class ShownList:
    """A list of commands: the texts in their order, and where each stands.

    `on_failure` is None where none is written.
    """

    name: str
    lines: tuple[tuple[str, Place], ...]
    on_failure: str | None = None


@record
class ShownBuild:
    """One build: what it is called, its lists of commands, and what is said of them.

    `missing` is why it is not in view, None where it is.
    """

    title: str
    lists: tuple[ShownList, ...]
    review: Review
    missing: str | None = None


@record
class Surroundings:
    """What a build runs in beside its specification.

    `variables` override those of the specification, None where a value is not known; `scripts` finds the files that
    commands run; `tools` are scanners beside those of the table. `doubt` is why nobody can tell how the build runs
    its commands, None where that is known.
    """

    variables: Mapping[str, str | None] = field(default_factory=dict)
    scripts: Scripts = field(default=lambda _: None)
    tools: tuple[Scanner, ...] = ()
    doubt: str | None = None


def review_build(buildspec: Buildspec, around: Surroundings, *, effects: bool = True) -> Review:
    """What the commands of a build specification are for.

    `effects` False: whether a failure stops the build is only told of scanners and tests.
    """
    phases = phase_blocks(buildspec)
    setting, variables = _setting(buildspec, around)
    lines = {
        (line.block, line.index): line
        for phase in phases
        for line in (*phase.commands.lines, *phase.finally_commands.lines)
    }
    found = [(line, command) for line in lines.values() for command in _commands(line, around.scripts)]
    marks = frozenset(
        one.site for _, one in found if isinstance(one, Found) and kind_of(one) in {Kind.DEPLOY, Kind.PUBLISH}
    )
    places = {phase.name: phase.place for phase in phases}

    def blocking(asked: Asked, kind: Kind) -> Blocking:
        if not effects and kind in {Kind.DEPLOY, Kind.PUBLISH}:
            return Blocking(Truth.UNKNOWN, Truth.UNKNOWN, Truth.UNKNOWN, Truth.UNKNOWN, None, "it is not asked for")
        return in_build(asked, phases, setting, marks, around.scripts)

    judged = [
        _judged(line, one, variables, around.tools, blocking, lines, places)
        for line, one in found
        if isinstance(one, Found) and _matters(one, variables, around.tools)
    ]
    return Review(tuple(judged), tuple(_hidden(phases, found)), tuple(lines.values()))


def review_list(commands: Items[Value[str]], around: Surroundings) -> Review:
    """What the commands of a Commands action are for."""
    block = listed_block("commands", commands)
    setting = Setting(own_shells=False, shell=None, doubt=around.doubt)
    lines = {(line.block, line.index): line for line in block.lines}
    found = [(line, command) for line in block.lines for command in _commands(line, around.scripts)]

    def blocking(asked: Asked, _: Kind) -> Blocking:
        return in_list(asked, block, setting, around.scripts)

    judged = [
        _judged(line, one, around.variables, around.tools, blocking, lines, {})
        for line, one in found
        if isinstance(one, Found) and _matters(one, around.variables, around.tools)
    ]
    return Review(tuple(judged), tuple(_hidden_in(block, found)), block.lines)


def _setting(buildspec: Buildspec, around: Surroundings) -> tuple[Setting, Mapping[str, str | None]]:
    variables: Mapping[str, str | None] = {
        name: value.value if isinstance(value, Known) else None for name, value in buildspec.variables.entries.items()
    }
    if buildspec.variables.open is not None:
        variables = AnyName(variables)
    merged = {**variables, **around.variables}
    open_end = isinstance(variables, AnyName) or isinstance(around.variables, AnyName)
    variables = AnyName(merged) if open_end else merged
    known = tuple((name, text) for name, text in variables.items() if text is not None)
    shell = buildspec.shell
    text = shell.value if isinstance(shell, Known) else None if isinstance(shell, Absent) else "unknown"
    own = isinstance(buildspec.version, Known) and buildspec.version.value == "0.1"
    doubt = around.doubt
    for unseen, what in ((buildspec.version, "the version"), (shell, "the shell")):
        if isinstance(unseen, Unknown) and doubt is None:
            doubt = f"{what} of the build specification is not known"
    if buildspec.phases.open is not None and doubt is None:
        doubt = buildspec.phases.open.detail
    return Setting(own, text, known, doubt), variables


def _commands(line: Line, scripts: Scripts) -> Iterator[Found | Unread]:
    if line.text is not None:
        yield from found_in(line.script, line.block, line.index, scripts)


def _matters(found: Found, variables: Mapping[str, str | None], tools: tuple[Scanner, ...]) -> bool:
    if kind_of(found) is Kind.OTHER:
        return bool(tools) and scan_of(found, variables, tools) is not None
    return True


def _judged(
    line: Line,
    found: Found,
    variables: Mapping[str, str | None],
    tools: tuple[Scanner, ...],
    blocking: Callable[[Asked, Kind], Blocking],
    lines: Mapping[tuple[str, int], Line],
    phases: Mapping[str, Place],
) -> Judged:
    scan = scan_of(found, variables, tools)
    kind = Kind.SCAN if scan is not None else kind_of(found)
    at = place_of(line, found.site)
    text = _written(line, found)
    if scan is not None and scan.fails is Truth.FALSE:
        return Judged(kind, line, found, text, Truth.FALSE, scan.why, at, at, scan)
    asked = Asked(found.site, NONZERO if scan is None else scan.status, found.varies)
    result = blocking(asked, kind)
    stops, why, place = _outcome(result, at, lines, phases)
    if scan is not None and scan.fails is Truth.UNKNOWN and stops is not Truth.FALSE:
        stops, why, place = Truth.UNKNOWN, scan.why, at
    return Judged(kind, line, found, text, stops, why, place, at, scan, result)


def _outcome(
    result: Blocking, at: Place, lines: Mapping[tuple[str, int], Line], phases: Mapping[str, Place]
) -> tuple[Truth, str, Place]:
    if result.build is Truth.TRUE:
        return Truth.TRUE, "nothing takes its failure away", at
    if result.build is Truth.UNKNOWN:
        return Truth.UNKNOWN, result.cause or "it depends on what is known only when the build runs", at
    if result.loss is None:
        return Truth.FALSE, "its status is not asked for", at
    lost = swallowed(result.loss, lines, phases)
    return Truth.FALSE, lost.words, lost.place or at


def _written(line: Line, found: Found) -> str:
    if found.site.inside or line.text is None:
        return " ".join(found.words).replace("\0unseen", "…")
    return line.text[found.site.stretch.start : found.site.stretch.end]


def _hidden(phases: Sequence[PhaseBlocks], found: Sequence[tuple[Line, Found | Unread]]) -> Iterator[Hidden]:
    for phase in phases:
        for block in (phase.commands, phase.finally_commands):
            yield from _hidden_in(block, [one for one in found if one[0].block == block.name])


def _hidden_in(block: Block, found: Sequence[tuple[Line, Found | Unread]]) -> Iterator[Hidden]:
    for line in block.lines:
        if line.text is None:
            yield Hidden(line.value.place, line.cause or "the command is not known", command=True)
    if block.more is not None and block.lines:
        yield Hidden(block.lines[0].value.place, block.more, command=True)
    scanners = {one.site for _, one in found if isinstance(one, Found) and kind_of(one) is Kind.SCAN}
    for line, one in found:
        if isinstance(one, Unread) and one.site not in scanners:
            yield Hidden(place_of(line, one.site), one.why)


def effects_after(judged: Judged) -> dict[Site, Truth]:
    """The deployments and publications that may run although the command failed."""
    return {} if judged.blocking is None else judged.blocking.reached
