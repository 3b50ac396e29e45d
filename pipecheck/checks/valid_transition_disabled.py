"""Whether a pipeline lets its executions into every stage."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import YES, presence, undecided
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params


def valid_transition_disabled(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per stage that nothing enters, and one for what is right or not known."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    label = f"pipeline {pipeline_label(pipeline)}"
    disabled = pipeline.disabled_transitions
    demands = [Demand(YES if disabled.open is None else undecided(disabled.open), disabled.place, "")]
    for member in disabled.members:
        stage, reason = member.value.stage, quoted(member.value.reason, "none")
        say = f"nothing enters stage {quoted(stage, 'without a name')} of {label}; the reason given is {reason}"
        demands.append(Demand(~presence(member, stage.place), stage.place, say))
    yield from clauses_of(
        demands, disabled.place, f"whether {label} lets its executions into every stage is not known"
    )
