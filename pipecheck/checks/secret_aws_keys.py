"""Whether AWS credentials are written out in variables, build specifications, commands or settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, presence, undecided
from pipecheck.analysis.aws_keys import in_command, in_named, in_text, in_variable
from pipecheck.analysis.buildspecs import commands, hidden_commands, is_read_for_another
from pipecheck.analysis.labels import quoted
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.settings import Settings
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Items, Known, Place, Truth, Unknown, Value
from pipecheck.values.items import values

_READ_ELSEWHERE = frozenset({"BuildspecOverride", "EnvironmentVariables"})
"""Settings whose parts are looked at one by one."""


def secret_aws_keys(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the subject, and one for each variable, command and setting that writes a credential out or may.

    No text of a clause holds a value.
    """
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    yield clause_of(YES, subject.place, "no AWS credential is written out")
    yield from _variables(owner.environment_variables)
    if isinstance(owner, Action):
        yield from _settings(owner.configuration)
        yield from _commands(values(owner.commands), "a command of the action")
        if owner.commands.open is not None:
            yield clause_of(undecided(owner.commands.open), owner.commands.place, "the commands may hold credentials")
    elif is_read_for_another(owner, inventory):
        return
    yield from _buildspec(owner.buildspec)


def _variables(variables: Items[EnvironmentVariable]) -> Iterator[Clause]:
    for member in variables.members:
        variable = member.value
        label = f"environment variable {quoted(variable.name, 'without a name')}"
        place = variable.place if isinstance(variable.value, Absent) else variable.value.place
        yield from _clause(in_variable(variable), place, label, presence(member, variable.place))
    if variables.open is not None:
        yield clause_of(undecided(variables.open), variables.place, "the environment variables may hold credentials")


def _settings(settings: Settings) -> Iterator[Clause]:
    for name, value in settings.entries.items():
        if name not in _READ_ELSEWHERE:
            found = in_text(value)
            yield from _clause(found.answer, found.place, f"setting {name}")
    if settings.open is not None:
        yield clause_of(undecided(settings.open), settings.place, "the settings may hold credentials")


def _buildspec(buildspec: Value[Buildspec]) -> Iterator[Clause]:
    match buildspec:
        case Absent():
            return
        case Unknown() as unknown:
            answer = undecided(unknown).about("whether the build specification holds AWS credentials is not known")
            yield clause_of(answer, unknown.place, "the build specification may hold credentials")
        case Known(spec):
            for name, value in spec.variables.entries.items():
                yield from _clause(
                    in_named(name, value), value.place, f'variable "{name}" of the build specification'
                )
            yield from _commands(commands(spec), "a command of the build specification")
            for unseen in (*hidden_commands(spec), spec.variables.open):
                if unseen is not None:
                    yield clause_of(undecided(unseen), unseen.place, "the build specification may hold credentials")


def _commands(written: Iterable[Value[str]], label: str) -> Iterator[Clause]:
    for command in written:
        found = in_command(command)
        yield from _clause(found.answer, found.place, label)


def _clause(written: Answer, place: Place, label: str, applies: Answer = YES) -> Iterator[Clause]:
    if written.truth is not Truth.FALSE:
        answer = written.about(f"whether {label} holds an AWS credential is not known")
        yield clause_of(~answer, place, f"{label} holds an AWS credential in clear", applies=applies)
