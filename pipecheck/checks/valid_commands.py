"""Whether a Commands action is such that CodePipeline takes it.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, told, undecided
from pipecheck.analysis.cases import guard_of
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.limits import Limit, count_fits, fits, least_length
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Guard, Items, Known, Truth, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import contains, ends_with, equals

_LONGEST_COMMAND = 1000
_VARIABLE_NAME = Limit(r"A-Za-z0-9_", 128)


def valid_commands(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per fault, and one for what is right or not known; none for other providers."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    runs = told(equals(action.provider, "Commands"), action.provider)
    label = f"action {quoted(action.name, 'without a name')}"
    question = f"whether {label} has commands that can be run is not known"
    if runs.truth is Truth.UNKNOWN:
        yield from clauses_of([Demand(runs, action.provider.place, "")], action.place, question)
    elif runs.truth is Truth.TRUE:
        count = _Count(pipeline, guard_of(pipeline, inventory), label)
        yield from clauses_of([*_counts(action, count), *_texts(action), *_machine(action)], action.place, question)


@record
class _Count:
    """Counts what an action of one pipeline has, in every case."""

    pipeline: Pipeline
    within: Guard
    label: str

    def fits(self, items: Items[object], least: int, most: int, noun: str) -> Iterator[Demand]:
        """Whether there are `least` to `most`."""
        found = count_fits(items, least, most, self.pipeline.conditions, self.within, items.place)
        if found is not None:
            say = f"{self.label} has {len(items.members) or 'no'} {noun}: it can have {least} to {most} {found.case}"
            yield Demand(found.answer, items.place, say.rstrip())


def _counts(action: Action, count: _Count) -> Iterator[Demand]:
    yield from count.fits(action.commands, 1, 50, "commands")
    yield from count.fits(action.environment_variables, 0, 10, "environment variables")
    yield from count.fits(action.output_variables, 0, 15, "output variables")
    for output in values(action.output_artifacts):
        yield from count.fits(output.files, 0, 10, "files in an output artifact")


def _texts(action: Action) -> Iterator[Demand]:
    for command in values(action.commands):
        say = "a command has more than one line: write each line as a command of its own"
        yield Demand(_is_one_line(command), command.place, say)
        if least_length(command) > _LONGEST_COMMAND:
            say = f"a command has more than {_LONGEST_COMMAND} characters"
            yield Demand(told(Truth.FALSE, command), command.place, say)
    for variable in values(action.environment_variables):
        if isinstance(variable.name, Absent):
            yield Demand(NO, variable.name.place, "an environment variable has no name")
            continue
        say = f"an environment variable is called {quoted(variable.name, '')}: allowed are {_VARIABLE_NAME.demand}"
        yield Demand(fits(variable.name, _VARIABLE_NAME), variable.name.place, say)


def _is_one_line(command: Value[str]) -> Answer:
    """Whether there is no line break but at the end. Variables and parameters are taken to hold none."""
    match command:
        case Known(text):
            return told(Truth.FALSE if "\n" in text.rstrip("\n") else Truth.TRUE, command)
        case Unknown(pieces=pieces) if pieces:
            written = "".join(piece if isinstance(piece, str) else "x" for piece in pieces)
            return told(Truth.FALSE if "\n" in written.rstrip("\n") else Truth.TRUE, command)
        case Unknown():
            return undecided(command)
        case Absent():
            return NO


def _machine(action: Action) -> Iterator[Demand]:
    machine, size = action.configuration.get("EnvironmentType"), action.configuration.get("ComputeType")
    windows = told(contains(machine, "WINDOWS"), machine)
    small = told(ends_with(size, "_SMALL"), size)
    say = f"a machine of type {quoted(machine, '')} is not made in size {quoted(size, '')}"
    yield Demand(~all_hold([windows, small]), size.place, say)
