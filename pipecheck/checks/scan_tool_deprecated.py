"""Whether a build relies on a scanner that is no longer maintained."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import NO, YES, undecided
from pipecheck.analysis.blocking.builds import builds
from pipecheck.analysis.blocking.judged import Kind, unseen_commands
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Reason, Unknown


def scan_tool_deprecated(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for each scanner, and one for each command that is not in view."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    for build in builds(owner, inventory):
        if build.unseen is not None:
            answer = undecided(build.unseen).about("which scanners the build runs is not known")
            yield clause_of(answer, build.unseen.place, "the build may run a discontinued scanner")
        if build.review is None:
            continue
        for judged in build.review.of(Kind.SCAN):
            if judged.scan is not None:
                gone = judged.scan.tool.deprecated
                say = f"{judged.scan.tool.name} should not be relied on: {gone}"
                yield clause_of(NO if gone else YES, judged.at, say)
        for hidden in unseen_commands(build.review):
            cause = Unknown(
                Reason.OPAQUE_ACTION, f"which scanners the build runs is not known: {hidden.why}", hidden.place
            )
            yield clause_of(undecided(cause), hidden.place, "the build may run a discontinued scanner")
