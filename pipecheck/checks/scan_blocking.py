"""Whether what scanners find stops the build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, Answer, undecided
from pipecheck.analysis.blocking.builds import Seen, builds, opaque_scripts
from pipecheck.analysis.blocking.judged import Judged, Kind, Review
from pipecheck.analysis.blocking.reports import evaluated_by
from pipecheck.analysis.shell.state import How
from pipecheck.data.scanners import GATES
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Reason, Truth, Unknown

_ASYNCHRONOUS = frozenset({"ecr-scan-wait", "ecr-start-scan", "sonar-scanner"})
"""Scanners of which `scan-async-gate` speaks: their work goes on elsewhere."""


def scan_blocking(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for each scanner that the subject's builds run, and one for what is not in view."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    for build in builds(owner, inventory):
        yield from _build(build)


def _build(build: Seen) -> Iterator[Clause]:
    if build.review is None:
        if build.unseen is not None:
            answer = undecided(build.unseen).about("whether its scans stop the build is not known")
            yield clause_of(answer, build.unseen.place, "scans may not stop the build")
        return
    for judged in build.review.of(Kind.SCAN):
        if _counts(judged):
            yield _clause(judged, build.review)
    hidden = opaque_scripts(build.review)
    if hidden:
        first = hidden[0]
        cause = Unknown(
            Reason.OPAQUE_ACTION, f"whether there are scans that stop the build: {first.why}", first.place
        )
        yield clause_of(undecided(cause), first.place, "scans may not stop the build")


def _counts(judged: Judged) -> bool:
    if judged.scan is None or judged.scan.tool.name in _ASYNCHRONOUS:
        return False
    return bool(GATES.intersection(judged.scan.categories))


def _clause(judged: Judged, review: Review) -> Clause:
    scan = judged.scan
    assert scan is not None  # noqa: S101 - only scanners get here
    holds = _holds(judged, review)
    related = (Related(judged.at, f"{scan.tool.name} runs here"),) if judged.place != judged.at else ()
    say = f"what {scan.tool.name} finds does not stop the build: {judged.why}"
    return clause_of(holds, judged.place, say, related=related)


def _holds(judged: Judged, review: Review) -> Answer:
    if judged.stops is Truth.TRUE or _is_continued(judged):
        return YES
    others = [other for other in review.of(Kind.SCAN) if other is not judged and _covers(other, judged)]
    if any(other.stops is Truth.TRUE for other in others):
        return YES
    name = judged.scan.tool.name if judged.scan is not None else ""
    what = f"whether what {name} finds stops the build"
    if judged.stops is Truth.UNKNOWN:
        return undecided(Unknown(Reason.OPAQUE_ACTION, f"{what}: {judged.why}", judged.place))
    unsure = next((other for other in others if other.stops is Truth.UNKNOWN), None)
    if unsure is not None:
        return undecided(Unknown(Reason.OPAQUE_ACTION, f"{what}, another run of it: {unsure.why}", judged.place))
    reader = evaluated_by(judged, review.lines)
    if reader is not None:
        return undecided(Unknown(Reason.OPAQUE_ACTION, f"{what}: that is up to {reader}", judged.place))
    hidden = next((one for one in review.hidden if one.command), None)
    if hidden is not None:
        return undecided(Unknown(Reason.OPAQUE_ACTION, f"{what}, another run of it: {hidden.why}", judged.place))
    return NO


def _is_continued(judged: Judged) -> bool:
    """Whether the phase alone lets the build go on, which is what `scan-buildspec-continue` speaks of."""
    loss = None if judged.blocking is None else judged.blocking.loss
    return loss is not None and loss.how is How.PHASE


def _covers(other: Judged, judged: Judged) -> bool:
    """Whether another scan is by the same tool and looks for the same: one that records, beside one that stops."""
    if other.scan is None or judged.scan is None:
        return False
    same_program = other.scan.words[:1] == judged.scan.words[:1]
    return same_program and bool(set(other.scan.categories) & set(judged.scan.categories))
