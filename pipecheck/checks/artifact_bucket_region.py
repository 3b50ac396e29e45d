"""Whether the bucket of an artifact store is in the region that the store is for."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import Answer, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.regions import home_region, region_of_bucket, region_of_store, same_region
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import ArtifactStore, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Truth, Unknown, reference


def artifact_bucket_region(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per artifact store."""
    store, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(store, ArtifactStore)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - stores have a pipeline
    match inventory.find(Bucket, store.location):
        case Known(bucket):
            yield _clause(store, pipeline, bucket)
        case Unknown() as unseen:
            yield clause_of(undecided(unseen), store.location.place, "the bucket of the artifact store is not known")
        case Absent():
            return


def _clause(store: ArtifactStore, pipeline: Pipeline, bucket: Bucket) -> Clause:
    wanted = region_of_store(store, pipeline)
    found = region_of_bucket(store, pipeline, bucket.region)
    name = quoted(bucket.name, logical_id(bucket.place))
    there = same_region(wanted, found)
    say = f"bucket {name} is in {quoted(found, 'one region')}, its artifact store is for {quoted(wanted, 'another')}"
    other = _other_of_the_stack(store, pipeline) if there.truth is Truth.UNKNOWN else None
    if other is not None:
        there = Answer(Truth.FALSE, None, there.assumptions)
        say = f"bucket {name} of the artifact store for {quoted(wanted, 'one region')} is made by a stack, and so is "
        say += f"that for {quoted(other.region, 'another')}: a stack has one region"
    return clause_of(
        there.about(f"whether bucket {name} is in the region of the artifact store is not known"),
        store.location.place,
        say,
        related=(Related(bucket.place, "the bucket is declared here"),),
    )


def _other_of_the_stack(store: ArtifactStore, pipeline: Pipeline) -> ArtifactStore | None:
    """A store for another region whose bucket is of the same stack, so that not both buckets can be in the right one.

    No two stores of a pipeline are for one region. The one that is surely right is the other, else the earlier.
    """
    if reference(store.location) is None:
        return None
    earlier = True
    for member in pipeline.artifact_stores.members:
        other = member.value
        if other is store:
            earlier = False
        elif reference(other.location) is not None and member.present is Truth.TRUE:
            at_home = same_region(region_of_store(other, pipeline), home_region(pipeline)).truth is Truth.TRUE
            if at_home or (earlier and same_region(other.region, store.region).truth is Truth.FALSE):
                return other
    return None
