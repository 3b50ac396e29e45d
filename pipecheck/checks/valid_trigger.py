"""Whether the triggers of a pipeline are such that CodePipeline takes them.

https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.cases import guard_of
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.limits import Limit, count_fits, fits
from pipecheck.analysis.order import positions
from pipecheck.analysis.same_name import same_name
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.model.trigger import Patterns, Trigger
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Guard, Items, Known, Unknown, Value, ask
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import equals

_PROVIDER = "CodeStarSourceConnection"
_TRIGGERS = 50
_FILTERS = 3
_PATTERNS = 8
_PATTERN = Limit(r"\s\S", 255)
_EVENTS = frozenset({"OPEN", "UPDATED", "CLOSED"})


@record
class _Count:
    """Counts members of collections of one pipeline, in every case."""

    pipeline: Pipeline
    within: Guard

    def most(self, items: Items[object], most: int, noun: str) -> Iterator[Demand]:
        """Whether there are no more than `most`."""
        found = count_fits(items, 0, most, self.pipeline.conditions, self.within, items.place)
        if found is not None:
            yield Demand(found.answer, items.place, f"there are more than {most} {noun} {found.case}".rstrip())


def valid_trigger(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per fault, and one for what is right or not known; none for a pipeline without triggers."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    triggers = pipeline.triggers
    if not triggers.members and triggers.open is None:
        return
    count = _Count(pipeline, guard_of(pipeline, inventory))
    demands = list(count.most(triggers, _TRIGGERS, "triggers"))
    for trigger in values(triggers):
        demands += [*_source(trigger, pipeline), *_filters(trigger, count)]
    question = f"whether the triggers of pipeline {pipeline_label(pipeline)} are valid is not known"
    yield from clauses_of(demands, triggers.place, question)


def _source(trigger: Trigger, pipeline: Pipeline) -> Iterator[Demand]:
    provider, name = trigger.provider, trigger.source_action
    say = f"a trigger is of provider {quoted(provider, 'not written')}: there is only {_PROVIDER}"
    yield Demand(told(equals(provider, _PROVIDER), provider), provider.place, say)
    say = f"a trigger is for source action {quoted(name, 'not written')}, and no connection source is called so"
    yield Demand(any_holds([NO, *_sources(name, pipeline)]), name.place, say)


def _sources(name: Value[str], pipeline: Pipeline) -> Iterator[Answer]:
    for one in positions(pipeline):
        provider = one.action.provider
        yield all_hold([same_name(name, one.action.name), told(equals(provider, _PROVIDER), provider)])
    hidden = pipeline.stages.spread(lambda stage: stage.actions).open
    if hidden is not None:
        yield undecided(hidden)


def _filters(trigger: Trigger, count: _Count) -> Iterator[Demand]:
    yield from count.most(trigger.pushes, _FILTERS, "filters for pushes in a trigger")
    yield from count.most(trigger.pull_requests, _FILTERS, "filters for pull requests in a trigger")
    for push in values(trigger.pushes):
        for patterns in (push.tags, push.branches, push.file_paths):
            yield from _patterns(patterns, count)
    for request in values(trigger.pull_requests):
        if request.events.open is not None:
            yield Demand(undecided(request.events.open), request.events.place, "")
        for event in values(request.events):
            say = f"a pull request has no event {quoted(event, 'without a name')}: there are CLOSED, OPEN and UPDATED"
            yield Demand(told(ask(event, lambda text: text in _EVENTS), event), event.place, say)
        for patterns in (request.branches, request.file_paths):
            yield from _patterns(patterns, count)


def _patterns(patterns: Value[Patterns], count: _Count) -> Iterator[Demand]:
    match patterns:
        case Known(found):
            for listed in (found.includes, found.excludes):
                yield from count.most(listed, _PATTERNS, "patterns in a filter")
                for pattern in values(listed):
                    say = f"a pattern has {_PATTERN.shortest} to {_PATTERN.longest} characters"
                    fit = YES if isinstance(pattern, Absent) else fits(pattern, _PATTERN)
                    yield Demand(fit, pattern.place, say)
        case Unknown() as hidden:
            yield Demand(undecided(hidden), hidden.place, "")
        case Absent():
            pass
