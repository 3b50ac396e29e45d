"""Whether a role of a pipeline has a managed policy of AWS that hands out a whole service."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import YES, presence, undecided
from pipecheck.analysis.labels import quoted, role_label
from pipecheck.analysis.privileges.managed import is_broad_policy
from pipecheck.model.inventory import Inventory
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Truth


def iam_broad_managed_policy(
    subject: Subject,
    inventory: Inventory,  # noqa: ARG001
    params: Params,
) -> Iterable[Clause]:
    """One clause for the role, and one per attached policy that is, or may be, broad."""
    role = subject.value
    assert isinstance(role, Role)  # noqa: S101 - the rule file names the kind of subject
    label = role_label(role)
    allow = params.get("allow")
    allowed = tuple(str(name) for name in allow) if isinstance(allow, list | tuple) else ()
    question = f"whether {label} has a broad managed policy is not known"
    yield clause_of(YES, role.place, f"{label} has no broad managed policy")
    for member in role.managed_policy_arns.members:
        broad = is_broad_policy(member.value, allowed)
        if broad.truth is not Truth.FALSE:
            yield clause_of(
                ~broad.about(question),
                member.value.place,
                f"{label} has the broad managed policy {quoted(member.value, 'of a name that is not known')}",
                applies=presence(member, member.value.place),
            )
    if role.managed_policy_arns.open is not None:
        unseen = undecided(role.managed_policy_arns.open).about(question)
        yield clause_of(unseen, role.managed_policy_arns.place, question)
