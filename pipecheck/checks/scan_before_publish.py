"""Whether a build publishes what it has not scanned yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, undecided
from pipecheck.analysis.blocking.builds import builds
from pipecheck.analysis.blocking.judged import Judged, Kind, Review, gate_scans, unseen_commands
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Reason, Unknown

_SCANS = frozenset({"container", "sca", "sast", "secrets"})
"""What is looked for in what is published; infrastructure and running systems are scanned for their own sake."""


def scan_before_publish(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the first command that publishes, or one for what is not in view."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    for build in builds(owner, inventory):
        if build.unseen is not None:
            answer = undecided(build.unseen).about("whether the build publishes before it scans is not known")
            yield clause_of(answer, build.unseen.place, "the build may publish before it scans")
        if build.review is not None:
            yield from _clauses(build.review)


def _clauses(review: Review) -> Iterator[Clause]:
    scans = [scan for scan in gate_scans(review) if _looks_into_it(scan)]
    hidden = unseen_commands(review)
    if hidden:
        detail = f"whether the build publishes before it scans is not known: {hidden[0].why}"
        answer = undecided(Unknown(Reason.OPAQUE_ACTION, detail, hidden[0].place))
        yield clause_of(answer, hidden[0].place, "the build may publish before it scans")
        return
    published = review.of(Kind.PUBLISH)
    if not scans or not published:
        return
    first, scan = published[0], scans[0]
    comes_first = review.judged.index(scan) < review.judged.index(first)
    say = f"`{first.text.splitlines()[0]}` publishes before anything has been scanned"
    yield clause_of(
        YES if comes_first else NO, first.at, say, related=(Related(scan.at, "the scan comes only here"),)
    )


def _looks_into_it(scan: Judged) -> bool:
    """Whether a scanner looks into what is built; those of a registry can only look at what has been published."""
    if scan.scan is None or scan.scan.tool.name.startswith("ecr-"):
        return False
    return bool(_SCANS.intersection(scan.scan.categories))
