"""Whether a build runs scripts of the network as they come."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from pipecheck.analysis.answer import NO, YES, undecided
from pipecheck.analysis.buildspecs import script_of
from pipecheck.analysis.remote_scripts import remote_scripts
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity


def build_remote_script(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause for all commands, and one for each script that is run as it comes."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    script = script_of(owner, inventory)
    allowed = params.get("allow")
    globs = [str(glob) for glob in allowed] if isinstance(allowed, list | tuple) else []
    if script.commands:
        yield clause_of(YES, subject.place, "no script of the network is run as it comes")
    for found in remote_scripts(script):
        yield clause_of(
            NO,
            found.place,
            f"runs {found.url or 'a script of the network'} without a check of what it is",
            severity=Severity.LOW if found.url and _is_allowed(found.url, globs) else None,
        )
    for unseen in script.hidden:
        answer = undecided(unseen).about("whether a script of the network is run is not known")
        yield clause_of(answer, unseen.place, "the commands are not in view")


def _is_allowed(url: str, globs: list[str]) -> bool:
    return any(fnmatchcase(url, glob) or url.startswith(glob.rstrip("*")) for glob in globs)
