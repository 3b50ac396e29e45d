"""Whether a pipeline deploys or publishes anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.buildspecs import commands, hidden_commands
from pipecheck.analysis.command_words import programs
from pipecheck.analysis.effects import deploying
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.data.build_tools import HARMLESS_PROGRAMS
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, ask, bind, known
from pipecheck.values.items import values
from pipecheck.values.text import equals

_PUBLISHING = frozenset({"CodePipeline", "ECRBuildAndPublish"})
_QUIET = frozenset({"Approval", "Source"})
_QUIET_PROVIDERS = frozenset({"DeviceFarm", "InspectorScan"})
_VERBS = {
    "aws": "create-deployment deploy publish-layer-version publish-version sync update-function-code update-service",
    "cdk": "deploy",
    "copilot": "deploy",
    "docker": "push",
    "eb": "deploy",
    "helm": "install push upgrade",
    "kubectl": "apply",
    "mvn": "deploy",
    "npm": "publish",
    "npx": "deploy",
    "podman": "push",
    "sam": "deploy publish",
    "serverless": "deploy",
    "sls": "deploy",
    "terraform": "apply",
    "twine": "upload",
    "yarn": "publish",
}
"""Commands that deploy or publish, by their program."""

_QUIET_COMMANDS = frozenset({"check", "ci", "i", "install", "lint", "restore", "test", "verify", "--version", "-v"})
"""First words of build tools, such as in `npm ci` and `make test`, that hand nothing on."""

_TESTERS = frozenset({"coverage", "eslint", "jest", "pytest", "tox", "vitest"})
_TOOLS = frozenset(
    {"cargo", "dotnet", "go", "gradle", "gradlew", "make", "mvn", "npm", "pnpm", "poetry", "uv", "yarn"}
)
_SENDERS = frozenset({"aws", "curl", "git", "rsync", "wget"})
"""Harmless for a machine, but they may hand something on."""


def valid_deploy_present(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the pipeline."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    label = f"pipeline {pipeline_label(pipeline)}"
    found = any_holds([NO, *_handing_on(pipeline, inventory)])
    question = f"whether {label} deploys or publishes anything is not known"
    say = f"{label} deploys and publishes nothing: it builds and tests alone"
    yield clause_of(found.about(question), pipeline.stages.place, say)


def _handing_on(pipeline: Pipeline, inventory: Inventory) -> Iterator[Answer]:
    for stage in pipeline.stages.members:
        for action in stage.value.actions.members:
            there = [presence(stage, stage.value.place), presence(action, action.value.place)]
            yield all_hold([*there, _hands_on(action.value, inventory)])
    unseen = pipeline.stages.spread(lambda stage: stage.actions).open
    if unseen is not None:
        yield undecided(unseen)


def _hands_on(action: Action, inventory: Inventory) -> Answer:
    """Whether an action deploys or publishes; undecided where it runs code that may."""
    publishes = told(ask(action.provider, lambda name: name in _PUBLISHING), action.provider)
    certain = any_holds([deploying(action), publishes])
    if certain.truth is not Truth.FALSE:
        return certain
    quiet = any_holds(
        [
            told(ask(action.category, lambda name: name in _QUIET), action.category),
            told(ask(action.provider, lambda name: name in _QUIET_PROVIDERS), action.provider),
            ~told(ask(action.category, lambda name: name != "Deploy"), action.category),
        ]
    )
    if quiet.truth is not Truth.FALSE:
        return ~quiet
    return _runs(action, inventory)


def _runs(action: Action, inventory: Inventory) -> Answer:
    """Whether the commands that an action runs may hand something on."""
    if equals(action.provider, "Commands") is Truth.TRUE:
        return any_holds([_open(action.commands.open), *(_says(one, action) for one in values(action.commands))])
    if equals(action.provider, "CodeBuild") is Truth.TRUE:
        project = inventory.find(BuildProject, action.configuration.get("ProjectName"))
        own = isinstance(action.buildspec, Absent)
        return _built(bind(project, lambda found: found.buildspec) if own else action.buildspec, action)
    return undecided(_opaque(action))


def _built(buildspec: Value[Buildspec], action: Action) -> Answer:
    match buildspec:
        case Known(found):
            hidden = (undecided(unseen) for unseen in hidden_commands(found))
            return any_holds([NO, *(_says(one, action) for one in commands(found)), *hidden])
        case Unknown():
            return undecided(buildspec)
        case Absent():
            return undecided(_opaque(action))


def _says(command: Value[str], action: Action) -> Answer:
    """Whether a command deploys or publishes; undecided where it runs something that may."""
    if isinstance(command, Unknown):
        return undecided(command)
    run = list(programs(known(command) or ""))
    for program, *words in run:
        if not set(_VERBS.get(program, "").split()).isdisjoint(words):
            return told(Truth.TRUE, command)
    return NO if all(map(_is_quiet, run)) else undecided(_opaque(action))


def _is_quiet(words: tuple[str, ...]) -> bool:
    program = words[0].rsplit("/", 1)[-1]
    if program in _SENDERS:
        return False
    if program in _TOOLS:
        return len(words) > 1 and words[1] in _QUIET_COMMANDS
    return program in HARMLESS_PROGRAMS or program in _TESTERS


def _open(unseen: Unknown | None) -> Answer:
    return NO if unseen is None else undecided(unseen)


def _opaque(action: Action) -> Unknown:
    detail = f"what {quoted(action.name, 'an action')} runs may deploy or publish"
    return Unknown(Reason.OPAQUE_ACTION, detail, action.name.place)
