"""Simple commands: builtins that steer a shell, functions, texts that are run in turn, and programs."""

from __future__ import annotations

from collections.abc import Callable

from pipecheck.analysis.shell.questions import answer
from pipecheck.analysis.shell.run import Runner, Surroundings, answered, distinct, dropped, rejoined
from pipecheck.analysis.shell.state import FAILURE_TEXT, NONZERO, UNSEEN, Flow, How, State
from pipecheck.analysis.shell.through import Run, run_by
from pipecheck.analysis.shell.words import Text, arithmetic, expanded
from pipecheck.data.shell_programs import ALWAYS_SUCCEED, DECLARATIONS, INTERPRETERS, MAY_FAIL_ON_PURPOSE
from pipecheck.syntax.shell import parse_shell
from pipecheck.syntax.shell_tree import Simple, Substitution
from pipecheck.values import Truth
from pipecheck.values.record import replace

_DEEPEST = 5
_NO_CHILD = 127
"""What `wait` says of a process that another shell has started."""


def simple(runner: Runner, command: Simple, state: State, place: Surroundings) -> list[State]:
    """Every state that a simple command may end in."""
    if not command.words:
        return distinct(runner.checked(end, place) for end in _assigned(runner, command, state, place))
    words = [*command.words, *(one.value for one in command.assignments)]
    targets = [redirect.target for redirect in command.redirects]
    ends: list[State] = []
    for start in runner.substituted([*words, *targets], state, place):
        if any(isinstance(piece, Substitution) for word in words for piece in word.pieces):
            start = dropped(start, How.SUBSTITUTION, place.site(command.stretch))  # noqa: PLW2901
            start = start.ended(state.status, tainted=state.tainted, stray=state.stray)  # noqa: PLW2901
        texts = [expanded(word, start) for word in command.words]
        ends += _run(runner, command, texts, start, place)
    return distinct(runner.checked(end, place) for end in ends)


def _assigned(runner: Runner, command: Simple, state: State, place: Surroundings) -> list[State]:
    """Assignments alone have the status of the last substitution in them."""
    values = [one.value for one in command.assignments]
    substitutes = any(isinstance(piece, Substitution) for value in values for piece in value.pieces)
    ends: list[State] = []
    for start in runner.substituted(values, state, place):
        base = replace(start, status=state.status, tainted=state.tainted)
        made = start
        for one in command.assignments:
            value = expanded(one.value, base)
            text = made.get(one.name).text + value.text if one.appends else value.text
            made = made.put(
                one.name, text if "\0" not in text or text == value.text else UNSEEN, tainted=value.tainted
            )
        ends.append(made if substitutes else made.ended(0))
    return ends


