"""Whether a build specification is one that CodeBuild runs as it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, told, undecided
from pipecheck.analysis.buildspecs import is_read_for_another
from pipecheck.analysis.labels import quoted
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import ENV_KEYS, PHASES, Buildspec, Phase
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.settings import Settings
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, ask
from pipecheck.values.items import values

_ON_FAILURE = re.compile(r"ABORT|CONTINUE|RETRY(?:-\d{1,3})?(?:-.+)?")
_VERSIONS = frozenset({"0.1", "0.2"})
_RESERVED = "CODEBUILD_"


def build_buildspec_valid(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the build specification, and one for each thing in it that is wrong, or may be."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    if isinstance(owner, BuildProject) and is_read_for_another(owner, inventory):
        return
    match owner.buildspec:
        case Absent():
            return
        case Unknown(reason=Reason.INVALID_VALUE, detail=detail) as unread:
            yield clause_of(NO, unread.place, detail)
        case Unknown() as unseen:
            answer = undecided(unseen).about("whether the build specification is valid is not known")
            yield clause_of(answer, unseen.place, "the build specification is not in view")
        case Known(spec):
            yield clause_of(YES, spec.place, "the build specification is valid")
            for clause in _clauses(spec):
                if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
                    yield clause


def _clauses(spec: Buildspec) -> Iterator[Clause]:
    version = spec.version
    known_version = ask(version, lambda text: text in _VERSIONS)
    yield clause_of(
        told(known_version, version),
        version.place,
        f"version {quoted(version, 'is missing: it')} is none that CodeBuild knows: write 0.2"
        if not isinstance(version, Absent)
        else "the build specification has no version: write 0.2",
    )
    if spec.phases.open is not None:
        yield _hidden(spec.phases.open)
    for phase in values(spec.phases):
        yield from _phase(phase)
    for key in values(spec.env_keys):
        yield clause_of(
            told(ask(key, ENV_KEYS.__contains__), key),
            key.place,
            f"env has no key {quoted(key, 'of that name')}: expected {', '.join(ENV_KEYS)}",
        )
    for settings in (spec.variables, spec.parameter_store, spec.secrets_manager):
        yield from _names(settings)


def _hidden(unseen: Unknown) -> Clause:
    if unseen.reason is Reason.INVALID_VALUE:
        return clause_of(NO, unseen.place, unseen.detail)
    return clause_of(undecided(unseen), unseen.place, "a part of the build specification is not in view")


def _phase(phase: Phase) -> Iterator[Clause]:
    if phase.name not in PHASES:
        yield clause_of(NO, phase.place, f'phase "{phase.name}" never runs: expected {", ".join(PHASES)}')
    failure = phase.on_failure
    yield clause_of(
        told(ask(failure, lambda text: _ON_FAILURE.fullmatch(text) is not None, absent=Truth.TRUE), failure),
        failure.place,
        f"on-failure of phase {phase.name} is {quoted(failure, 'something')}: expected ABORT, CONTINUE or RETRY",
    )
    for listed in (phase.commands, phase.finally_commands):
        if listed.open is not None:
            yield _hidden(listed.open)
        for command in values(listed):
            if _is_no_text(command):
                message = f'a command of phase {phase.name} is no text: quote it where it holds ": "'
                yield clause_of(NO, command.place, message)


def _is_no_text(command: Value[str]) -> bool:
    return isinstance(command, Unknown) and command.reason is Reason.INVALID_VALUE and not command.pieces


def _names(settings: Settings) -> Iterator[Clause]:
    if settings.open is not None:
        yield _hidden(settings.open)
    for name, value in settings.entries.items():
        if name.startswith(_RESERVED):
            yield clause_of(
                NO, value.place, f"variable {name} cannot be set: CodeBuild keeps {_RESERVED}… for itself"
            )
