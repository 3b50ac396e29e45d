"""Whether the policy of an artifact key gives away too much, or shuts out a role that works with the artifacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.artifact_roles import RoleUse, hidden_uses, roles_using
from pipecheck.analysis.key_policies import KeyPolicy, is_own_root, lets_in, policy_of
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.privileges.audience import is_for_all_but_some, is_for_everybody, is_pinned, named, opened_at
from pipecheck.analysis.privileges.covering import covers_service
from pipecheck.analysis.privileges.statements import Attached
from pipecheck.model.inventory import Inventory
from pipecheck.model.key import Key
from pipecheck.model.policy import Principal, Statement
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Truth
from pipecheck.values.text import equals, spelled


def artifact_kms_key_policy(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause for the key, one per statement or principal with too much, one per role that is shut out."""
    key = subject.value
    assert isinstance(key, Key)  # noqa: S101 - the rule file names the kind of subject
    label = f"key {quoted(key.name, logical_id(key.place))}"
    administrators = params.get("administrators")
    declared = tuple(map(str, administrators)) if isinstance(administrators, list | tuple) else ()
    policy = policy_of(key, inventory)
    yield clause_of(YES, key.place, f"the policy of {label} is as it should be")
    for attached in policy.statements:
        yield from _too_much(attached, policy, label, declared)
    if key.statements.open is not None:
        question = f"whether the policy of {label} gives away too much is not known"
        yield clause_of(undecided(key.statements.open).about(question), key.statements.open.place, question)
    elif policy.statements:
        for use in roles_using(key, inventory):
            yield _shut_out(use, policy, label)
        for unseen in hidden_uses(key, inventory):
            question = f"whether the policy of {label} lets every role in is not known"
            yield clause_of(undecided(unseen).about(question), unseen.place, question)


def _too_much(attached: Attached, policy: KeyPolicy, label: str, administrators: tuple[str, ...]) -> Iterator[Clause]:
    statement = attached.statement
    applies = all_hold([attached.there, told(equals(statement.effect, "Allow"), statement.effect)])
    if applies.truth is Truth.FALSE:
        return
    public = all_hold(
        [any_holds([is_for_everybody(statement), is_for_all_but_some(statement)]), ~is_pinned(statement)]
    )
    if public.truth is not Truth.FALSE:
        yield clause_of(
            ~public.about(f"whether {label} can be used by everybody is not known"),
            opened_at(statement),
            f"{label} can be used by everybody: a statement allows {_everybody(statement)}, with no condition "
            "that pins an account, an organisation or a VPC endpoint",
            applies=applies,
        )
        return
    everything = covers_service(statement, "kms")
    for who in named(statement):
        may = any_holds([~everything, _administers(who.principal, policy, administrators)])
        if may.truth is not Truth.TRUE:
            yield clause_of(
                may.about(f"whether {_called(who.principal)} may do everything with {label} is not known"),
                who.principal.place,
                f"{_called(who.principal)} may do everything with {label}",
                applies=all_hold([applies, who.there]),
            )


def _everybody(statement: Statement) -> str:
    return "all but a few" if statement.not_principals.members else "everybody"


def _called(principal: Principal) -> str:
    return quoted(principal.id, "a principal")


def _administers(principal: Principal, policy: KeyPolicy, administrators: tuple[str, ...]) -> Answer:
    """Whether a principal may have kms:*: the account of the key as such, or a declared administrator."""
    name = spelled(principal.id)
    if name is not None and any(fnmatchcase(name, pattern) for pattern in administrators):
        return YES
    return is_own_root(principal, policy)


def _shut_out(use: RoleUse, policy: KeyPolicy, label: str) -> Clause:
    """Whether a role may do with the key what it has to do with artifacts."""
    name = quoted(use.role, "of an action")
    wanted = [*(["kms:Decrypt"] if use.reads else []), *(["kms:GenerateDataKey"] if use.writes else [])]
    answers = [lets_in(policy, use, action) for action in wanted]
    missing = [action for action, answer in zip(wanted, answers, strict=True) if answer.truth is Truth.FALSE]
    return clause_of(
        all_hold(answers).about(f"whether the policy of {label} lets role {name} in is not known"),
        policy.key.statements.place,
        f"the policy of {label} does not allow {' and '.join(missing)} to role {name}, which {use.does}",
        applies=use.there,
        related=(Related(use.role.place, "the role is named here"),),
    )
