"""Whether values that outsiders choose are put into commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, undecided
from pipecheck.analysis.run_variables import untrusted_variables
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Stage
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Items, Reason, Unknown, Value
from pipecheck.values.items import values


def secret_variable_injection(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the subject, and one for each variable in a command, or where commands are hidden."""
    owner = subject.value
    assert isinstance(owner, Action | Stage)  # noqa: S101 - the rule file names the kinds of subject
    sources = params.get("sources")
    globs = [str(glob) for glob in sources] if isinstance(sources, list | tuple) else []
    found = [clause for text in _texts(owner) for clause in _clauses(text, globs)]
    found += [clause_of(undecided(unseen), unseen.place, "the commands are not in view") for unseen in _hidden(owner)]
    yield clause_of(YES, subject.place, "no value that outsiders choose is put into a command")
    yield from found


def _lists(owner: Action | Stage) -> Iterator[Items[Value[str]]]:
    if isinstance(owner, Action):
        yield owner.commands
        return
    for slot in (owner.before_entry, owner.on_success, owner.on_failure):
        for condition in values(slot):
            for rule in values(condition.rules):
                yield rule.commands


def _texts(owner: Action | Stage) -> Iterator[Value[str]]:
    for listed in _lists(owner):
        yield from values(listed)
    if isinstance(owner, Action):
        override = owner.configuration.get("BuildspecOverride")
        if not isinstance(override, Absent):
            yield override


def _hidden(owner: Action | Stage) -> Iterator[Unknown]:
    yield from (listed.open for listed in _lists(owner) if listed.open is not None)
    if isinstance(owner, Stage):
        for slot in (owner.before_entry, owner.on_success, owner.on_failure):
            yield from (slot.open,) if slot.open is not None else ()
            yield from (one.rules.open for one in values(slot) if one.rules.open is not None)


def _clauses(text: Value[str], globs: list[str]) -> Iterator[Clause]:
    for variable, place in untrusted_variables(text, globs):
        message = (
            f"{variable} is put into a command before the shell reads it: whoever chooses its value runs commands"
        )
        yield clause_of(NO, place, message)
    if isinstance(text, Unknown) and not text.pieces and text.reason is not Reason.RUNTIME_VARIABLE:
        yield clause_of(undecided(text), text.place, "the command is not in view")
