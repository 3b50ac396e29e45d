"""Runs a build in thought: its phases in CodeBuild's order, each command in its shell.

https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details.html#view-build-details-phases and
https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html say what follows on a phase that failed.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.blocking.lines import Block, Line, PhaseBlocks
from pipecheck.analysis.shell.quiet import quiet_names
from pipecheck.analysis.shell.run import Question, Runner, Surroundings
from pipecheck.analysis.shell.state import UNSEEN, Flow, How, Loss, Site, State
from pipecheck.values import Absent, Known
from pipecheck.values.record import record, replace

SUCCEEDING = "CODEBUILD_BUILD_SUCCEEDING"
_MOST_WAYS = 64
_NO_SHELLS = ("powershell", "pwsh", "cmd")


@record
class Way:
    """One way that a build takes.

    `command` and `phase` say whether those that hold the command in question failed with it, None before it ran.
    `failed` says that the build has failed, `over` that nothing of it runs any more. `related` says that it failed
    because of the command; `went_on` that a phase failed and the next one ran nevertheless, as the specification has
    it.
    """

    state: State
    command: bool | None = None
    phase: bool | None = None
    failed: bool = False
    over: bool = False
    related: bool = False
    stray: bool = False
    went_on: bool = False


@record
class Setting:
    """What a build runs in: the version and shell of its specification, and the variables that are known.

    `doubt` is why nobody can tell how it runs, None where that is known.
    """

    own_shells: bool
    shell: str | None
    variables: tuple[tuple[str, str], ...] = ()
    doubt: str | None = None

    @property
    def posix(self) -> bool:
        """Whether the shell is `sh`."""
        return self.shell is None or self.shell.rsplit("/", 1)[-1] == "sh"

    @property
    def is_understood(self) -> bool:
        """Whether the shell is one whose texts are read."""
        return self.shell is None or not any(name in self.shell.lower() for name in _NO_SHELLS)


class Build:
    """A build that runs in thought, with what is asked of it."""

    def __init__(self, setting: Setting, question: Question) -> None:
        self.setting = setting
        self.question = question
        self.runner = Runner(question)
        sites = question.marks if question.target is None else {question.target, *question.marks}
        self._asked = {(site.block, site.index) for site in sites}

    def run(self, phases: Iterable[PhaseBlocks]) -> list[Way]:
        """Every way that the build may take."""
        state = State(doubt=self._doubt(), posix=self.setting.posix)
        for name, text in self.setting.variables:
            state = state.put(name, text)
        ways = [Way(state.put(SUCCEEDING, "1"))]
        for phase in phases:
            ways = _distinct(end for way in ways for end in self._phase(phase, way))
        return ways

    def listed(self, block: Block) -> list[Way]:
        """Every way that a list of commands takes that stands alone."""
        return self._block(block, [Way(State(doubt=self._doubt(), posix=self.setting.posix))])

    def _doubt(self) -> str | None:
        return self.setting.doubt if self.setting.is_understood else "only the shells of Unix are looked into"

    def _phase(self, phase: PhaseBlocks, way: Way) -> list[Way]:
        if way.over:
            return [way]
        failed_before = way.failed
        ends: list[Way] = []
        for done in self._block(phase.commands, _with_and_without_options(replace(way, failed=False))):
            closed = [done]
            if phase.finally_commands.lines:
                fresh = replace(
                    done, failed=False, state=_fresh(done.state, self.setting) if done.failed else done.state
                )
                closed = [
                    replace(
                        end,
                        failed=end.failed or done.failed,
                        related=end.related or done.related,
                        stray=(end.stray or not end.failed) and (done.stray or not done.failed),
                    )
                    for end in self._block(phase.finally_commands, _with_and_without_options(fresh))
                ]
            for end in closed:
                ends += self._after(phase, end, failed_before=failed_before)
        return ends

    def _after(self, phase: PhaseBlocks, way: Way, *, failed_before: bool) -> list[Way]:
        """What follows on a phase."""
        ran = way.state.failed and way.phase is None
        noted = replace(way, phase=way.failed if ran else way.phase)
        if not way.failed:
            return [replace(noted, failed=failed_before)]
        lost = _fresh(way.state, self.setting).put(SUCCEEDING, "0")
        match phase.on_failure:
            case Known("CONTINUE"):
                site = Site(phase.name, -1)
                gone = replace(lost, lost=Loss(How.PHASE, site)) if way.related else lost
                return [replace(noted, state=gone, failed=failed_before, went_on=True, related=False)]
            case Known("ABORT"):
                return [replace(noted, over=True)]
            case Known(text) if text.startswith("RETRY"):
                return [replace(noted, over=True), *([replace(noted, state=lost)] if phase.name == "build" else [])]
            case Absent():
                return [replace(noted, state=lost, over=phase.name != "build")]
            case _:
                doubt = "what follows on a failure of the phase is not known"
                return [replace(noted, state=replace(lost, doubt=lost.doubt or doubt))]

    def _block(self, block: Block, starts: list[Way]) -> list[Way]:
        ways = starts
        if block.more is not None:
            ways = [replace(way, state=replace(way.state, doubt=way.state.doubt or block.more)) for way in ways]
        done: list[Way] = []
        for line in block.lines:
            ends = [end for way in ways for end in self._line(line, way)]
            done += (end for end in ends if end.failed or end.state.flow is Flow.EXIT)
            ways = _distinct(end for end in ends if not end.failed and end.state.flow is not Flow.EXIT)
        return _distinct(replace(way, state=replace(way.state, flow=Flow.ON, levels=0)) for way in (*done, *ways))

    def _line(self, line: Line, way: Way) -> list[Way]:
        state = way.state
        start = state
        if state.status or state.statuses or state.handling or state.guessing:
            start = replace(state, status=0, tainted=False, stray=False, statuses=(), handling=False, guessing=False)
        if self.setting.own_shells:
            start = _fresh(start, self.setting)
            self.runner.functions = {}
        if line.text is None:
            doubt = start.doubt or line.cause
            return [replace(way, state=replace(start, doubt=doubt))]
        if self._is_quiet(line):
            return [way if start is way.state else replace(way, state=start)]
        ends: list[Way] = []
        for end in self.runner.run(line.script, start, Surroundings(line.block, line.index)):
            made = end
            if end.flow in {Flow.RETURN, Flow.BREAK, Flow.CONTINUE}:
                doubt = end.doubt or f"{end.flow.value} outside of a function or loop is not followed"
                made = replace(end, flow=Flow.ON, doubt=doubt if end.flow is Flow.RETURN else end.doubt)
            after = replace(way, state=made, failed=end.status != 0)
            if end.failed and not way.state.failed:
                after = replace(after, command=end.status != 0)
            if end.status:
                after = replace(after, related=end.tainted, stray=end.stray)
            elif end.flow is Flow.EXIT:
                ends.append(replace(after, state=replace(made, flow=Flow.ON)))
                ends.append(replace(after, state=replace(_fresh(made, self.setting), flow=Flow.EXIT)))
            ends.append(after)
        return ends

    def _is_quiet(self, line: Line) -> bool:
        """Whether a line only succeeds, and nothing is asked about its commands."""
        if (line.block, line.index) in self._asked:
            return False
        names = quiet_names(line.text or "")
        return names is not None and self.runner.functions.keys().isdisjoint(names)


def _fresh(state: State, setting: Setting) -> State:
    """The state in a new shell: it has the variables of the build alone, as far as those of the last one go."""
    made = replace(
        state,
        status=0,
        tainted=False,
        stray=False,
        errexit=False,
        pipefail=False,
        variables=(),
        cleared=True,
        statuses=(),
        job=None,
    )
    for name, text in setting.variables:
        known = state.get(name).text == text
        made = made.put(name, text if known else UNSEEN, tainted=not known and state.failed)
    return made.put(SUCCEEDING, state.get(SUCCEEDING).text)


def _with_and_without_options(way: Way) -> list[Way]:
    """The way into another list: whether the options of the shell go with it is not documented."""
    state = way.state
    if not state.errexit and not state.pipefail:
        return [way]
    return [way, replace(way, state=replace(state, errexit=False, pipefail=False))]


def _distinct(ways: Iterable[Way]) -> list[Way]:
    found = list(ways)
    if len(found) > 1:
        found = list(dict.fromkeys(found))
    if len(found) <= _MOST_WAYS:
        return found
    doubt = "there are too many ways to follow"
    failed = next((way for way in found if way.state.failed), found[0])
    return [replace(failed, state=replace(failed.state, doubt=doubt)), *found[:_MOST_WAYS]]
