"""Whether artifacts go from one foreign account to another.

https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.accounts import Account, same_account
from pipecheck.analysis.answer import Answer, all_hold, any_holds
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.runners import account_in, home_account
from pipecheck.analysis.same_name import same_name
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Truth, Value
from pipecheck.values.items import values


def cross_account_artifact_flow(
    subject: Subject,
    inventory: Inventory,
    params: Params,  # noqa: ARG001
) -> Iterable[Clause]:
    """One clause per input artifact that an action with a role of its own takes from another one."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    if isinstance(action.role_arn, Absent):
        return
    home, here = home_account(pipeline, inventory), account_in(action.role_arn, inventory)
    name = quoted(action.name, "without a name")
    for artifact in values(action.input_artifacts):
        for maker, made in _makers(artifact, action, pipeline):
            there = account_in(maker.role_arn, inventory)
            question = f"whether action {name} takes {quoted(artifact, '')} from a foreign account is not known"
            say = (
                f"action {name} in account {here.text} takes {quoted(artifact, '')}, which action "
                f"{quoted(maker.name, 'another')} makes in account {there.text}: neither is the pipeline's"
            )
            related = (Related(maker.role_arn.place, "the role of the action that makes it"),)
            met = _is_within_reach(here, there, home).about(question)
            yield clause_of(met, artifact.place, say, applies=made, related=related)


def _is_within_reach(here: Account, there: Account, home: Account) -> Answer:
    return any_holds([same_account(here, there), same_account(here, home), same_account(there, home)])


def _makers(artifact: Value[str], action: Action, pipeline: Pipeline) -> Iterator[tuple[Action, Answer]]:
    """The actions with roles of their own that make an artifact of that name, or that may."""
    for stage in values(pipeline.stages):
        for maker in values(stage.actions):
            if maker is action or isinstance(maker.role_arn, Absent):
                continue
            made = [all_hold([same_name(artifact, output.name)]) for output in values(maker.output_artifacts)]
            found = any_holds(made)
            if found.truth is not Truth.FALSE:
                yield maker, found
