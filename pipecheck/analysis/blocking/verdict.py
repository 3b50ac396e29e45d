"""Whether a build stops when one of its commands fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field

from pipecheck.analysis.blocking.build import SUCCEEDING, Build, Setting, Way
from pipecheck.analysis.blocking.lines import Block, PhaseBlocks
from pipecheck.analysis.shell.run import Question, Script
from pipecheck.analysis.shell.state import Loss, Site
from pipecheck.values import Truth
from pipecheck.values.record import record


@record
class Blocking:
    """What happens when a command fails.

    `command`, `phase` and `build` say whether those that hold it fail with it. `runs` says whether it runs at all.
    `loss` is the construct that loses the failure, where one does; `cause` says why nobody can tell, in words that
    complete "cannot tell: …". `reached` says of the watched commands whether they run although it failed.
    """

    command: Truth
    phase: Truth
    build: Truth
    runs: Truth
    loss: Loss | None = None
    cause: str | None = None
    reached: dict[Site, Truth] = field(default_factory=dict)


@record
class Asked:
    """A command, the status with which it fails, and whether what it is run on differs from time to time."""

    site: Site
    code: int
    varies: bool = False


def in_build(
    asked: Asked,
    phases: Sequence[PhaseBlocks],
    setting: Setting,
    marks: frozenset[Site] = frozenset(),
    scripts: Callable[[str], Script | None] = lambda _: None,
) -> Blocking:
    """What happens to a build when the command fails."""
    return _decided(asked, lambda question: Build(setting, question).run(phases), setting, marks, scripts)


def in_list(
    asked: Asked, block: Block, setting: Setting, scripts: Callable[[str], Script | None] = lambda _: None
) -> Blocking:
    """What happens to an action that runs a list of commands when one of them fails."""
    return _decided(asked, lambda question: Build(setting, question).listed(block), setting, frozenset(), scripts)


def _decided(
    asked: Asked,
    build: Callable[[Question], list[Way]],
    setting: Setting,
    marks: frozenset[Site],
    scripts: Callable[[str], Script | None],
) -> Blocking:
    exported = frozenset({SUCCEEDING, *(name for name, _ in setting.variables)})
    question = Question(asked.site, asked.code, False, marks, exported, scripts)
    ways = build(question)
    found = _judged(ways, marks)
    if asked.varies and any(way.state.runs > 1 for way in ways):
        again = Question(asked.site, asked.code, True, marks, exported, scripts)
        other = _judged(build(again), marks)
        if other.build is Truth.FALSE or (other.build is Truth.UNKNOWN and found.build is Truth.TRUE):
            return other
    return found


def _judged(ways: list[Way], marks: frozenset[Site]) -> Blocking:
    ran = [way for way in ways if way.state.failed]
    sure = len(ran) == len(ways) and not any(way.state.assuming for way in ways)
    runs = Truth.FALSE if not ran else Truth.TRUE if sure else Truth.UNKNOWN
    doubt = next((way.state.doubt for way in ways if way.state.doubt is not None), None)
    if not ran:
        return Blocking(Truth.UNKNOWN, Truth.UNKNOWN, Truth.UNKNOWN, runs, None, doubt or "it is never run")
    kept = [way for way in ran if not (way.failed and way.stray)] or ran
    build = _agreed(kept, lambda way: way.failed)
    loss = next((way.state.lost for way in kept if not way.failed and way.state.lost is not None), None)
    if loss is None:
        loss = next((way.state.lost for way in kept if way.state.lost is not None), None)
    cause = None
    if build is Truth.UNKNOWN:
        cause = next((way.state.doubt for way in kept if way.state.doubt is not None), None)
        cause = cause or "it depends on what is known only when the build runs"
    reached = {mark: _agreed(kept, lambda way, mark=mark: mark in way.state.after) for mark in marks}  # type: ignore[misc]
    return Blocking(
        _agreed(kept, lambda way: bool(way.command)),
        _agreed(kept, lambda way: bool(way.phase)),
        build,
        runs,
        None if build is Truth.TRUE else loss,
        cause,
        reached,
    )


def _agreed(ways: list[Way], holds: Callable[[Way], bool]) -> Truth:
    """The one answer that all ways give; a way that nobody can follow gives none, unless it was over before."""
    answers = {holds(way) for way in ways}
    if any(way.state.doubt is not None and not (way.failed and way.over) for way in ways):
        return Truth.UNKNOWN
    if len(answers) > 1:
        return Truth.UNKNOWN
    return Truth.TRUE if answers.pop() else Truth.FALSE
