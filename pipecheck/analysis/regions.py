"""Whether two things are in one region."""

from __future__ import annotations

from pipecheck.analysis.answer import Answer, told, undecided
from pipecheck.model.pipeline import Action, ArtifactStore, Pipeline
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, reference
from pipecheck.values.text import equals, spelled


def same_region(one: Value[str], other: Value[str]) -> Answer:
    """Whether two regions are the same; undecided where one is not known and they are not written alike."""
    match one, other:
        case (Absent(place), _) | (_, Absent(place)):
            return undecided(Unknown(Reason.INVALID_VALUE, "no region is named", place))
        case _, Known(region):
            return told(equals(one, region), one, other)
        case Known(region), _:
            return told(equals(other, region), other, one)
        case _:
            written = spelled(one)
            alike = written is not None and written == spelled(other) and one.place.source == other.place.source
            return told(Truth.TRUE if alike else Truth.UNKNOWN, one, other)


def home_region(pipeline: Pipeline) -> Value[str]:
    """Where a pipeline runs: as is known of it, else the region of a source action, which can be no other.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-cross-region.html
    """
    if isinstance(pipeline.region, Known):
        return pipeline.region
    for stage in pipeline.stages.members:
        for action in stage.value.actions.members:
            there = stage.present & action.present & equals(action.value.category, "Source")
            if there is Truth.TRUE and isinstance(action.value.region, Known):
                return action.value.region
    return pipeline.region


def region_of_action(action: Action, pipeline: Pipeline) -> Value[str]:
    """Where an action runs: its own region, else the pipeline's."""
    return home_region(pipeline) if isinstance(action.region, Absent) else action.region


def region_of_store(store: ArtifactStore, pipeline: Pipeline) -> Value[str]:
    """The region that an artifact store is for; the single store of a pipeline is for the pipeline's."""
    return home_region(pipeline) if isinstance(store.region, Absent) else store.region


def region_of_bucket(store: ArtifactStore, pipeline: Pipeline, own: Value[str]) -> Value[str]:
    """Where the bucket of a store is. References, nested stacks and imports stay within the region of a stack.

    `own` is the region of the bucket's definition, where the store does no more than name it.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
    """
    return own if reference(store.location) is None else home_region(pipeline)
