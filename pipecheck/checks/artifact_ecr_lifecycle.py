"""Whether the images in a repository go away, but not as long as a rollback may need them."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import YES, Answer, all_hold, presence, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.inventory import Inventory
from pipecheck.model.repository import ImageExpiry, Repository
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Known, Member, Reason, Truth, Unknown, ask, exists, known
from pipecheck.values.text import equals


def artifact_ecr_lifecycle(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause on whether there is a policy, and one per rule of it."""
    repository = subject.value
    assert isinstance(repository, Repository)  # noqa: S101 - the rule file names the kind of subject
    window = params.get("rollback_days")
    days = window if isinstance(window, int) else 30
    label = f"repository {quoted(repository.name, logical_id(repository.place))}"
    policy = repository.lifecycle_policy
    place = policy.place if isinstance(policy, Known) else repository.place
    yield clause_of(told(exists(policy), policy), place, f"{label} has no lifecycle policy: its images never expire")
    for member in repository.expiries.members:
        yield _clause(member, days, label)
    if repository.expiries.open is not None:
        answer = undecided(repository.expiries.open).about(f"which images {label} lets expire is not known")
        yield clause_of(answer, repository.expiries.place, f"{label} may let images expire that a rollback needs")


def _clause(member: Member[ImageExpiry], days: int, label: str) -> Clause:
    expiry = member.value
    untagged = told(equals(expiry.tag_status, "untagged"), expiry.tag_status)
    transition = told(equals(expiry.action, "transition"), expiry.action)
    applies = all_hold([presence(member, expiry.place), ~untagged, ~transition])
    text = (
        f"{label} lets tagged images expire {known(expiry.count)} days after they were pushed, within the {days} days"
    )
    return clause_of(_keeps(expiry, days, label), expiry.place, f"{text} that a rollback may need", applies=applies)


def _keeps(expiry: ImageExpiry, days: int, label: str) -> Answer:
    """Whether a rule keeps each image for so many days; a number of images tells it only where it is as large."""
    enough = told(ask(expiry.count, lambda count: count >= days), expiry.count)
    by_age = equals(expiry.count_type, "sinceImagePushed")
    if by_age is Truth.UNKNOWN:
        return told(Truth.UNKNOWN, expiry.count_type) if enough.truth is not Truth.TRUE else YES
    if by_age is Truth.TRUE or enough.truth is not Truth.FALSE:
        return enough
    detail = f"{label} keeps {known(expiry.count)} images; for how long depends on how often they are pushed"
    return undecided(Unknown(Reason.RUNTIME_VARIABLE, detail, expiry.place))
