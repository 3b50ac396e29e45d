"""Whether an action works on production, and what says so.

The first of these that gives a signal decides: the environments that the configuration describes; the names in it;
the account of the role or target, where the configuration names accounts; the names of the target and of the roles;
parameters and environment variables; the names of stage and action. A name that is not known gives no signal, but it
may hide one: what a later sign says is then believed where it says production, and leaves the question open where it
says the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipecheck.analysis.answer import assumed
from pipecheck.analysis.configured_environments import Match, matching
from pipecheck.analysis.environments import ProductionSettings, is_one_of, is_pipeline
from pipecheck.analysis.labels import pipeline_label
from pipecheck.analysis.names import Kind, Sign, holds_words, sign
from pipecheck.analysis.order import Position
from pipecheck.analysis.targets import Named, environment_settings, role_arns, roles, targets
from pipecheck.data.action_targets import STACKS
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.values import Absent, Known, Place, Reason, Step, Truth, Unknown, Value, known, truth
from pipecheck.values.record import record, replace
from pipecheck.values.text import displayed

_ACCOUNT = re.compile(r"arn:[^:]*:[^:]*:[^:]*:(\d{12}):")
_ACCOUNT_ID = re.compile(r"\b\d{12}\b")
_WILDCARDS = frozenset("*?[")


@record
class Environment:
    """Whether something is production.

    `signal` is what says so (`stack "web-prod"`), None where nothing does; `place` is where that stands. `cause` is
    the unknown that leaves it open, None where it is decided. `assumptions` are the defaults it rests on.
    """

    production: Truth
    signal: str | None = None
    place: Place | None = None
    cause: Unknown | None = None
    assumptions: tuple[Step, ...] = ()


@record
class Clue:
    """One thing that may say which environment is meant."""

    sign: Sign
    label: str
    value: Value[str]


def environment(position: Position, pipeline: Pipeline, settings: ProductionSettings) -> Environment:
    """The environment that an action of the pipeline works on."""
    described, certain = _described(position, pipeline, settings)
    if described is not None and certain:
        return described
    unsure = described
    for level in _levels(position, pipeline, settings):
        clues = {clue.sign: clue for clue in reversed(level)}
        contradiction = _contradiction(clues, position)
        if Sign.PRODUCTION in clues and contradiction is None:
            return _decided(Truth.TRUE, clues[Sign.PRODUCTION])
        unsure = unsure or contradiction or _hidden(clues.get(Sign.HIDDEN), position)
        if Sign.ELSEWHERE in clues and contradiction is None:
            return unsure or _decided(Truth.FALSE, clues[Sign.ELSEWHERE])
    return unsure or _not_stated("nothing says whether it is production", position)


def _described(
    position: Position, pipeline: Pipeline, settings: ProductionSettings
) -> tuple[Environment | None, bool]:
    """The environment of the configuration that the action works in, and whether nothing else can be said of it.

    Where it is not known whether one that is not production matches, no later sign can say production either.
    """
    possible: list[Match] = []
    for match in matching(position.action, pipeline, settings.environments):
        if match.holds is Truth.UNKNOWN:
            possible.append(match)
            continue
        other = [one for one in possible if one.environment.production is not match.environment.production]
        if other:
            return _possible(other[0], position), True
        return _decided(truth(match.environment.production), Clue(Sign.SILENT, match.label, match.value)), True
    if not possible:
        return None, False
    return _possible(possible[0], position), not all(one.environment.production for one in possible)


def _possible(match: Match, position: Position) -> Environment:
    """An environment that may be the one."""
    name = f'environment "{match.environment.name}"'
    if not isinstance(match.value, Unknown):
        return _not_stated(f"it may be {name}", position)
    cause = replace(match.value, detail=f"it may be {name}: {match.value.detail}")
    return Environment(Truth.UNKNOWN, None, None, cause, assumed(match.value))


def _decided(production: Truth, clue: Clue) -> Environment:
    return Environment(production, clue.label, clue.value.place, None, assumed(clue.value))


def _not_stated(detail: str, position: Position) -> Environment:
    cause = Unknown(Reason.ENVIRONMENT_NOT_STATED, detail, position.action.place)
    return Environment(Truth.UNKNOWN, cause=cause)


def _contradiction(clues: Mapping[Sign, Clue], position: Position) -> Environment | None:
    """Names of one level that name production and another environment."""
    if Sign.MIXED in clues:
        return _not_stated(f"{clues[Sign.MIXED].label} names production and another environment", position)
    if Sign.PRODUCTION in clues and Sign.ELSEWHERE in clues:
        one, other = clues[Sign.PRODUCTION].label, clues[Sign.ELSEWHERE].label
        return _not_stated(f"{one} says production, but {other} says not", position)
    return None


def _hidden(clue: Clue | None, position: Position) -> Environment | None:
    """A name that is not known, and that might say production."""
    if clue is None:
        return None
    if not isinstance(clue.value, Unknown):
        return _not_stated(f"{clue.label} is not written", position)
    cause = replace(clue.value, detail=f"{clue.label} may say production: {clue.value.detail}")
    return Environment(Truth.UNKNOWN, None, None, cause, assumed(clue.value))


def _levels(position: Position, pipeline: Pipeline, settings: ProductionSettings) -> Iterator[list[Clue]]:
    action = position.action
    step_names = (Named("stage", position.stage.name), Named("action", action.name))
    names = (*targets(action), *roles(action), *step_names)
    yield list(_configured_pipelines(pipeline, settings))
    yield list(_configured_names(names, action, settings))
    yield list(_accounts(action, pipeline, settings))
    yield _named(targets(action), Kind.TARGET)
    yield _named(roles(action), Kind.TARGET)
    yield _named(environment_settings(action), Kind.TARGET)
    yield _named(step_names, Kind.STEP)


def _named(names: Iterable[Named], kind: Kind) -> list[Clue]:
    return [Clue(sign(named.name, kind), _label(named), named.name) for named in names]


def _label(named: Named) -> str:
    written = displayed(named.name)
    return f'{named.noun} "{written}"' if written else f"the {named.noun}"


def _configured_pipelines(pipeline: Pipeline, settings: ProductionSettings) -> Iterator[Clue]:
    label = f'the configuration for pipeline "{pipeline_label(pipeline)}"'
    meanings = (
        (settings.pipelines, Sign.PRODUCTION),
        (settings.not_production_pipelines, Sign.ELSEWHERE),
    )
    for globs, meaning in meanings:
        yield Clue(_sign(is_pipeline(pipeline, globs), meaning), label, _name_of(pipeline))


def _configured_names(names: Iterable[Named], action: Action, settings: ProductionSettings) -> Iterator[Clue]:
    meanings = ((settings.names, Sign.PRODUCTION), (settings.not_production_names, Sign.ELSEWHERE))
    for named in names:
        label = f"the configuration for {_label(named)}"
        for globs, meaning in meanings:
            yield Clue(_sign(_is_named(named.name, globs), meaning), label, named.name)
    if known(action.provider) in STACKS:
        stack = targets(action)[0]
        met = is_one_of(stack.name, settings.stacks)
        yield Clue(_sign(met, Sign.PRODUCTION), f"the configuration for {_label(stack)}", stack.name)


def _name_of(pipeline: Pipeline) -> Value[str]:
    return pipeline.name if not isinstance(pipeline.name, Absent) else Known(pipeline_label(pipeline), pipeline.place)


def _sign(met: Truth, meaning: Sign) -> Sign:
    match met:
        case Truth.TRUE:
            return meaning
        case Truth.UNKNOWN:
            return Sign.HIDDEN
        case Truth.FALSE:
            return Sign.SILENT


def _is_named(name: Value[str], globs: tuple[str, ...]) -> Truth:
    """Whether a name matches a glob as a whole, or holds a glob without wildcards as whole words."""
    if any(holds_words(name, glob) for glob in globs if _WILDCARDS.isdisjoint(glob)):
        return Truth.TRUE
    return is_one_of(name, globs)


def _accounts(action: Action, pipeline: Pipeline, settings: ProductionSettings) -> Iterator[Clue]:
    """The accounts of the roles and targets that are written, else of the pipeline's role where it shows one."""
    if not settings.accounts:
        return
    deployment_targets = action.configuration.get("DeploymentTargets")
    if isinstance(deployment_targets, Known):
        for account in _ACCOUNT_ID.findall(deployment_targets.value):
            yield _of_account(account, deployment_targets, settings)
    arns: list[Value[str]] = [arn for arn in role_arns(action) if not isinstance(arn, Absent)]
    for arn in arns or [pipeline.role_arn]:
        account = _account(arn)
        if account is not None:
            yield _of_account(account, arn, settings)
        elif arns:
            yield Clue(Sign.HIDDEN, "the account of the role", arn)


def _of_account(account: str, value: Value[str], settings: ProductionSettings) -> Clue:
    return Clue(Sign.PRODUCTION if account in settings.accounts else Sign.ELSEWHERE, f"account {account}", value)


def _account(arn: Value[str]) -> str | None:
    """The account id in an ARN; None where it is not written."""
    if isinstance(arn, Absent):
        return None
    pieces = (arn.value,) if isinstance(arn, Known) else arn.pieces
    found = _ACCOUNT.match("".join(piece if isinstance(piece, str) else "?" for piece in pieces))
    return found.group(1) if found else None
