"""Show what the commands of a build are for, and which of them stop it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipecheck.analysis.blocking.files import scripts_beside
from pipecheck.analysis.blocking.judged import Review
from pipecheck.analysis.blocking.lines import phase_blocks
from pipecheck.analysis.blocking.review import (
    ShownBuild,
    ShownList,
    Surroundings,
    review_build,
    review_list,
)
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.secrets import buildspec_secrets, secret_texts
from pipecheck.errors import InputError
from pipecheck.loaders.buildspecs import buildspec_file, file_beside
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.loaders.source_tree import Folders
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values import Absent, Known, Unknown, Value, known
from pipecheck.values.items import values
from pipecheck.values.record import record


@record
class Builds:
    """The builds of a file, the documents that their places speak of, and texts that no output may show."""

    builds: tuple[ShownBuild, ...]
    documents: dict[str, Document]
    secrets: frozenset[str]


def builds_of(path: str, cwd: Path) -> Builds:
    """The builds of a build specification, or of a template or pipeline. Raises InputError where it is neither."""
    absolute = Path(os.path.abspath(cwd / path))  # noqa: PTH100 - resolve() would follow links
    uri = (absolute.relative_to(cwd) if absolute.is_relative_to(cwd) else absolute).as_posix()
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", source=path) from error
    root = posixpath.dirname(uri) if uri.startswith("/") else "."
    tree = Folders(cwd, (root,))
    document = read(data, uri)
    spec = buildspec_file(document)
    if spec is not None:
        around = Surroundings(scripts=scripts_beside(uri, partial(file_beside, tree)))
        return Builds((_build(uri, spec, around),), {uri: document}, buildspec_secrets(spec))
    loaded = load([Input(uri, data, named=True)], Assumptions(), tree)
    if loaded.errors:
        raise loaded.errors[0]
    found = tuple(_builds(loaded.inventory))
    return Builds(found, loaded.documents, secret_texts(loaded.inventory))


def _builds(inventory: Inventory) -> Iterator[ShownBuild]:
    for project in values(inventory.all(BuildProject)):
        title = f"build project {quoted(project.name, logical_id(project.place))}"
        yield from _stated(title, project.buildspec, project, inventory)
    for pipeline in values(inventory.all(Pipeline)):
        for stage in values(pipeline.stages):
            for action in values(stage.actions):
                yield from _action(action, inventory)


def _action(action: Action, inventory: Inventory) -> Iterator[ShownBuild]:
    title = f"action {quoted(action.name, 'without a name')}"
    if not isinstance(action.buildspec, Absent):
        project = inventory.find(BuildProject, action.configuration.get("ProjectName"))
        yield from _stated(title, action.buildspec, known(project), inventory)
    if action.commands.members:
        around = Surroundings(scripts=scripts_beside(action.place.source, inventory.file))
        lines = tuple((known(value) or "…", value.place) for value in values(action.commands))
        yield ShownBuild(title, (ShownList("commands", lines),), review_list(action.commands, around))


def _stated(
    title: str, spec: Value[Buildspec], project: BuildProject | None, inventory: Inventory
) -> Iterator[ShownBuild]:
    match spec:
        case Known(found):
            variables: dict[str, str | None] = {}
            for variable in () if project is None else values(project.environment_variables):
                name = known(variable.name)
                if name is not None:
                    variables[name] = known(variable.value)
            source = found.place.source
            yield _build(title, found, Surroundings(variables, scripts_beside(source, inventory.file)))
        case Unknown(detail=detail):
            yield ShownBuild(title, (), Review((), ()), detail)
        case Absent():
            return


def _build(title: str, spec: Buildspec, around: Surroundings) -> ShownBuild:
    lists: list[ShownList] = []
    for phase in phase_blocks(spec):
        for block in (phase.commands, phase.finally_commands):
            if block.lines:
                lines = tuple((line.text or "…", line.value.place) for line in block.lines)
                lists.append(ShownList(block.name, lines, known(phase.on_failure)))
    return ShownBuild(title, tuple(lists), review_build(spec, around))
