"""A CodeBuild project."""

from __future__ import annotations

from pipecheck.model.environment import EnvironmentVariable
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class BuildProject:
    """A build project: the role it runs with and the environment it gives to the build.

    `buildspec` is its text, or the path of a file in the source.
    """

    name: Value[str]
    service_role: Value[str]
    batch_role: Value[str]
    environment_variables: Items[EnvironmentVariable]
    buildspec: Value[str]
    place: Place
