"""Whether a build project turns the encryption of its results or logs off."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import YES, Answer, presence, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.build_project import BuildArtifacts, BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Member, Unknown, Value, ask


def artifact_encryption_disabled(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the logs, one for the artifacts and one for each secondary artifact."""
    project = subject.value
    assert isinstance(project, BuildProject)  # noqa: S101 - the rule file names the kind of subject
    label = f"build project {quoted(project.name, logical_id(project.place))}"
    yield _clause(project.logs.s3_encryption_disabled, f"{label} writes its logs to S3 without encryption")
    match project.artifacts:
        case Known(artifacts):
            yield _clause(artifacts.encryption_disabled, f"{label} stores its artifacts without encryption")
        case Unknown() as unknown:
            yield clause_of(undecided(unknown), unknown.place, f"{label} may store its artifacts without encryption")
        case Absent():
            pass
    secondary = project.secondary_artifacts
    for member in secondary.members:
        yield _secondary(member, label)
    if secondary.open is not None:
        yield clause_of(undecided(secondary.open), secondary.place, f"{label} may store artifacts without encryption")


def _secondary(member: Member[BuildArtifacts], label: str) -> Clause:
    artifacts = member.value
    name = quoted(artifacts.identifier, "without a name")
    say = f"{label} stores its artifact {name} without encryption"
    return _clause(artifacts.encryption_disabled, say, presence(member, artifacts.place))


def _clause(disabled: Value[bool], say: str, applies: Answer = YES) -> Clause:
    off = told(ask(disabled, lambda off: off), disabled)
    return clause_of(~off, disabled.place, say, applies=applies)
