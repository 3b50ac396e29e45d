"""Whether builds and actions hand secrets on as variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, presence, told, undecided
from pipecheck.analysis.buildspecs import is_read_for_another
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.secrets import is_secret_like
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Items, Known, Truth, Unknown, Value, ask


def secret_exported(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the subject, and one for each variable that has the name of a secret, or may."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    yield clause_of(YES, subject.place, "no secret is handed on as a variable")
    if isinstance(owner, Action):
        yield from _variables(owner.output_variables)
    elif is_read_for_another(owner, inventory):
        return
    match owner.buildspec:
        case Known(spec):
            yield from _variables(spec.exported_variables)
        case Unknown() as unseen:
            answer = undecided(unseen).about("whether the build hands secrets on as variables is not known")
            yield clause_of(answer, unseen.place, "the exported variables are not in view")
        case Absent():
            return


def _variables(variables: Items[Value[str]]) -> Iterator[Clause]:
    for member in variables.members:
        name = member.value
        secret = told(ask(name, is_secret_like), name)
        if secret.truth is not Truth.FALSE:
            message = f"variable {quoted(name, 'without a name')} is handed on: the history of the pipeline shows it"
            yield clause_of(~secret, name.place, message, applies=presence(member, name.place))
    if variables.open is not None:
        yield clause_of(undecided(variables.open), variables.place, "what is handed on is not in view")
