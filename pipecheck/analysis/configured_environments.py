"""Which of the environments that the configuration describes an action works in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipecheck.analysis.environments import NamedEnvironment, is_one_of, is_pipeline
from pipecheck.analysis.labels import pipeline_label
from pipecheck.analysis.regions import region_of_action
from pipecheck.analysis.targets import role_arns, targets
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.values import Absent, Known, Truth, Value, all_of, any_of
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import equals, spelled

_ACCOUNT = re.compile(r"arn:[^:]*:[^:]*:[^:]*:(\d{12}):")
_ACCOUNT_ID = re.compile(r"\b\d{12}\b")
_CLUSTER = "cluster"
_SERVICE = "service"
_STACKS = frozenset({"stack", "stack set"})


@record
class Match:
    """Whether an action works in an environment, and the value that says so, or that leaves it open."""

    environment: NamedEnvironment
    holds: Truth
    value: Value[str]

    @property
    def label(self) -> str:
        """The environment as messages name it: `environment "live" (stack web)`."""
        written = spelled(self.value)
        return f'environment "{self.environment.name}"' + (f" ({written})" if written else "")


@record
class _Criterion:
    """One thing that an environment asks for: whether it is met, and the value that decides."""

    met: Truth
    value: Value[str]


def matching(action: Action, pipeline: Pipeline, environments: Iterable[NamedEnvironment]) -> Iterator[Match]:
    """The environments that match or may match, in their order, up to the first that matches for certain."""
    for environment in environments:
        criteria = list(_criteria(action, pipeline, environment))
        holds = all_of(criterion.met for criterion in criteria) if criteria else Truth.FALSE
        if holds is not Truth.FALSE:
            deciding = next(criterion for criterion in criteria if criterion.met is holds)
            yield Match(environment, holds, deciding.value)
        if holds is Truth.TRUE:
            return


def _criteria(action: Action, pipeline: Pipeline, environment: NamedEnvironment) -> Iterator[_Criterion]:
    """One for each kind of thing that the environment names, the closest to what is deployed first."""
    for globs, nouns in (
        (environment.stacks, _STACKS),
        (environment.services, frozenset({_SERVICE})),
        (environment.clusters, frozenset({_CLUSTER})),
    ):
        if globs:
            named = [target.name for target in targets(action) if target.noun in nouns]
            yield _any(named, globs, action)
    if environment.accounts:
        yield _any(list(_accounts(action, pipeline)), environment.accounts, action)
    if environment.regions:
        yield _any([region_of_action(action, pipeline)], environment.regions, action)
    if environment.pipelines:
        name = pipeline.name
        label = name if not isinstance(name, Absent) else Known(pipeline_label(pipeline), pipeline.place)
        yield _Criterion(is_pipeline(pipeline, environment.pipelines), label)
    for key, glob in environment.tags:
        yield _tagged(pipeline, key, glob)


def _any(named: list[Value[str]], globs: tuple[str, ...], action: Action) -> _Criterion:
    """Whether one of the values matches; what is not there matches nothing."""
    met = [(is_one_of(value, globs), value) for value in named]
    for wanted in (Truth.TRUE, Truth.UNKNOWN):
        for answer, value in met:
            if answer is wanted:
                return _Criterion(wanted, value)
    return _Criterion(Truth.FALSE, action.name)


def _accounts(action: Action, pipeline: Pipeline) -> Iterator[Value[str]]:
    """The accounts of the targets and roles that are written, else of the pipeline's role where it shows one."""
    deployment_targets = action.configuration.get("DeploymentTargets")
    if isinstance(deployment_targets, Known):
        for account in _ACCOUNT_ID.findall(deployment_targets.value):
            yield Known(account, deployment_targets.place, deployment_targets.via)
    arns: list[Value[str]] = [arn for arn in role_arns(action) if not isinstance(arn, Absent)]
    for arn in arns:
        yield _account(arn) or arn
    own = None if arns else _account(pipeline.role_arn) or _account(pipeline.account, bare=True)
    if own is not None:
        yield own


def _account(arn: Value[str], *, bare: bool = False) -> Known[str] | None:
    """The account in an ARN, or one alone; None where its number is not written."""
    written = spelled(arn)
    found = (_ACCOUNT_ID if bare else _ACCOUNT).match(written) if written is not None else None
    if found is None or isinstance(arn, Absent):
        return None
    return Known(found.group(found.re.groups), arn.place, arn.via)


def _tagged(pipeline: Pipeline, key: str, glob: str) -> _Criterion:
    met = [(equals(tag.key, key) & is_one_of(tag.value, (glob,)), tag.value) for tag in values(pipeline.tags)]
    unseen = pipeline.tags.open
    holds = any_of([answer for answer, _ in met] + ([Truth.UNKNOWN] if unseen is not None else []))
    for answer, value in met:
        if answer is holds:
            return _Criterion(holds, value)
    nothing: Value[str] = Absent(pipeline.place) if unseen is None else unseen
    return _Criterion(holds, nothing)
