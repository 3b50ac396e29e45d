"""The builds of projects and actions, as far as they are in view."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipecheck.analysis.blocking.judged import AnyName, Hidden, Review
from pipecheck.analysis.blocking.lines import phase_blocks
from pipecheck.analysis.blocking.scanner import scanners
from pipecheck.data.command_kinds import TEST_WORDS
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.values import Absent, Items, Known, Truth, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import record

_SCRIPT = re.compile(r"(?:^|[\s;&|(])(?:\./|/|source\s|\.\s|(?:ba)?sh\s)|\.sh\b")
_BUILD_TOOLS = ("gradlew", "mvnw", "node_modules/", "venv/", "dockerd")
_NAME = re.compile(r"[a-z][\w.-]*", re.IGNORECASE)


@record
class Seen:
    """A build: its review, or the unknown that keeps it from view. `spec` is None for a list of commands."""

    review: Review | None
    unseen: Unknown | None = None
    spec: Buildspec | None = None


def builds(owner: BuildProject | Action, inventory: Inventory) -> tuple[Seen, ...]:
    """What a project builds where no action says otherwise, or what an action builds or runs itself."""
    known: dict[int, tuple[Seen, ...]] = inventory.once(_no_builds)
    if id(owner) not in known:
        known[id(owner)] = tuple(_builds(owner, inventory))
    return known[id(owner)]


def _no_builds(_: Inventory) -> dict[int, tuple[Seen, ...]]:
    return {}


def _builds(owner: BuildProject | Action, inventory: Inventory) -> Iterator[Seen]:
    if isinstance(owner, Action):
        yield from _of_action(owner, inventory)
    else:
        variables = _variables(owner.environment_variables)
        for action in inventory.once(_actions_by_project).get(id(owner), ()):
            variables = _either(variables, {**variables, **_variables(action.environment_variables)})
        yield from _stated(owner.buildspec, variables, _doubt(owner), inventory)


def _of_action(action: Action, inventory: Inventory) -> Iterator[Seen]:
    own = _variables(action.environment_variables)
    project = inventory.find(BuildProject, action.configuration.get("ProjectName"))
    doubt = None
    variables: Mapping[str, str | None] = own
    if isinstance(project, Known):
        variables = _merged(_variables(project.value.environment_variables), own)
        doubt = _doubt(project.value)
    elif not isinstance(project, Absent):
        variables = AnyName(own)
    yield from _stated(action.buildspec, variables, doubt, inventory)
    if action.commands.members or action.commands.open is not None:
        from pipecheck.analysis.blocking.files import scripts_beside  # noqa: PLC0415 - only where commands are looked into
        from pipecheck.analysis.blocking.review import Surroundings, review_list  # noqa: PLC0415

        scripts = scripts_beside(action.place.source, inventory.file)
        review = review_list(action.commands, Surroundings(own, scripts))
        yield Seen(_with_open(review, action.commands.open))


def _stated(
    buildspec: Value[Buildspec], variables: Mapping[str, str | None], doubt: str | None, inventory: Inventory
) -> Iterator[Seen]:
    match buildspec:
        case Absent():
            return
        case Unknown(candidates=candidates) if candidates:
            for candidate in candidates:
                yield from _stated(candidate, variables, doubt, inventory)
        case Unknown() as unknown:
            yield Seen(None, unknown)
        case Known(spec):
            if not _may_matter(spec):
                yield Seen(Review((), ()), None, spec)
                return
            from pipecheck.analysis.blocking.files import scripts_beside  # noqa: PLC0415 - only where commands matter
            from pipecheck.analysis.blocking.review import Surroundings, review_build  # noqa: PLC0415

            around = Surroundings(variables, scripts_beside(spec.place.source, inventory.file), (), doubt)
            yield Seen(_with_open(review_build(spec, around, effects=False), spec.phases.open), None, spec)


def _with_open(review: Review, cause: Unknown | None) -> Review:
    if cause is None:
        return review
    return Review(review.judged, (*review.hidden, Hidden(cause.place, cause.detail, command=True)), review.lines)


def _may_matter(spec: Buildspec) -> bool:
    """Whether a specification can hold a scanner or a test, or runs a script that can: most do not."""
    if spec.phases.open is not None:
        return True
    names = _names()
    for phase in phase_blocks(spec):
        for block in (phase.commands, phase.finally_commands):
            if block.more is not None:
                return True
            for line in block.lines:
                if line.text is None or _SCRIPT.search(line.text):
                    return True
                if any(name.lower() in names for name in _NAME.findall(line.text)):
                    return True
    return False


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """The names of programs that scan or test."""
    patterns = " ".join(pattern for tool in scanners() for pattern in tool.match)
    words = set(re.findall(r"[a-z][\w.-]*", patterns.replace("\\s", " ").replace("\\b", " ").replace("\\", "")))
    images = {image.rsplit("/", 1)[-1] for tool in scanners() for image in tool.images}
    return frozenset(
        {*words, *images, *TEST_WORDS} - {"s", "b", "aws", "docker", "scan", "python3", "bash", "run"}
    ) | {
        "ecr",
        "scout",
    }


def _doubt(project: BuildProject) -> str | None:
    kind = project.environment.type
    if isinstance(kind, Known) and kind.value.startswith("WINDOWS"):
        return "only the shells of Unix are looked into"
    if isinstance(kind, Unknown):
        return f"the type of the build environment is not known: {kind.detail}"
    return None


def _variables(items: Items[EnvironmentVariable]) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    unclear = items.open is not None
    for member in items.members:
        variable = member.value
        if not isinstance(variable.name, Known):
            unclear = True
            continue
        plain = isinstance(variable.type, Absent) or (
            isinstance(variable.type, Known) and variable.type.value == "PLAINTEXT"
        )
        sure = plain and member.present is Truth.TRUE and isinstance(variable.value, Known)
        found[variable.name.value] = variable.value.value if sure and isinstance(variable.value, Known) else None
    return AnyName(found) if unclear else found


def _merged(base: Mapping[str, str | None], over: Mapping[str, str | None]) -> Mapping[str, str | None]:
    both = {**base, **over}
    return AnyName(both) if isinstance(base, AnyName) or isinstance(over, AnyName) else both


def _either(one: Mapping[str, str | None], two: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """What is known of variables that are the one or the other."""
    names = {*one, *two}
    both = {name: one[name] if name in one and name in two and one[name] == two[name] else None for name in names}
    return AnyName(both) if isinstance(one, AnyName) or isinstance(two, AnyName) else both


def _actions_by_project(inventory: Inventory) -> Mapping[int, list[Action]]:
    found: dict[int, list[Action]] = {}
    for pipeline in values(inventory.all(Pipeline)):
        for stage in values(pipeline.stages):
            for action in values(stage.actions):
                project = inventory.find(BuildProject, action.configuration.get("ProjectName"))
                if isinstance(project, Known) and action.environment_variables.members:
                    found.setdefault(id(project.value), []).append(action)
    return found


def opaque_scripts(review: Review) -> tuple[Hidden, ...]:
    """The parts of a build that may hold a scanner: wrappers of build tools are none."""
    return tuple(one for one in review.hidden if not any(tool in one.why for tool in _BUILD_TOOLS))
