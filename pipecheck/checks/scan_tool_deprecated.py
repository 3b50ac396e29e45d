"""Whether builds scan with tools that are no longer developed."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import NO, YES, told, undecided
from pipecheck.analysis.buildspecs import Command, script_of
from pipecheck.analysis.command_words import programs
from pipecheck.analysis.labels import quoted
from pipecheck.data.discontinued_scanners import DISCONTINUED, WRAPPERS
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Truth, ask


def scan_tool_deprecated(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for all commands, one for each that runs such a tool, and one for a managed scan that has ended."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    script = script_of(owner, inventory)
    if script.commands:
        yield clause_of(YES, subject.place, "no discontinued scanner is run")
    if isinstance(owner, Action):
        ended = told(ask(owner.provider, lambda name: name.startswith("CodeGuru")), owner.provider)
        if ended.truth is not Truth.FALSE:
            message = (
                f"{quoted(owner.provider, 'a managed scan')} has ended: Amazon CodeGuru Security is discontinued"
            )
            yield clause_of(~ended, owner.provider.place, message)
    for command in script.commands:
        for message, line in _found(command):
            yield clause_of(NO, command.below(line), message)
    for unseen in script.hidden:
        answer = undecided(unseen).about("whether a discontinued scanner is run is not known")
        yield clause_of(answer, unseen.place, "the commands are not in view")


def _found(command: Command) -> Iterable[tuple[str, int]]:
    for words in programs(command.text):
        meant = list(words)
        while len(meant) > 1 and meant[0].rsplit("/", 1)[-1] in WRAPPERS:
            meant.pop(0)
        meant[0] = meant[0].rsplit("/", 1)[-1]
        for start, message in DISCONTINUED.items():
            if tuple(meant[: len(start)]) == start:
                yield message, max(command.text.find(start[0]), 0)
