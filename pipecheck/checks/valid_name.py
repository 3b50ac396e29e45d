"""Whether everything in a pipeline that has a name has one that CodePipeline takes.

https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, undecided
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.limits import Limit, fits
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline, Stage
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Items, Truth, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import record

_NAME = Limit(r"A-Za-z0-9.@_-", 100)
_ARTIFACT = Limit(r"A-Za-z0-9_-", 100)
_NAMESPACE = Limit(r"A-Za-z0-9@_-", 100)
_VARIABLE = Limit(r"A-Za-z0-9@_-", 128)
_PROVIDER = Limit(r"A-Za-z0-9_-", 35)
_VERSION = Limit(r"A-Za-z0-9_-", 9)


@record
class _Named:
    """A name, what it is the name of, and what it may hold. `optional` says that it may be left out."""

    noun: str
    name: Value[str]
    limit: Limit
    optional: bool = False


def valid_name(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per name that is not taken, and one for all that are not known."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    fits_of = [(named, fits(named.name, named.limit)) for named in _names(pipeline)]
    unseen = next((fit.cause for _, fit in fits_of if fit.truth is Truth.UNKNOWN), None) or _hidden(pipeline)
    question = f"whether the names in pipeline {pipeline_label(pipeline)} are allowed is not known"
    if unseen is None:
        yield clause_of(YES, pipeline.place, question)
    else:
        yield clause_of(undecided(unseen).about(question), unseen.place, question)
    for named, fit in fits_of:
        if isinstance(named.name, Absent) and not named.optional:
            yield clause_of(NO, named.name.place, f"{named.noun} has no name")
        elif not isinstance(named.name, Absent) and fit.truth is Truth.FALSE:
            written = quoted(named.name, "without text")
            say = f"{named.noun} is called {written}: allowed are {named.limit.demand}"
            yield clause_of(fit, named.name.place, say)


def _names(pipeline: Pipeline) -> Iterator[_Named]:
    yield _Named("the pipeline", pipeline.name, _NAME, optional=True)
    for variable in values(pipeline.variables):
        yield _Named("a variable", variable.name, _VARIABLE)
    for stage in values(pipeline.stages):
        yield _Named("a stage", stage.name, _NAME)
        for action in values(stage.actions):
            yield from _names_of_action(action)
        for condition in _conditions(stage):
            for rule in values(condition):
                yield _Named("a rule of a condition", rule, _NAME)


def _names_of_action(action: Action) -> Iterator[_Named]:
    yield _Named("an action", action.name, _NAME)
    yield _Named("the namespace of an action", action.namespace, _NAMESPACE, optional=True)
    yield _Named("the provider of an action", action.provider, _PROVIDER)
    yield _Named("the version of an action", action.version, _VERSION)
    for artifact in values(action.input_artifacts):
        yield _Named("an input artifact", artifact, _ARTIFACT)
    for output in values(action.output_artifacts):
        yield _Named("an output artifact", output.name, _ARTIFACT)


def _conditions(stage: Stage) -> Iterator[Items[Value[str]]]:
    for slot in (stage.before_entry, stage.on_success, stage.on_failure):
        for condition in values(slot):
            yield condition.rules.each(lambda rule: rule.name)


def _hidden(pipeline: Pipeline) -> Unknown | None:
    """Why there may be names that are not in view."""
    actions = pipeline.stages.spread(lambda stage: stage.actions)
    inputs = actions.spread(lambda action: action.input_artifacts)
    outputs = actions.spread(lambda action: action.output_artifacts)
    return actions.open or inputs.open or outputs.open
