"""Runs a shell text in thought: every way that it may take when one of its commands fails.

Commands that are not the one in question succeed; where their status decides which way the text takes, both ways are
followed. https://www.gnu.org/software/bash/manual/bash.html#The-Set-Builtin says when `set -e` ends a shell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Protocol

from pipecheck.analysis.shell.questions import answer, compared, fits, split_comparison
from pipecheck.analysis.shell.state import UNSEEN, Flow, How, Loss, Site, State
from pipecheck.analysis.shell.words import arithmetic, expanded
from pipecheck.syntax.shell_tree import (
    AndOr,
    Case,
    Choice,
    Command,
    For,
    Function,
    Group,
    Not,
    Pipe,
    Sequence,
    Simple,
    Stretch,
    Substitution,
    Test,
    Unclear,
    While,
    Word,
)
from pipecheck.values import Truth
from pipecheck.values.record import record, replace

_MOST_STATES = 64
_MOST_ROUNDS = 8


@record
class Script:
    """A text that a command runs: a file, or what a tool's own file says. `name` is what it is called."""

    name: str
    text: str


@record
class Question:
    """What is asked: what happens when the command at `target` ends with `code`.

    `first_only`: it does so only the first time it runs. `marks` are the sites to watch for after that. `exported`
    are the names of variables that other shells get. `scripts` finds the file that a path names.
    """

    target: Site | None
    code: int
    first_only: bool = False
    marks: frozenset[Site] = frozenset()
    exported: frozenset[str] = frozenset()
    scripts: Callable[[str], Script | None] = field(default=lambda _: None)


@record
class Surroundings:
    """What a command stands in.

    `guarded`: `set -e` does not end the shell for it. `asked`: its status decides which way the text takes.
    """

    block: str
    index: int
    inside: tuple[tuple[str, int], ...] = ()
    guarded: bool = False
    asked: bool = False

    def site(self, stretch: Stretch) -> Site:
        """The command at a stretch of the text that is run."""
        return Site(self.block, self.index, self.inside, stretch)

    def condition(self) -> Surroundings:
        """Those of a command whose status decides."""
        return replace(self, guarded=True, asked=True)


class More(Protocol):
    """Says which states go into another round of a loop, and which leave it."""

    def __call__(self, start: State, *, first: bool) -> tuple[list[State], list[State]]: ...


