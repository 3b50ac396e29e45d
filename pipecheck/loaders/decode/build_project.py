"""CodeBuild projects."""

from __future__ import annotations

from pipecheck.loaders.decode.environment import decode_variables
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.build_project import BuildProject
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.values import Absent, Items, Known, Unknown, bind


def decode_build_project(node: Node, names: Names) -> BuildProject:
    """The project whose properties `node` holds."""
    batch = node.get(names["project.batch"])
    source = node.get(names["project.source"])
    return BuildProject(
        name=node.text(names["project.name"]),
        service_role=node.text(names["project.service_role"]),
        batch_role=bind(batch, lambda settings: settings.text(names["batch.service_role"])),
        environment_variables=_variables(node, names),
        buildspec=bind(source, lambda settings: settings.text(names["source.buildspec"])),
        place=node.head,
    )


def _variables(node: Node, names: Names) -> Items[EnvironmentVariable]:
    match node.get(names["project.environment"]):
        case Known(environment):
            return decode_variables(environment, names["environment.variables"], names)
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), node.head, unknown)
