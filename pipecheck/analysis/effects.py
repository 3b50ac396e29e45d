"""Which actions of a pipeline change an environment: those that deploy, and those whose work we cannot see."""

from __future__ import annotations

from enum import Enum

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.names import Kind, Sign, sign, words_of
from pipecheck.analysis.order import Position, positions
from pipecheck.analysis.targets import Named, environment_settings, targets
from pipecheck.data.environment_words import DEPLOYING
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.values import Reason, Truth, Unknown, Value, ask, known, truth
from pipecheck.values.record import record
from pipecheck.values.text import equals

_OPAQUE_PROVIDERS = frozenset({"CodeBuild", "CodePipeline", "Commands", "Lambda", "StepFunctions"})
_WORKING_CATEGORIES = frozenset({"Build", "Compute", "Invoke", "Test"})
_AROUND = frozenset({"after", "before", "post", "pre"})


class Work(Enum):
    """What we see of an action's work."""

    DEPLOYS = "deploys"
    OPAQUE = "opaque"


@record
class Effect:
    """An action that changes an environment, or may. `certain` is TRUE where it does for sure."""

    position: Position
    work: Work
    certain: Answer

    @property
    def label(self) -> str:
        """The action and its stage, for messages."""
        action = self.position.action
        return f"{quoted(action.name, 'an action')} in stage {quoted(self.position.stage.name, 'without a name')}"


def effects(pipeline: Pipeline) -> tuple[Effect, ...]:
    """Every action in view that is, or may be, an effect, in the order of the definition."""
    return tuple(effect for position in positions(pipeline) if (effect := _effect(position)) is not None)


def _effect(position: Position) -> Effect | None:
    deploys = deploying(position.action)
    if deploys.truth is not Truth.FALSE:
        return Effect(position, Work.DEPLOYS, deploys)
    opaque = _opaque(position)
    if opaque.truth is Truth.FALSE:
        return None
    action = position.action
    detail = f"what {quoted(action.name, 'the action')} does is not looked into"
    cause = opaque.cause or Unknown(Reason.OPAQUE_ACTION, detail, action.place)
    return Effect(position, Work.OPAQUE, undecided(cause))


def deploying(action: Action) -> Answer:
    """Whether an action deploys: one of category Deploy, except making a change set without executing it.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
    """
    mode = action.configuration.get("ActionMode")
    prepares = all_hold(
        [
            told(equals(action.provider, "CloudFormation"), action.provider),
            told(equals(mode, "CHANGE_SET_REPLACE"), mode),
        ]
    )
    return all_hold([told(equals(action.category, "Deploy"), action.category), ~prepares])


def _opaque(position: Position) -> Answer:
    """Whether an action runs code that may deploy, under a name that says production or deployment."""
    action = position.action
    category = told(ask(action.category, lambda name: name in _WORKING_CATEGORIES), action.category)
    runs_code = any_holds(
        [
            told(ask(action.provider, lambda name: name in _OPAQUE_PROVIDERS), action.provider),
            told(equals(action.owner, "Custom"), action.owner),
        ]
    )
    if category.truth is Truth.FALSE or runs_code.truth is Truth.FALSE:
        return NO
    return all_hold([category, runs_code, _named_as_effect(position)])


def _named_as_effect(position: Position) -> Answer:
    """By the stage or action, which must be known, or by whatever is known of project, function and variables."""
    action = position.action
    steps = (Named("stage", position.stage.name), Named("action", action.name))
    said = [sign(step.name, Kind.STEP) for step in steps]
    inner = [sign(named.name, Kind.TARGET) for named in (*targets(action), *environment_settings(action))]
    if {Sign.PRODUCTION, Sign.MIXED} & {*said, *inner}:
        return Answer(Truth.TRUE)
    tests = equals(action.category, "Test") is Truth.TRUE
    if not tests and any(_says_deployment(named.name) for named in (*steps, *targets(action))):
        return Answer(Truth.TRUE)
    return told(truth(False) if Sign.HIDDEN not in said else Truth.UNKNOWN, *(step.name for step in steps))


def _says_deployment(name: Value[str]) -> bool:
    words = [word.text for word in words_of(known(name) or "")]
    pairs = zip(["", *words], words, strict=False)
    return any(word in DEPLOYING and before not in _AROUND for before, word in pairs)
