"""What the policy of a key says: who has the key's account behind it, and which roles it lets in."""

from __future__ import annotations

from pipecheck.analysis.accounts import Account, account_of, own_account, same_account, settled
from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.artifact_roles import RoleUse
from pipecheck.analysis.privileges.audience import everybody, named
from pipecheck.analysis.privileges.covering import covers_action
from pipecheck.analysis.privileges.statements import Attached
from pipecheck.analysis.usage import stores_encrypted_with
from pipecheck.model.inventory import Inventory
from pipecheck.model.key import Key
from pipecheck.model.policy import PolicyCondition, Principal, Statement
from pipecheck.model.role import Role
from pipecheck.values import Known, Reason, Truth, Unknown, Value, every, known, truth
from pipecheck.values.record import record
from pipecheck.values.text import contains, equals, spelled


@record
class KeyPolicy:
    """The statements of a key, and the account that the key belongs to."""

    key: Key
    statements: tuple[Attached, ...]
    own: Account
    inventory: Inventory


def policy_of(key: Key, inventory: Inventory) -> KeyPolicy:
    """The policy of a key; without statements where it has the default one, or none is in view."""
    return KeyPolicy(
        key=key,
        statements=tuple(
            Attached(member.value, presence(member, member.value.place)) for member in key.statements.members
        ),
        own=own_account(key.place.source, [use.pipeline for use in stores_encrypted_with(key, inventory)], inventory),
        inventory=inventory,
    )


def is_own_root(principal: Principal, policy: KeyPolicy) -> Answer:
    """Whether a principal is the account of the key as such, which leaves it to IAM policies who may do what."""
    account = account_of(principal.id)
    if account is None:
        return NO
    if not _is_whole_account(principal):
        return NO if account.text is not None else undecided(account.hidden) if account.hidden is not None else NO
    return _is_own(account, policy)


def _is_whole_account(principal: Principal) -> bool:
    """Whether a principal is written as `arn:…:iam::111122223333:root` or as the number alone."""
    text = spelled(principal.id)
    account = account_of(principal.id)
    return text is not None and (text.endswith(":root") or (account is not None and text == account.text))


def lets_in(policy: KeyPolicy, use: RoleUse, action: str) -> Answer:
    """Whether some statement allows a role an action such as `kms:Decrypt`."""
    return any_holds(_lets_in_by(attached, use, action, policy) for attached in policy.statements)


def _is_own(account: Account, policy: KeyPolicy) -> Answer:
    return same_account(settled(account, policy.own), policy.own)


def _lets_in_by(attached: Attached, use: RoleUse, action: str, policy: KeyPolicy) -> Answer:
    statement = attached.statement
    return all_hold(
        [
            attached.there,
            told(equals(statement.effect, "Allow"), statement.effect),
            covers_action(statement, action),
            _is_named(statement, use, policy),
            _conditions_are_met(statement, policy),
        ]
    )


def _is_named(statement: Statement, use: RoleUse, policy: KeyPolicy) -> Answer:
    """Whether a statement is for a role: by its ARN, by its account as such, or for everybody."""
    unseen = [items.open for items in (statement.principals, statement.not_principals) if items.open is not None]
    return any_holds(
        [
            *(all_hold([who.there, _means(who.principal, use, policy)]) for who in named(statement)),
            *(undecided(cause) for cause in unseen),
        ]
    )


def _means(principal: Principal, use: RoleUse, policy: KeyPolicy) -> Answer:
    kind = told(equals(principal.type, "AWS") | equals(principal.type, "*"), principal.type)
    by_account = all_hold([is_own_root(principal, policy), _is_in_own_account(use, policy)])
    return all_hold([kind, any_holds([everybody(principal), by_account, _is_role(principal, use.role, policy)])])


def _is_in_own_account(use: RoleUse, policy: KeyPolicy) -> Answer:
    if use.is_own:
        return YES
    account = account_of(use.role)
    return NO if account is None else _is_own(account, policy)


def _is_role(principal: Principal, role: Value[str], policy: KeyPolicy) -> Answer:
    """Whether a principal is a role, or the account of the role as such where that is another one."""
    if _written_alike(principal.id, role):
        return YES
    meant, found = policy.inventory.find(Role, principal.id), policy.inventory.find(Role, role)
    if isinstance(meant, Known) and isinstance(found, Known):
        return told(truth(meant.value is found.value), principal.id, role)
    account, home = account_of(principal.id), account_of(role)
    if _is_whole_account(principal) and account is not None and home is not None:
        return same_account(settled(account, policy.own), settled(home, policy.own))
    if isinstance(meant, Known) and isinstance(role, Known):
        return NO
    hidden = [value for value in (role, principal.id) if isinstance(value, Unknown)]
    return undecided(hidden[0]) if hidden else NO


def _written_alike(id: Value[str], role: Value[str]) -> bool:
    written = spelled(id)
    if written is None or written != spelled(role):
        return False
    return isinstance(id, Known) or id.place.source == role.place.source


def _conditions_are_met(statement: Statement, policy: KeyPolicy) -> Answer:
    """Whether a role that works with artifacts meets the conditions: it uses the key through S3, from its account."""
    conditions = statement.conditions
    return all_hold(
        [
            *(
                any_holds([~presence(member, member.value.place), _is_met(member.value, policy)])
                for member in conditions.members
            ),
            *([] if conditions.open is None else [undecided(conditions.open)]),
        ]
    )


def _is_met(test: PolicyCondition, policy: KeyPolicy) -> Answer:
    key = (known(test.key) or "").lower()
    if key == "kms:viaservice" and every(test.values, lambda value: contains(value, "s3.")) is Truth.TRUE:
        return YES
    if key in {"kms:calleraccount", "aws:principalaccount"}:
        accounts = (account_of(member.value) for member in test.values.members)
        if any(account is not None and _is_own(account, policy).truth is Truth.TRUE for account in accounts):
            return YES
    detail = f"the condition on {known(test.key) or 'an unknown key'} is not evaluated"
    return undecided(Unknown(Reason.CONDITION_NOT_EVALUATED, detail, test.place))
