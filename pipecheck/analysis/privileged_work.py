"""What a pipeline does that code of a pull request must not: deploy, read secrets, change things in the account."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.effects import deploying
from pipecheck.analysis.labels import quoted, role_label
from pipecheck.analysis.order import positions
from pipecheck.analysis.privileges.administrator import is_administrator_policy
from pipecheck.analysis.privileges.limiting import Weight, weight
from pipecheck.analysis.privileges.managed import is_broad_policy
from pipecheck.analysis.privileges.statements import allows, hidden_statements, some_text, statements
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.policy import Statement
from pipecheck.model.role import Role
from pipecheck.values import Absent, Items, Known, Reason, Truth, Unknown, Value, ask, exists
from pipecheck.values.record import record
from pipecheck.values.text import equals

_SECRET_TYPES = frozenset({"SECRETS_MANAGER", "PARAMETER_STORE"})
_OF_EVERY_BUILD = frozenset(
    {
        *("codebuild:batchputcodecoverages", "codebuild:batchputtestcases"),
        *("codebuild:createreport", "codebuild:createreportgroup", "codebuild:updatereport"),
        *("s3:putobject", "s3:getobject*", "s3:putobject*"),
    }
)
"""Writes that a build needs to hand its results on, in lower case.

https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
"""


@record
class Work:
    """Whether something is done, and what it is in words."""

    done: Answer
    what: str


def privileged_work(pipeline: Pipeline, inventory: Inventory) -> Iterator[Work]:
    """Everything that the pipeline does, or may do, and that should not be done for a pull request."""
    for position in positions(pipeline):
        action = position.action
        label = f"action {quoted(action.name, 'without a name')}"
        yield Work(deploying(action), f"deploys with {label}")
        yield Work(_has_secrets(action.environment_variables), f"hands secrets to {label}")
        builds = told(equals(action.provider, "CodeBuild"), action.provider)
        if builds.truth is not Truth.FALSE:
            for work in _of_build(action, inventory):
                yield Work(all_hold([builds, work.done]), f"{work.what} in {label}")
    for unseen in (pipeline.stages.open, *(stage.value.actions.open for stage in pipeline.stages.members)):
        if unseen is not None:
            yield Work(undecided(unseen), "does more than is in view")


def _of_build(action: Action, inventory: Inventory) -> Iterator[Work]:
    match inventory.find(BuildProject, action.configuration.get("ProjectName")):
        case Known(project):
            yield Work(_has_secrets(project.environment_variables), "reads secrets")
            spec = project.buildspec if isinstance(action.buildspec, Absent) else action.buildspec
            yield Work(_names_secrets(spec), "reads secrets")
            yield from _of_role(project.service_role, inventory)
        case Unknown() as unseen:
            yield Work(undecided(unseen), "may read secrets")
        case Absent():
            return


def _has_secrets(variables: Items[EnvironmentVariable]) -> Answer:
    answers = [
        all_hold([told(member.present), told(ask(member.value.type, _SECRET_TYPES.__contains__), member.value.type)])
        for member in variables.members
    ]
    return any_holds([*answers, *([] if variables.open is None else [undecided(variables.open)])])


def _names_secrets(buildspec: Value[Buildspec]) -> Answer:
    match buildspec:
        case Known(spec):
            kept = (spec.secrets_manager, spec.parameter_store)
            hidden = [undecided(settings.open) for settings in kept if settings.open is not None]
            return any_holds([told(Truth.TRUE if any(one.entries for one in kept) else Truth.FALSE), *hidden])
        case Absent():
            return NO
        case Unknown() as unseen:
            return undecided(unseen)


def _of_role(arn: Value[str], inventory: Inventory) -> Iterator[Work]:
    match inventory.find(Role, arn):
        case Known(role):
            granted = [
                all_hold([allows(attached), _grants_changes(attached.statement)]) for attached in statements(role)
            ]
            hidden = [undecided(unseen) for unseen in hidden_statements(role)]
            yield Work(any_holds([*granted, *hidden]), f"may change things with {role_label(role)}")
            attached_by_arn = some_text(role.managed_policy_arns, _may_change)
            yield Work(attached_by_arn, f"may change things with {role_label(role)}")
        case Unknown() as unseen:
            yield Work(undecided(unseen), "may change things with its role")
        case Absent():
            return


def _grants_changes(statement: Statement) -> Answer:
    """Whether a statement names an action that changes something; one that only leaves actions out covers many."""
    left_out = some_text(statement.not_actions, lambda action: told(exists(action), action))
    return any_holds([some_text(statement.actions, _changes), left_out])


def _may_change(arn: Value[str]) -> Answer:
    """Whether a policy that is attached by ARN hands out more than reading; others than AWS's are not known."""
    if ask(arn, lambda text: "ReadOnly" in text) is Truth.TRUE:
        return NO
    if any_holds([is_broad_policy(arn, ()), is_administrator_policy(arn, ())]).truth is Truth.TRUE:
        return YES
    detail = f"what managed policy {quoted(arn, 'of an unknown name')} allows is not known"
    return undecided(Unknown(Reason.MANAGED_POLICY_NOT_KNOWN, detail, arn.place))


def _changes(action: Value[str]) -> Answer:
    return told(ask(action, _is_change), action)


def _is_change(action: str) -> bool:
    written = action.strip().lower()
    return weight(written) is Weight.CHANGES and written not in _OF_EVERY_BUILD and not written.startswith("kms:")
