"""Whether something starts the pipeline when a source changes that is not polled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.change_events import listeners
from pipecheck.analysis.labels import quoted
from pipecheck.model.event_rule import EventRule
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Known, Reason, Truth, Unknown, ask, truth
from pipecheck.values.items import values
from pipecheck.values.text import equals


def source_change_detection(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause for each source action that is not polled."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - actions have a pipeline
    applies = all_hold([told(equals(action.category, "Source"), action.category), _needs_events(action)])
    if applies.truth is Truth.FALSE:
        return
    label = f"source action {quoted(action.name, 'without a name')}"
    found = list(listeners(action, pipeline, inventory))
    otherwise = any_holds([_is_by_hand(pipeline, params), *_invocations(pipeline, inventory)])
    starts = any_holds([*(one.starts for one in found), *_hidden_rules(inventory)])
    failed = next((one for one in found if one.starts.truth is Truth.FALSE), None)
    if failed is None and starts.truth is Truth.FALSE:
        detail = f"no event rule or webhook in the input starts the pipeline when the source of {label} changes"
        unseen = Unknown(Reason.NOT_SCANNED, detail, action.configuration.place)
        starts = undecided(unseen)
    holds = any_holds([otherwise, starts]) if starts.truth is not Truth.UNKNOWN else any_holds([starts, otherwise])
    yield clause_of(
        holds,
        action.configuration.place if failed is None or starts.truth is Truth.UNKNOWN else failed.place,
        f"nothing starts the pipeline when the source of {label} changes"
        + ("" if failed is None else f": {failed.label} {failed.fault}"),
        applies=applies,
        related=(Related(action.place, "the source action is here"),) if failed is not None else (),
    )


def _needs_events(action: Action) -> Answer:
    """Whether the source is not polled and has no detection of changes of its own, as a connection has."""
    polled = action.configuration.get("PollForSourceChanges")
    may_poll = told(ask(action.provider, lambda name: name in ("CodeCommit", "S3", "GitHub")), action.provider)
    never_polls = told(equals(action.provider, "ECR"), action.provider)
    return any_holds([never_polls, all_hold([may_poll, told(equals(polled, "false"), polled)])])


def _is_by_hand(pipeline: Pipeline, params: Params) -> Answer:
    """Whether a tag says that somebody or something else starts the pipeline."""
    key = str(params.get("manual_ok"))
    answers = [
        all_hold([told(member.present), told(equals(member.value.key, key), member.value.key)])
        for member in pipeline.tags.members
    ]
    if pipeline.tags.open is not None:
        answers.append(undecided(pipeline.tags.open))
    return any_holds(answers)


def _invocations(pipeline: Pipeline, inventory: Inventory) -> Iterator[Answer]:
    """Whether an action of another pipeline starts this one."""
    for other in values(inventory.all(Pipeline)):
        for stage in values(other.stages):
            for action in values(stage.actions):
                started = inventory.find(Pipeline, action.configuration.get("PipelineName"))
                if isinstance(started, Known) and started.value is pipeline:
                    yield told(
                        equals(action.provider, "CodePipeline") & truth(other is not pipeline), action.provider
                    )


def _hidden_rules(inventory: Inventory) -> Iterator[Answer]:
    unseen = inventory.all(EventRule).open
    if unseen is not None:
        yield undecided(unseen)