class Runner:
    """Runs commands. `functions` are those that were defined on the way, by name."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.functions: dict[str, Command] = {}
        self.locals: list[set[str]] = []

    def run(self, command: Command, state: State, place: Surroundings) -> list[State]:  # noqa: C901, PLR0911, PLR0912
        """Every state that a command may end in."""
        match command:
            case Simple():
                from pipecheck.analysis.shell.simple import simple  # noqa: PLC0415 - they need each other

                return simple(self, command, state, place)
            case Sequence():
                return self.sequence(command, state, place)
            case AndOr():
                return self._and_or(command, state, place)
            case Not():
                return self._not(command, state, place)
            case Pipe():
                return self._pipe(command, state, place)
            case Choice():
                return self._choice(command, state, place)
            case While():
                return self._while(command, state, place)
            case For():
                return self._for(command, state, place)
            case Case():
                return self._case(command, state, place)
            case Function(name, body):
                self.functions[name] = body
                return [state.ended(0)]
            case Group(body, own_shell):
                if not own_shell:
                    return self.sequence(body, state, place)
                return [self.checked(end, place) for end in self.own_shell(body, state, place)]
            case Test():
                return self._test(command, state, place)
            case Unclear(why):
                return [replace(state.ended(0), doubt=state.doubt or why)]

    def sequence(self, sequence: Sequence, state: State, place: Surroundings) -> list[State]:
        """One command after the other."""
        states = [state]
        for number, step in enumerate(sequence.steps):
            last = number == len(sequence.steps) - 1
            around = place if last or not place.asked else replace(place, asked=False)
            ends: list[State] = []
            for start in states:
                if start.flow is not Flow.ON:
                    ends.append(start)
                    continue
                begun = dropped(start, How.NEXT, place.site(step.command.stretch)) if number else start
                if step.background is not None:
                    ends += self._background(step.command, begun, around, step.background)
                else:
                    ends += self.run(step.command, begun, around)
            states = distinct(ends)
        return states

    def _background(self, command: Command, state: State, place: Surroundings, at: Stretch) -> list[State]:
        ends = self.own_shell(command, state, replace(place, guarded=False, asked=False))
        known = not isinstance(command, Not)  # bash 5.2 forgets the `!` of a command in the background
        lost = [dropped(end, How.BACKGROUND, place.site(at)) for end in ends]
        return [replace(end.ended(0), job=(end.status, state.depth) if known else None) for end in lost]

    def own_shell(
        self, body: Command, state: State, place: Surroundings, *, errexit: bool | None = None
    ) -> list[State]:
        """The states after a shell of its own has run: what it changes is gone, its status stays."""
        inner = replace(state, errexit=state.errexit if errexit is None else errexit, depth=state.depth + 1)
        before = dict(self.functions)
        ends = self.run(body, inner, place)
        self.functions = before
        return distinct(rejoined(end, state) for end in ends)

    def checked(self, state: State, place: Surroundings) -> State:
        """The state after `set -e` had its say."""
        if state.status and state.errexit and not place.guarded and state.flow is Flow.ON:
            return replace(state, flow=Flow.EXIT)
        return state

    def _and_or(self, command: AndOr, state: State, place: Surroundings) -> list[State]:
        ends: list[State] = []
        lefts = self.run(command.left, state, place.condition())
        for left in lefts:
            if left.flow is not Flow.ON or (left.status == 0) != (command.operator == "&&"):
                ends.append(left)
                continue
            start = replace(left, guessing=left.guessing or is_guessed(lefts, left))
            if left.status and left.tainted:
                start = replace(start, handling=True)
            for end in self.run(command.right, start, place):
                after = replace(end, handling=state.handling, guessing=state.guessing)
                if left.status and left.tainted and end.status == 0:
                    lost = Loss(How.OR, place.site(Stretch(command.at.start, command.stretch.end)))
                    after = replace(after, lost=lost)
                ends.append(after)
        return distinct(ends)

    def _not(self, command: Not, state: State, place: Surroundings) -> list[State]:
        ends = self.run(command.command, state, replace(place, guarded=True))
        made: list[State] = []
        for end in ends:
            if end.flow is not Flow.ON:
                made.append(end)
            elif end.status:
                made.append(dropped(end, How.NEGATION, place.site(command.operator)).ended(0))
            else:
                guessed = len(ends) > 1 and not state.handling and not any(other.tainted for other in ends)
                made.append(end.ended(1, stray=guessed))
        return distinct(made)

    def _pipe(self, command: Pipe, state: State, place: Surroundings) -> list[State]:
        last = len(command.commands) - 1
        ways: list[tuple[State, tuple[State, ...]]] = [(state, ())]
        for number, part in enumerate(command.commands):
            around = replace(place, asked=place.asked and (number == last or state.pipefail))
            ways = [
                (replace(end, status=state.status, tainted=state.tainted, stray=state.stray), (*ends, end))
                for start, ends in ways
                for end in self.own_shell(part, start, around)
            ][:_MOST_STATES]
        return distinct(self.checked(_piped(end, ends, state, command, place), place) for end, ends in ways)

    def _choice(self, command: Choice, state: State, place: Surroundings) -> list[State]:
        ends: list[State] = []
        waiting = [state]
        for condition, body in command.branches:
            others: list[State] = []
            for start in waiting:
                asked = self.sequence(condition, start, place.condition())
                for met in asked:
                    if met.flow is not Flow.ON:
                        ends.append(met)
                        continue
                    follows = replace(
                        met,
                        guessing=met.guessing or is_guessed(asked, met),
                        handling=met.handling or (met.failed and not start.failed),
                    )
                    if met.status == 0:
                        ends += self.sequence(body, follows, place)
                    else:
                        others.append(dropped(follows, How.CONDITION, place.site(condition.stretch)))
            waiting = distinct(others)
        for start in waiting:
            if command.otherwise is None:
                ends.append(start.ended(0))
            else:
                ends += self.sequence(command.otherwise, start, place)
        return distinct(replace(end, handling=state.handling, guessing=state.guessing) for end in ends)

    def _while(self, command: While, state: State, place: Surroundings) -> list[State]:
        def more(start: State, *, first: bool) -> tuple[list[State], list[State]]:
            going: list[State] = []
            done: list[State] = []
            for met in self.sequence(command.condition, start, place.condition()):
                if met.flow is not Flow.ON:
                    done.append(met)
                elif (met.status == 0) != command.until:
                    going.append(met)
                else:
                    at = place.site(command.condition.stretch)
                    before = start.ended(0) if first else start
                    kept = before if before.tainted else dropped(met, How.CONDITION, at)
                    ended = met.ended(before.status, tainted=before.tainted, stray=before.stray)
                    done.append(replace(ended, lost=kept.lost))
            return going, done

        return self._rounds(command.body, state, place, more)

    def _for(self, command: For, state: State, place: Surroundings) -> list[State]:
        values = None if command.words is None else _written(command.words, state)
        if values is not None:
            return self._each(command, values, state, place)

        def more(start: State, *, first: bool) -> tuple[list[State], list[State]]:
            begun = start.put(command.name, UNSEEN) if command.name else start
            return [begun], [start.ended(0) if first else start]

        return self._rounds(command.body, state, place, more)

    def _each(self, command: For, values: list[str], state: State, place: Surroundings) -> list[State]:
        if len(values) > _MOST_ROUNDS:
            return [replace(state, doubt=state.doubt or "the loop has too many rounds to follow")]
        states, done = [state if values else state.ended(0)], list[State]()
        for number, value in enumerate(values):
            ends: list[State] = []
            for start in states:
                begun = dropped(start, How.LOOP, place.site(command.stretch)) if number else start
                ends += self.sequence(command.body, begun.put(command.name, value), place)
            states, left = _looped(ends)
            done += left
        return distinct([*states, *done])

    def _rounds(
        self,
        body: Sequence,
        state: State,
        place: Surroundings,
        more: More,
    ) -> list[State]:
        """The states after any number of rounds: `more` says which go on and which are done."""
        done: list[State] = []
        seen: set[State] = set()
        waiting = [state]
        for number in range(_MOST_ROUNDS):
            ends: list[State] = []
            for start in waiting:
                going, over = more(start, first=number == 0)
                done += over
                for begun in going:
                    fresh = dropped(begun, How.LOOP, place.site(body.stretch)) if begun.tainted else begun
                    ends += self.sequence(body, fresh, place)
            waiting, left = _looped(distinct(ends))
            done += left
            waiting = [end for end in waiting if end not in seen]
            seen.update(waiting)
            if not waiting:
                return distinct(done)
        why = "the loop has too many rounds to follow"
        return distinct([*done, *(replace(end, doubt=end.doubt or why) for end in waiting)])

    def _case(self, command: Case, state: State, place: Surroundings) -> list[State]:
        word = expanded(command.word, state)
        ends: list[State] = []
        open_end = True
        for patterns, body, ending in command.arms:
            met = [fits(word.text, expanded(pattern, state).text) for pattern in patterns]
            answered = Truth.TRUE if Truth.TRUE in met else Truth.UNKNOWN if Truth.UNKNOWN in met else Truth.FALSE
            if answered is Truth.FALSE:
                continue
            start = replace(state, guessing=state.guessing or (answered is Truth.UNKNOWN and not word.tainted))
            start = dropped(start, How.CONDITION, place.site(command.stretch))
            for end in self.sequence(body, start, place) if body.steps else [start.ended(0)]:
                doubt = None if ending == ";;" else "a case that falls through is not followed"
                ends.append(replace(end, guessing=state.guessing, doubt=end.doubt or doubt))
            if answered is Truth.TRUE:
                open_end = False
                break
        if open_end:
            ends.append(state.ended(0))
        return distinct(ends)

    def _test(self, command: Test, state: State, place: Surroundings) -> list[State]:
        ends: list[State] = []
        for start in self.substituted(command.words, state, place):
            words = [expanded(word, start) for word in command.words]
            met = answer(words, patterns=True) if command.kind == "[[" else _calculated(command.text, start)
            tainted = any(word.tainted for word in words) or (command.kind == "((" and _is_tainted(command, start))
            ends += answered(met, start, place, tainted=tainted)
        return distinct(self.checked(end, place) for end in ends)

    def substituted(self, words: Iterable[Word | None], state: State, place: Surroundings) -> list[State]:
        """The states after the substitutions in words have run; `status` is that of the last one."""
        states = [state]
        for word in words:
            for piece in () if word is None else word.pieces:
                if isinstance(piece, Substitution):
                    states = distinct(end for start in states for end in self._substitution(piece, start, place))
        return states

    def _substitution(self, piece: Substitution, state: State, place: Surroundings) -> list[State]:
        errexit = state.errexit and state.posix
        inner = replace(place, asked=False)
        ends = self.own_shell(piece.body, state, inner, errexit=errexit)
        if piece.process:
            at = place.site(piece.body.stretch)
            return [dropped(end, How.SUBSTITUTION, at).ended(state.status) for end in ends]
        return ends


def _piped(end: State, ends: tuple[State, ...], start: State, command: Pipe, place: Surroundings) -> State:
    """The state after a pipe, from those of its parts."""
    failing = [part for part in ends if part.status]
    decisive = ends[-1]
    if start.pipefail and failing:
        decisive = failing[-1]
    statuses = tuple(part.status for part in ends)
    made = replace(end, statuses=statuses).ended(decisive.status, tainted=decisive.tainted, stray=decisive.stray)
    lost = next((number for number, part in enumerate(ends) if part.tainted), None)
    if lost is not None and not made.tainted:
        bar = command.operators[min(lost, len(command.operators) - 1)]
        return replace(made, lost=Loss(How.PIPE, place.site(bar)))
    return made


def rejoined(end: State, outside: State) -> State:
    """The state of a shell after another one that it started."""
    return replace(
        end,
        flow=Flow.ON,
        levels=0,
        errexit=outside.errexit,
        pipefail=outside.pipefail,
        posix=outside.posix,
        depth=outside.depth,
        variables=outside.variables,
        cleared=outside.cleared,
        job=outside.job,
        handling=outside.handling,
        guessing=outside.guessing,
    )


def dropped(state: State, how: How, site: Site) -> State:
    """The state when a failure that it ends with is about to be forgotten."""
    return replace(state, lost=Loss(how, site)) if state.status and state.tainted else state


def is_guessed(ways: list[State], way: State) -> bool:
    """Whether a way is one of several for reasons that have nothing to do with the failure."""
    return len({end.status == 0 for end in ways}) > 1 and not way.tainted


def answered(met: Truth, state: State, place: Surroundings, *, tainted: bool) -> list[State]:
    """The states after a question: both where its answer is not known and matters."""
    match met:
        case Truth.TRUE:
            return [state.ended(0)]
        case Truth.FALSE:
            return [state.ended(1, tainted=tainted)]
        case Truth.UNKNOWN if place.asked or tainted:
            return [state.ended(0), state.ended(1, tainted=tainted, stray=not tainted)]
        case Truth.UNKNOWN:
            return [replace(state.ended(0), assuming=True)]


def distinct(states: Iterable[State]) -> list[State]:
    """Each state once; too many of them are one that nobody can follow."""
    found = list(states)
    if len(found) > 1:
        found = list(dict.fromkeys(found))
    if len(found) <= _MOST_STATES:
        return found
    failed = next((state for state in found if state.failed), found[0])
    return [replace(failed, doubt="there are too many ways to follow"), *found[:_MOST_STATES]]


def _looped(ends: Iterable[State]) -> tuple[list[State], list[State]]:
    """The states that go on to the next round, and those that leave the loop."""
    going: list[State] = []
    left: list[State] = []
    for end in ends:
        if end.flow is Flow.CONTINUE and end.levels <= 1:
            going.append(replace(end, flow=Flow.ON, levels=0))
        elif end.flow is Flow.BREAK and end.levels <= 1:
            left.append(replace(end, flow=Flow.ON, levels=0))
        elif end.flow in {Flow.BREAK, Flow.CONTINUE}:
            left.append(replace(end, levels=end.levels - 1))
        elif end.flow is Flow.ON:
            going.append(end)
        else:
            left.append(end)
    return going, left


def _written(words: tuple[Word, ...], state: State) -> list[str] | None:
    """The values that a loop goes through; None where they are not known."""
    values: list[str] = []
    for word in words:
        text = expanded(word, state)
        if not text.is_known or (not word.quoted and any(character in text.text for character in "*?[{")):
            return None
        values += [text.text] if word.quoted or word.literal is not None else text.text.split()
    return values


def _calculated(text: str, state: State) -> Truth:
    sides = split_comparison(text)
    if sides is not None:
        one, operator, two = arithmetic(sides[0], state).text, sides[1], arithmetic(sides[2], state).text
        return compared(one, operator, two)
    value = arithmetic(text, state).text
    return Truth.UNKNOWN if value == UNSEEN else compared(value, "-ne", "0")


def _is_tainted(command: Test, state: State) -> bool:
    return state.failed and any(variable.tainted and variable.name in command.text for variable in state.variables)
