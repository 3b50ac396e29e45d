"""Whether the role that CloudFormation deploys with is of the account in which the action works."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.accounts import same_account
from pipecheck.analysis.answer import told
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.runners import account_in
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Truth, exists
from pipecheck.values.text import equals


def cross_account_cfn_role(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for a CloudFormation action that has both roles."""
    action = subject.value
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    handed, own = action.configuration.get("RoleArn"), action.role_arn
    stack = told(equals(action.provider, "CloudFormation"), action.provider)
    if stack.truth is Truth.FALSE or isinstance(own, Absent) or exists(handed) is Truth.FALSE:
        return
    name = quoted(action.name, "without a name")
    there, runs = account_in(handed, inventory), account_in(own, inventory)
    question = f"whether the two roles of action {name} are of one account is not known"
    say = f"action {name} runs in account {runs.text} and hands CloudFormation a role of account {there.text}"
    related = (Related(own.place, "the role that the action runs with"),)
    yield clause_of(same_account(there, runs).about(question), handed.place, say, applies=stack, related=related)
