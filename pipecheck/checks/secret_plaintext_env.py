"""Whether environment variables of builds and actions show secrets in clear."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import YES, presence, undecided
from pipecheck.analysis.aws_keys import is_aws_credential
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.secrets import Exposure, Way, exposure
from pipecheck.model.build_project import BuildProject
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Member, Place, Truth


def secret_plaintext_env(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for all variables of a build project or an action, and one per variable that shows a secret or may.

    No text of a clause holds a value.
    """
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    patterns = params.get("name_patterns")
    globs = tuple(str(glob) for glob in patterns) if isinstance(patterns, list | tuple) else ()
    variables = owner.environment_variables
    if variables.members:
        yield clause_of(YES, variables.place, "no environment variable shows a secret")
    for member in variables.members:
        found = exposure(member.value, globs)
        if is_aws_credential(member.value, found.way):
            continue
        if found.shown.truth is not Truth.FALSE:
            yield _clause(member, found)
    if variables.open is not None:
        yield clause_of(undecided(variables.open), variables.place, "the environment variables may show a secret")


def _clause(member: Member[EnvironmentVariable], found: Exposure) -> Clause:
    variable = member.value
    label = f"environment variable {quoted(variable.name, 'without a name')}"
    return clause_of(
        ~found.shown.about(f"whether {label} shows a secret is not known"),
        _place(variable),
        f"{label} {_how(found)}",
        applies=presence(member, variable.place),
        related=_related(found),
    )


def _place(variable: EnvironmentVariable) -> Place:
    return variable.place if isinstance(variable.value, Absent) else variable.value.place


def _how(found: Exposure) -> str:
    name = "" if found.step is None else found.step.name
    match found.way:
        case Way.LITERAL:
            return "holds a secret in clear: its type is PLAINTEXT"
        case Way.NO_ECHO:
            return f"shows parameter {name} in clear, which is NoEcho: its type is PLAINTEXT"
        case Way.DYNAMIC_REFERENCE:
            return "shows in clear what a dynamic reference reads at deployment: its type is PLAINTEXT"


def _related(found: Exposure) -> tuple[Related, ...]:
    if found.step is None or found.step.place is None:
        return ()
    return (Related(found.step.place, f"{found.step.name} is defined here"),)
