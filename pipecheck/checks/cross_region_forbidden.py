"""Whether actions that cannot run in another region than the pipeline's do.

https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-cross-region.html
"""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import any_holds, told
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.regions import same_region
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, ask
from pipecheck.values.text import equals


def cross_region_forbidden(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for an action that names a region."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    region = action.region
    if isinstance(region, Absent):
        return
    bound = any_holds(
        [
            told(equals(action.category, "Source"), action.category),
            told(ask(action.owner, lambda owner: owner in ("ThirdParty", "Custom")), action.owner),
        ]
    )
    name = quoted(action.name, "without a name")
    question = f"whether action {name} runs in the region of the pipeline is not known"
    say = f"action {name} names region {quoted(region, '')}, but one of its kind runs in that of the pipeline alone"
    same = same_region(region, pipeline.region)
    yield clause_of(same.about(question), region.place, say, applies=bound)
