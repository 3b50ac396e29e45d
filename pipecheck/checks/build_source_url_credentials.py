"""Whether the URL of a source holds credentials."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import YES, presence, undecided
from pipecheck.analysis.containers import project_label
from pipecheck.analysis.url_credentials import holds_credentials
from pipecheck.model.build_project import BuildProject, BuildSource
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Known, Truth, Unknown, known


def build_source_url_credentials(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the project, and one for each source whose URL holds credentials or may."""
    project = subject.value
    assert isinstance(project, BuildProject)  # noqa: S101 - the rule file names the kind of subject
    yield clause_of(YES, project.place, "no URL of a source holds credentials")
    sources = [(member.value, presence(member, member.value.place)) for member in project.secondary_sources.members]
    if isinstance(project.source, Known):
        sources.insert(0, (project.source.value, YES))
    elif isinstance(project.source, Unknown):
        yield clause_of(undecided(project.source), project.source.place, "the source may hold credentials")
    for source, there in sources:
        found = holds_credentials(source.location)
        if found.truth is not Truth.FALSE:
            yield clause_of(
                ~found.about("whether the URL of the source holds credentials is not known"),
                source.location.place,
                f"the URL of {_name(source)} of {project_label(project)} holds credentials",
                applies=there,
            )
    if project.secondary_sources.open is not None:
        unseen = project.secondary_sources.open
        yield clause_of(undecided(unseen), unseen.place, "the sources may hold credentials")


def _name(source: BuildSource) -> str:
    identifier = known(source.identifier)
    return "the source" if identifier is None else f'source "{identifier}"'
