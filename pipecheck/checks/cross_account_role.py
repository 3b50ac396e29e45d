"""Whether an action that works in another account has a role of that account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.accounts import same_account
from pipecheck.analysis.answer import told, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.limits import is_given
from pipecheck.analysis.runners import account_in, account_running, home_account
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Truth, Unknown
from pipecheck.values.text import displayed, equals

_TARGETS = ("RoleArn", "ClusterName", "FunctionName", "StateMachineArn", "ServiceRoleArnOverride")
"""Keys of a configuration that may hold the ARN of what an action works on or hands to.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
"""


def cross_account_role(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per target that is named by its ARN, and one for the role of a custom action."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    yield from _targets(action, pipeline, inventory)
    custom = told(equals(action.owner, "Custom"), action.owner)
    if not isinstance(action.role_arn, Absent) and custom.truth is not Truth.FALSE:
        name = quoted(action.name, "without a name")
        same = same_account(account_in(action.role_arn, inventory), home_account(pipeline, inventory))
        question = f"whether custom action {name} runs in the account of the pipeline is not known"
        say = f"custom action {name} has a role of another account, where its workers find no jobs"
        yield clause_of(same.about(question), action.role_arn.place, say, applies=custom)


def _targets(action: Action, pipeline: Pipeline, inventory: Inventory) -> Iterator[Clause]:
    name = quoted(action.name, "without a name")
    for key in _TARGETS:
        if key == "RoleArn" and _has_role(action):
            continue
        target = action.configuration.get(key)
        question = f"whether action {name} runs in the account of its {key} is not known"
        if isinstance(target, Unknown) and not is_given(target):
            yield clause_of(undecided(target).about(question), target.place, question)
        elif (displayed(target) or "").startswith("arn:"):
            there = account_in(target, inventory)
            if there.text is None:
                continue
            runs = account_running(action, pipeline, inventory)
            say = f"action {name} works on {quoted(target, '')} in account {there.text}, but "
            own = isinstance(action.role_arn, Absent)
            say += "has no role of that account" if own else f"its role is of account {runs.text}"
            yield clause_of(same_account(there, runs).about(question), target.place, say)


def _has_role(action: Action) -> bool:
    """Whether an action surely has a role of its own: then its stack role has to be of that role's account."""
    role = action.role_arn
    return isinstance(role, Known) or (isinstance(role, Unknown) and is_given(role))
