"""Whether a build goes on after a phase in which a scanner failed."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import Answer, told, undecided
from pipecheck.analysis.blocking.builds import builds
from pipecheck.analysis.blocking.judged import Review, gate_scans, unseen_commands
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import PHASES, Phase
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Reason, Unknown, ask, truth
from pipecheck.values.items import values


def scan_buildspec_continue(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for each phase, which applies where it scans, and one for what is not in view."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    for build in builds(owner, inventory):
        unseen = build.unseen if build.spec is None else build.spec.phases.open
        if unseen is not None:
            answer = undecided(unseen).about("whether the build goes on after a failed scan is not known")
            yield clause_of(answer, unseen.place, "the build may go on after a failed scan")
        if build.spec is not None and build.review is not None:
            for phase in values(build.spec.phases):
                if phase.name in PHASES:
                    yield _phase(phase, build.review)


def _phase(phase: Phase, review: Review) -> Clause:
    goes_on = told(ask(phase.on_failure, lambda action: action == "CONTINUE"), phase.on_failure)
    scans = [scan for scan in gate_scans(review) if scan.line.block.split(" ")[0] == phase.name]
    say = f"phase {phase.name} scans, but on-failure: CONTINUE lets the build go on whatever the scanner finds"
    related = tuple(Related(scan.at, "this scanner runs in it") for scan in scans[:1])
    return clause_of(
        ~goes_on, phase.on_failure.place, say, applies=_applies(phase, bool(scans), review), related=related
    )


def _applies(phase: Phase, scans: bool, review: Review) -> Answer:
    """Whether a phase scans; undecided where any command of the build is not known."""
    hidden = unseen_commands(review)
    if scans or not hidden:
        return Answer(truth(scans))
    detail = f"whether phase {phase.name} scans is not known: {hidden[0].why}"
    return undecided(Unknown(Reason.OPAQUE_ACTION, detail, hidden[0].place))
