"""Whether a build project uses a container engine, which is what privileged mode is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipecheck.analysis.answer import NO, YES, Answer, any_holds, presence, undecided
from pipecheck.analysis.build_actions import project_of
from pipecheck.analysis.buildspecs import commands, hidden_commands
from pipecheck.analysis.command_words import programs
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.same_name import same_name
from pipecheck.data.build_tools import (
    CONTAINER_COMMANDS,
    CONTAINER_PROGRAMS,
    HARMLESS_COMMANDS,
    HARMLESS_PROGRAMS,
)
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Batch, Buildspec
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.values import Absent, Known, Place, Reason, Truth, Unknown, Value, agreed
from pipecheck.values.items import values
from pipecheck.values.text import equals, spelled

_DOCKER_CACHE = "LOCAL_DOCKER_LAYER_CACHE"


def needs_engine(project: BuildProject, inventory: Inventory) -> Answer:
    """Whether a build of the project needs privileged mode: for containers, their cache, or a file system to mount.

    Undecided where a build specification is not in view, or where a command runs what is not in view: a script, a
    target of make, the project's own tests.
    """
    answers = [_mounts(project), _keeps_layers(project), _buildspec(project.buildspec, project.place)]
    answers += (_buildspec(override, project.place) for override in _overrides(project, inventory))
    return any_holds(answers)


def _mounts(project: BuildProject) -> Answer:
    """https://docs.aws.amazon.com/codebuild/latest/userguide/sample-efs.html"""
    systems = project.file_systems
    unseen = [] if systems.open is None else [undecided(systems.open)]
    return any_holds([*(presence(member, systems.place) for member in systems.members), *unseen])


def _keeps_layers(project: BuildProject) -> Answer:
    """https://docs.aws.amazon.com/codebuild/latest/userguide/caching-local.html"""
    match project.cache:
        case Known(cache):
            modes = cache.modes
            answers = [Answer(equals(mode, _DOCKER_CACHE), _unknown(mode)) for mode in values(modes)]
            return any_holds([*answers, *([] if modes.open is None else [undecided(modes.open)])])
        case Absent():
            return NO
        case Unknown() as unknown:
            return undecided(unknown)


def _overrides(project: BuildProject, inventory: Inventory) -> Iterator[Value[Buildspec]]:
    """What actions build in place of the project's own; also those of which it is not known what they build."""
    for found, action in inventory.once(_building_actions):
        if isinstance(found, Known) and found.value is project:
            yield action.buildspec
        elif isinstance(found, Unknown):
            named = same_name(project.name, project_of(action))
            if named.truth is Truth.UNKNOWN:
                yield found


def _building_actions(inventory: Inventory) -> Sequence[tuple[Value[BuildProject], Action]]:
    return tuple(
        (inventory.find(BuildProject, project_of(action)), action)
        for pipeline in values(inventory.all(Pipeline))
        for stage in values(pipeline.stages)
        for action in values(stage.actions)
        if not isinstance(action.buildspec, Absent)
    )


def _buildspec(buildspec: Value[Buildspec], place: Place) -> Answer:
    match buildspec:
        case Absent():
            return NO
        case Unknown(candidates=candidates) if candidates:
            options = [_buildspec(candidate, place) for candidate in candidates]
            answer = agreed(option.truth for option in options)
            return undecided(buildspec) if answer is Truth.UNKNOWN else options[0]
        case Unknown() as unknown:
            return undecided(unknown)
        case Known(spec, via=via):
            found = any_holds(
                [*map(_command, commands(spec)), *map(undecided, hidden_commands(spec)), _batch(spec.batch)]
            )
            return Answer(found.truth, found.cause, (*found.assumptions, *via))


def _batch(batch: Value[Batch]) -> Answer:
    match batch:
        case Absent():
            return NO
        case Unknown() as unknown:
            return undecided(unknown)
        case Known(tasks):
            named = [entry.buildspec for entry in values(tasks.entries)]
            if tasks.entries.open is not None:
                return undecided(tasks.entries.open)
            listed = [*named, *values(tasks.buildspecs)]
            other = next((text for text in listed if not isinstance(text, Absent)), None)
            if other is None:
                return NO
            detail = f"the build specification {quoted(other, 'of a batch')} is not looked into"
            return undecided(Unknown(Reason.OPAQUE_ACTION, detail, other.place))


def _command(command: Value[str]) -> Answer:
    """Whether a command runs an engine; undecided where it runs something that may."""
    text = spelled(command)
    if text is None:
        return undecided(command) if isinstance(command, Unknown) else NO
    opaque: str | None = None
    for words in programs(text):
        if _runs_engine(words):
            return YES
        if opaque is None and not _is_harmless(words):
            opaque = " ".join(words[:2])
    if opaque is None:
        return NO
    detail = f"what {opaque!r} runs is not looked into"
    return undecided(Unknown(Reason.OPAQUE_ACTION, detail, command.place))


def _runs_engine(words: tuple[str, ...]) -> bool:
    program = words[0].rsplit("/", 1)[-1]
    return program in CONTAINER_PROGRAMS or any(_has(words, wanted) for wanted in CONTAINER_COMMANDS)


def _has(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    start = tuple(word for word in wanted if not word.startswith("-"))
    options = (word for word in wanted if word.startswith("-"))
    return words[: len(start)] == start and all(option in words for option in options)


def _is_harmless(words: tuple[str, ...]) -> bool:
    return words[0] in HARMLESS_PROGRAMS or any(words[: len(start)] == start for start in HARMLESS_COMMANDS)


def _unknown(value: Value[str]) -> Unknown | None:
    return value if isinstance(value, Unknown) else None


def builds_for_others(project: BuildProject) -> bool:
    """Whether it certainly builds pull requests, or shows its builds to everyone."""
    if isinstance(project.visibility, Known) and project.visibility.value == "PUBLIC_READ":
        return True
    if not isinstance(project.webhook, Known):
        return False
    return any(
        isinstance(condition.pattern, Known) and "PULL_REQUEST" in condition.pattern.value
        for group in values(project.webhook.value.filter_groups)
        for condition in values(group.filters)
    )


def project_label(project: BuildProject) -> str:
    """`build project "name"`, by its logical id where its name is not written."""
    return f"build project {quoted(project.name, logical_id(project.place))}"
