"""Whether pull requests start a pipeline that does what unreviewed code must not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import pipeline_label
from pipecheck.analysis.privileged_work import Work, privileged_work
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.model.trigger import PullRequestFilter
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Place, Truth, ask, exists


def source_pr_trigger(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the pipeline, and one for each filter of pull requests that starts too much, or may."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    filters = [(place, meant) for place, meant in _filters(pipeline) if meant.truth is not Truth.FALSE]
    if not filters:
        return
    works = list(privileged_work(pipeline, inventory))
    label = f'pipeline "{pipeline_label(pipeline)}"'
    done = any_holds([work.done for work in works])
    yield clause_of(YES, pipeline.triggers.place, "pull requests start nothing that they must not")
    for place, meant in filters:
        clause = clause_of(
            ~done.about(f"whether {label} does what a pull request must not start is not known"),
            place,
            f"open pull requests start {label}, which {_first(works)}",
            applies=meant,
        )
        if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
            yield clause


def _filters(pipeline: Pipeline) -> Iterator[tuple[Place, Answer]]:
    """Where a filter of pull requests stands, and whether pull requests that are not merged start the pipeline."""
    for trigger in pipeline.triggers.members:
        for member in trigger.value.pull_requests.members:
            there = [presence(trigger, trigger.value.place), presence(member, member.value.place)]
            yield member.value.place, all_hold([*there, _starts_before_merging(member.value)])
    for items in (pipeline.triggers, *(trigger.value.pull_requests for trigger in pipeline.triggers.members)):
        if items.open is not None:
            yield items.open.place, undecided(items.open)


def _starts_before_merging(wanted: PullRequestFilter) -> Answer:
    """A filter that names no events takes all of them."""
    events = wanted.events
    named = [
        all_hold([told(member.present), told(ask(member.value, lambda name: name != "CLOSED"), member.value)])
        for member in events.members
    ]
    if events.open is not None:
        named.append(undecided(events.open))
    none_named = all_hold([told(~(member.present & exists(member.value))) for member in events.members])
    return any_holds([*named, all_hold([none_named, *([] if events.open is None else [undecided(events.open)])])])


def _first(works: list[Work]) -> str:
    return next((work.what for work in works if work.done.truth is Truth.TRUE), "does what they must not start")