def _run(runner: Runner, command: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    name = texts[0].text
    if name in DECLARATIONS:
        return [_declared(runner, command, state)]
    builtin = _BUILTINS.get(name)
    if builtin is not None:
        return builtin(runner, command, texts, state, place)
    site = place.site(command.stretch)
    if site in runner.question.marks and state.failed:
        state = replace(state, after=state.after | {site})
    if site == runner.question.target:
        return [_target(runner, state)]
    body = runner.functions.get(name)
    if body is not None:
        return _called(runner, name, state, place)
    run = run_by([text.text for text in texts])
    if run is not None:
        return _inner(runner, run, state, place, command.stretch.start)
    return _program(texts, state, place)


def _target(runner: Runner, state: State) -> State:
    again = state.runs > 0
    runs = min(state.runs + 1, 2)
    if runner.question.first_only and again:
        return replace(state, runs=runs).ended(0)
    return replace(state, runs=runs, failed=True).ended(runner.question.code, tainted=True)


def _declared(runner: Runner, command: Simple, state: State) -> State:
    made = state
    for one in command.assignments:
        value = expanded(one.value, state)
        if command.words[0].literal == "local" and runner.locals:
            runner.locals[-1].add(one.name)
        made = made.put(one.name, value.text, tainted=value.tainted)
    return made.ended(0)


def _called(runner: Runner, name: str, state: State, place: Surroundings) -> list[State]:
    if len(runner.locals) >= _DEEPEST:
        return [replace(state.ended(0), doubt=state.doubt or f"the function {name} calls itself")]
    runner.locals.append(set())
    ends = runner.run(runner.functions[name], state, place)
    local = runner.locals.pop()
    made: list[State] = []
    for end in ends:
        after = replace(end, flow=Flow.ON) if end.flow is Flow.RETURN else end
        for variable in local:
            before = state.get(variable)
            after = after.put(variable, before.text, tainted=before.tainted)
        made.append(after)
    return made


def _inner(runner: Runner, run: Run, state: State, place: Surroundings, start: int) -> list[State]:
    """A text that a command runs: written in it, or in a file that is in view."""
    name, text = run.name, run.text
    if text is None:
        script = runner.question.scripts(run.name)
        if script is None:
            return _opaque(run.name, state, place)
        name, text = script.name, script.text
    if "\0" in text or len(place.inside) >= _DEEPEST:
        return [replace(state.ended(0), doubt=state.doubt or f"what {run.name} runs is not known")]
    inner = replace(place, inside=(*place.inside, (name, start)))
    body = parse_shell(text)
    if run.same_shell:
        ends = runner.run(body, state, inner)
        return [replace(end, flow=Flow.ON) if end.flow is Flow.RETURN and run.sourced else end for end in ends]
    kept = tuple(variable for variable in state.variables if variable.name in runner.question.exported)
    fresh = replace(
        state,
        errexit=run.errexit,
        pipefail=run.pipefail,
        posix=run.posix,
        depth=state.depth + 1,
        variables=kept,
        status=0,
        tainted=False,
        statuses=(),
    )
    before = runner.functions
    runner.functions = {}
    own = replace(inner, guarded=False, asked=False)
    ends = runner.run(body, fresh, own)
    runner.functions = before
    return distinct(rejoined(end, state) for end in ends)


def _program(texts: list[Text], state: State, place: Surroundings) -> list[State]:
    name = texts[0].text.rsplit("/", 1)[-1]
    if name == "false":
        return [state.ended(1)]
    if name in ALWAYS_SUCCEED:
        return [state.ended(0)]
    if name in MAY_FAIL_ON_PURPOSE:
        tainted = state.handling or any(text.tainted for text in texts)
        return answered(Truth.UNKNOWN, state, place, tainted=tainted)
    if "/" in texts[0].text or name in INTERPRETERS or "\0" in name:
        return _opaque(texts[0].text.replace("\0unseen", "…"), state, place)
    return _unasked(state, place)


def _unasked(state: State, place: Surroundings) -> list[State]:
    """The states after a program that is taken to succeed, unless its status decides the way."""
    return answered(Truth.UNKNOWN, state, place, tainted=False) if place.asked else [state.ended(0)]


def _opaque(name: str, state: State, place: Surroundings) -> list[State]:
    """Something of which nobody sees what it does; where it deals with the failure, it may well fail on purpose."""
    if state.handling:
        return [
            replace(state.ended(0), doubt=state.doubt or f"{name} may fail on purpose"),
            state.ended(1, tainted=True),
        ]
    return _unasked(state, place)


def _exit(_: Runner, command: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    return [
        replace(_left(end, state, How.EXIT, command, place), flow=Flow.EXIT) for end in _numbered(texts[1:], state)
    ]


def _return(_: Runner, command: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    return [
        replace(_left(end, state, How.EXIT, command, place), flow=Flow.RETURN) for end in _numbered(texts[1:], state)
    ]


def _left(end: State, before: State, how: How, command: Simple, place: Surroundings) -> State:
    if before.status and before.tainted and not end.status:
        return replace(end, lost=dropped(before, how, place.site(command.stretch)).lost)
    return end


def _numbered(given: list[Text], state: State) -> list[State]:
    """The states after `exit` or `return` with the status that is given, else with the last one."""
    if not given:
        return [state]
    text = given[0]
    if text.text == FAILURE_TEXT:
        return [state.ended(NONZERO, tainted=True)]
    if text.text.isdecimal():
        code = int(text.text) % 256
        related = text.tainted or state.handling or (state.failed and not state.guessing)
        return [state.ended(code, tainted=related, stray=not related and state.guessing)]
    return [state.ended(0), state.ended(1, tainted=text.tainted, stray=not text.tainted)]


def _leave(flow: Flow) -> _Builtin:
    def leave(_: Runner, __: Simple, texts: list[Text], state: State, ___: Surroundings) -> list[State]:
        levels = int(texts[1].text) if texts[1:] and texts[1].text.isdecimal() else 1
        return [replace(state.ended(0), flow=flow, levels=levels)]

    return leave


def _set(_: Runner, __: Simple, texts: list[Text], state: State, ___: Surroundings) -> list[State]:
    made = state
    waiting = ""
    for text in texts[1:]:
        word = text.text
        if waiting:
            made = _option(made, word, on=waiting == "-")
            waiting = ""
        elif word in {"--", "-"} or not word.startswith(("-", "+")):
            break
        else:
            if "e" in word[1:]:
                made = replace(made, errexit=word[0] == "-")
            if "u" in word[1:]:
                made = replace(made, assuming=True)  # that all variables are set
            waiting = word[0] if word.endswith("o") else ""
    return [made.ended(0)]


def _option(state: State, name: str, *, on: bool) -> State:
    if name == "errexit":
        return replace(state, errexit=on)
    return replace(state, pipefail=on) if name == "pipefail" else state


def _bracket(_: Runner, __: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    words = texts[1:-1] if texts[0].text == "[" else texts[1:]
    tainted = any(word.tainted for word in words)
    return answered(answer(words, patterns=False), state, place, tainted=tainted)


def _wait(_: Runner, __: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    if not texts[1:]:
        return [state.ended(0)]
    last = texts[-1].text
    if last.startswith("\0job "):
        status, depth = map(int, last.removeprefix("\0job ").split())
        if depth != state.depth:
            return [state.ended(_NO_CHILD)]
        return [state.ended(status, tainted=state.failed)]
    return answered(Truth.UNKNOWN, state, place, tainted=state.failed)


def _trap(_: Runner, __: Simple, texts: list[Text], state: State, ___: Surroundings) -> list[State]:
    body = texts[1].text if texts[1:] else ""
    signals = {text.text.upper().removeprefix("SIG") for text in texts[2:]}
    if body in {"", "-"} or not signals & {"EXIT", "0", "ERR", "RETURN", "DEBUG"}:
        return [state.ended(0)]
    program = body.split()[0]
    if program in ALWAYS_SUCCEED and not set(";&|$(\n`") & set(body):
        return [state.ended(0)]
    return [replace(state.ended(0), doubt=state.doubt or "what a trap does is not followed")]


def _eval(runner: Runner, command: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    text = " ".join(text.text for text in texts[1:])
    return _inner(runner, Run("eval", text, same_shell=True), state, place, command.stretch.start)


def _source(runner: Runner, command: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    name = texts[1].text if texts[1:] else ""
    run = Run(name, None, same_shell=True, sourced=True)
    return _inner(runner, run, state, place, command.stretch.start)


def _let(_: Runner, __: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    name, equals, value = texts[1].text.partition("=") if texts[1:] else ("", "", "")
    if not equals or not name.isidentifier():
        return answered(Truth.UNKNOWN, state, place, tainted=state.failed)
    result = arithmetic(value, state)
    return answered(Truth.UNKNOWN, state.put(name, result.text, tainted=result.tainted), place, tainted=False)


def _read(_: Runner, __: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    made = state
    for text in texts[1:]:
        if text.text.isidentifier():
            made = made.put(text.text, UNSEEN)
    return answered(Truth.UNKNOWN, made, place, tainted=False)


def _unset(_: Runner, __: Simple, texts: list[Text], state: State, ___: Surroundings) -> list[State]:
    made = state
    for text in texts[1:]:
        made = made.put(text.text, "")
    return [made.ended(0)]


def _exec(runner: Runner, command: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    if not texts[1:]:
        return [state.ended(0)]
    rest = replace(command, words=command.words[1:], assignments=())
    ends = _run(runner, rest, texts[1:], state, place)
    return [replace(end, flow=Flow.EXIT) if end.flow is Flow.ON else end for end in ends]


def _command(runner: Runner, command: Simple, texts: list[Text], state: State, place: Surroundings) -> list[State]:
    if not texts[1:] or texts[1].text.startswith("-"):
        return answered(Truth.UNKNOWN, state, place, tainted=False)
    rest = replace(command, words=command.words[1:], assignments=())
    return _run(runner, rest, texts[1:], state, place)


def _true(_: Runner, __: Simple, ___: list[Text], state: State, ____: Surroundings) -> list[State]:
    return [state.ended(0)]


_Builtin = Callable[[Runner, Simple, "list[Text]", State, Surroundings], "list[State]"]

_BUILTINS: dict[str, _Builtin] = {
    "exit": _exit,
    "return": _return,
    "break": _leave(Flow.BREAK),
    "continue": _leave(Flow.CONTINUE),
    "set": _set,
    "[": _bracket,
    "test": _bracket,
    "wait": _wait,
    "trap": _trap,
    "eval": _eval,
    "source": _source,
    ".": _source,
    "let": _let,
    "read": _read,
    "unset": _unset,
    "exec": _exec,
    "command": _command,
    "builtin": _command,
    "true": _true,
    ":": _true,
}
