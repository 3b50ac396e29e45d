"""Whether commands print secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.buildspecs import script_of
from pipecheck.analysis.printed_secrets import NEEDS_SECRETS, printed_secrets
from pipecheck.analysis.secrets import is_secret_like
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Known, Truth, ask


def secret_logged(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for all commands, and one for each place where a secret is printed, or may be."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    script = script_of(owner, inventory)
    if script.commands:
        yield clause_of(YES, subject.place, "no secret is printed")
    secrets = any_holds(_secrets(owner))
    for command in script.commands:
        for found in printed_secrets(command):
            named = f" ({found.name})" if found.name else ""
            applies = secrets if found.way in NEEDS_SECRETS else YES
            clause = clause_of(NO, found.place, f"the command {found.way.value}{named}", applies=applies)
            if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
                yield clause
    for unseen in script.hidden:
        answer = undecided(unseen).about("whether secrets are printed is not known")
        yield clause_of(answer, unseen.place, "the commands are not in view")


def _secrets(owner: BuildProject | Action) -> Iterator[Answer]:
    """Whether variables hold secrets while the commands run."""
    for member in owner.environment_variables.members:
        variable = member.value
        kept = told(ask(variable.type, lambda kind: kind == "SECRETS_MANAGER"), variable.type)
        named = told(ask(variable.name, is_secret_like), variable.name)
        yield all_hold([presence(member, variable.place), any_holds([kept, named])])
    if owner.environment_variables.open is not None:
        yield undecided(owner.environment_variables.open)
    if isinstance(owner.buildspec, Known):
        spec = owner.buildspec.value
        names = (*spec.secrets_manager.entries, *filter(is_secret_like, spec.parameter_store.entries))
        yield Answer(Truth.TRUE if names else Truth.FALSE)
        for settings in (spec.secrets_manager, spec.parameter_store):
            if settings.open is not None:
                yield undecided(settings.open)
