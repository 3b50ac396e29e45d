"""Which buckets an action works with besides the artifact store: of its source, and of the build that it runs."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.build_actions import project_of
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.values import Absent, Known, Truth, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import replace
from pipecheck.values.text import equals


def buckets_of_action(action: Action, inventory: Inventory) -> Iterator[Value[str]]:
    """The names or ARNs of the buckets; unknown where the build is. Only an S3 source has an `S3Bucket`.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
    """
    yield action.configuration.get("S3Bucket")
    project = inventory.find(BuildProject, project_of(action))
    match project:
        case Known(found):
            yield from map(bucket_in, _locations(found))
        case Unknown():
            yield project
        case Absent():
            return


def _locations(project: BuildProject) -> Iterator[Value[str]]:
    """Where a build keeps its cache, logs and results and takes its sources from, as far as that is S3."""
    for part in (project.cache, project.source, project.artifacts):
        match part:
            case Known(found) if equals(found.type, "S3") is not Truth.FALSE:
                yield found.location
            case Unknown():
                yield part
            case _:
                pass
    for source in values(project.secondary_sources):
        if equals(source.type, "S3") is not Truth.FALSE:
            yield source.location
    for artifacts in values(project.secondary_artifacts):
        if equals(artifacts.type, "S3") is not Truth.FALSE:
            yield artifacts.location
    if equals(project.logs.s3_status, "ENABLED") is not Truth.FALSE:
        yield project.logs.s3_location


def bucket_in(location: Value[str]) -> Value[str]:
    """The bucket of a location such as `bucket/prefix` or `arn:aws:s3:::bucket/prefix`."""
    match location:
        case Known(text):
            return replace(location, value=text.split("/", 1)[0])
        case Unknown(pieces=pieces) if pieces:
            return _up_to_the_slash(location)
        case Unknown(candidates=candidates):
            return replace(location, candidates=tuple(bucket_in(candidate) for candidate in candidates))
        case Absent():
            return location


def _up_to_the_slash(location: Unknown) -> Value[str]:
    found: list[str | Unknown] = []
    for piece in location.pieces:
        if isinstance(piece, str) and "/" in piece:
            found += [head] if (head := piece.split("/", 1)[0]) else []
            break
        found.append(piece)
    if len(found) == 1 and isinstance(found[0], Unknown):
        return replace(found[0], place=location.place)
    return replace(location, pieces=tuple(found))
