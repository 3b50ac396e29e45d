"""Which account something belongs to, and whether two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import Answer, any_holds, assumed, undecided
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Absent, Known, Place, Reason, Step, Truth, Unknown, Value, reference, truth
from pipecheck.values.items import values
from pipecheck.values.record import record, replace
from pipecheck.values.text import spelled

OWN = "${AWS::AccountId}"
"""How a template writes the account that it is deployed to."""

_NUMBER = re.compile(r"\d{12}")
_PLACEHOLDER = re.compile(r"\$\{[^{}]*\}")
_ACCOUNT_PART = 4
_LEAST_PARTS = 6
_TARGET_KEYS = ("RoleArn", "DeploymentTargets", "Targets", "FunctionName", "StateMachineArn", "ServiceRoleArn")
"""What of an action's configuration may name the account that it works in.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
"""


@record
class Account:
    """The account in an ARN or principal. `text` is its number, or how the unknown number is written (`${Account}`).

    None where it cannot be seen; `hidden` is what hides the number, None where it is known. `source` is the input
    that writes it: in another one `${Account}` may be another account.
    """

    text: str | None
    source: str
    hidden: Unknown | None = None
    assumptions: tuple[Step, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether the number is known."""
        return self.text is not None and _NUMBER.fullmatch(self.text) is not None


def account_of(value: Value[str]) -> Account | None:
    """The account of a principal, an ARN or a number; None where the value names no account at all.

    A resource of the template is of the account that the template is deployed to, whatever its identifier looks like.
    """
    if isinstance(value, Absent):
        return None
    text = spelled(value)
    source, assumptions = value.place.source, assumed(value)
    hidden = value if isinstance(value, Unknown) else None
    if reference(value) is not None and not (text or "").startswith("arn:"):
        return Account(OWN, source, hidden or _unknown("the account", value.place))
    written = None if text is None else _account_in(text)
    if not written:
        return None if hidden is None else Account(None, source, hidden, assumptions)
    if _NUMBER.fullmatch(written):
        return Account(written, source, None, assumptions)
    return Account(written, source, hidden or _unknown(written, value.place), assumptions)


def _account_in(text: str) -> str | None:
    """The account part of an ARN, or a text that is, or may stand for, an account; None for anything else."""
    if text.startswith("arn:"):
        parts = split_arn(text)
        return parts[_ACCOUNT_PART] if len(parts) >= _LEAST_PARTS else None
    return text if _NUMBER.fullmatch(text) or _PLACEHOLDER.fullmatch(text) else None


def split_arn(text: str) -> list[str]:
    """The parts between the colons of an ARN, of which some may be `${…}` with colons of its own."""
    return re.split(r":(?![^{]*\})", text)


def same_account(one: Account, other: Account) -> Answer:
    """Whether two accounts are one; undecided where a number is not known and they are not written alike."""
    if one.text is not None and one.text == other.text and (one.is_number or one.source == other.source):
        return Answer(Truth.TRUE, None, (*one.assumptions, *other.assumptions))
    if one.is_number and other.is_number:
        return Answer(truth(one.text == other.text), None, (*one.assumptions, *other.assumptions))
    hidden = one.hidden or other.hidden
    assert hidden is not None  # noqa: S101 - one of the two is no number
    return undecided(hidden)


def is_one_of(account: Account, accounts: Iterable[Account]) -> Answer:
    """Whether an account is among others."""
    return any_holds(same_account(account, other) for other in accounts)


def numbered(number: Value[str]) -> Account:
    """The account of a number that may be unknown, such as where a pipeline runs."""
    source = number.place.source
    match number:
        case Known(text):
            return Account(text, source, None, assumed(number))
        case Unknown():
            return Account(spelled(number), source, number)
        case Absent(place):
            return Account(None, source, _unknown("the account", place))


def _unknown(what: str, place: Place) -> Unknown:
    return Unknown(Reason.PSEUDO_PARAMETER, f"{what} is known only at deployment", place)


def own_account(source: str, pipelines: Iterable[Pipeline], inventory: Inventory) -> Account:
    """The account that a template is deployed to, by its number where a pipeline of the template tells it.

    That of a live resource is known.

    A pipeline runs with a role of its own account
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).
    """
    home = inventory.homes.get(source)
    if home is not None:
        return Account(home.account, source)
    beside = [pipeline for pipeline in pipelines if pipeline.place.source == source]
    told = (account for pipeline in beside for account in _accounts_of_pipeline(pipeline) if account.is_number)
    number = next(told, None)
    hidden = _unknown("the number of the account", Place(source, ()))
    return Account(OWN, source, hidden) if number is None else replace(number, source=source)


def settled(account: Account, own: Account) -> Account:
    """The account with its number where it is written as the own one."""
    return own if account.text == OWN and account.source == own.source else account


def accounts_used_by(pipeline: Pipeline) -> Iterator[Account]:
    """The accounts a pipeline runs in and its actions work in: of roles and of targets."""
    yield from _accounts_of_pipeline(pipeline)
    for stage in values(pipeline.stages):
        for action in values(stage.actions):
            for value in (action.role_arn, *(action.configuration.get(key) for key in _TARGET_KEYS)):
                yield from _accounts_in(value)


def _accounts_of_pipeline(pipeline: Pipeline) -> Iterator[Account]:
    yield numbered(pipeline.account)
    yield from _accounts_in(pipeline.role_arn)


def _accounts_in(value: Value[str]) -> Iterator[Account]:
    """The account of an ARN, or the accounts of a list such as `111122223333,444455556666`."""
    if isinstance(value, Known) and not value.value.startswith("arn:"):
        for number in _NUMBER.findall(value.value):
            yield Account(number, value.place.source, None, assumed(value))
        return
    account = account_of(value)
    if account is not None:
        yield account
