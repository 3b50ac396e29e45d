"""In which account an action does its work: that of its own role, else the pipeline's."""

from __future__ import annotations

from pipecheck.analysis.accounts import Account, account_of, numbered, own_account, settled
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.values import Absent, Place, Reason, Unknown, Value
from pipecheck.values.items import values


def home_account(pipeline: Pipeline, inventory: Inventory) -> Account:
    """The account of a pipeline, by its number where the input tells it."""
    written = account_of(pipeline.role_arn)
    if not isinstance(pipeline.account, Absent) and numbered(pipeline.account).is_number:
        return numbered(pipeline.account)
    return _settled(written, pipeline.role_arn.place, inventory)


def account_running(action: Action, pipeline: Pipeline, inventory: Inventory) -> Account:
    """The account of the role that an action runs with."""
    if isinstance(action.role_arn, Absent):
        return home_account(pipeline, inventory)
    return account_in(action.role_arn, inventory)


def account_in(value: Value[str], inventory: Inventory) -> Account:
    """The account that an ARN names."""
    return _settled(account_of(value), value.place, inventory)


def _settled(account: Account | None, place: Place, inventory: Inventory) -> Account:
    if account is None:
        return Account(None, place.source, Unknown(Reason.INVALID_VALUE, "the role is not written as an ARN", place))
    return settled(account, own_account(account.source, values(inventory.all(Pipeline)), inventory))
