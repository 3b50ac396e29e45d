"""Whether build specifications and commands write secrets out."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import NO, YES, undecided
from pipecheck.analysis.buildspecs import is_read_for_another, script_of
from pipecheck.analysis.written_secrets import holds_secret, secrets_in_command
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Known, Truth


def secret_in_buildspec(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the subject, and one for each variable and line of a command that writes a secret out, or may.

    No text of a clause holds a value.
    """
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    script = script_of(owner, inventory)
    yield clause_of(YES, subject.place, "no secret is written out")
    for command in script.commands:
        for line in dict.fromkeys(found.line for found in secrets_in_command(command.text)):
            yield clause_of(NO, command.place.below(line), "a command holds a secret in clear")
    for unseen in script.hidden:
        answer = undecided(unseen).about("whether the build specification holds secrets is not known")
        yield clause_of(answer, unseen.place, "the build specification may hold secrets")
    if isinstance(owner, BuildProject) and is_read_for_another(owner, inventory):
        return
    if isinstance(owner.buildspec, Known):
        for name, value in owner.buildspec.value.variables.entries.items():
            found = holds_secret(name, value)
            if found.truth is not Truth.FALSE:
                message = f"variable {name} of the build specification holds a secret in clear"
                yield clause_of(~found, value.place, message)
