"""Whether a pipeline says where its artifacts are kept, in one way that CodePipeline takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, told, undecided
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.limits import Limit, fits
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import ArtifactStore, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Reason, Unknown, Value, exists, reference
from pipecheck.values.items import values
from pipecheck.values.text import equals

_LOCATION = Limit(r"A-Za-z0-9.-", 63, shortest=3)


def valid_artifact_store(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per fault, and one for what is right or not known."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    label = f"pipeline {pipeline_label(pipeline)}"
    demands = [*_number(pipeline, label)]
    for store in values(pipeline.artifact_stores):
        demands += _store(store)
    question = f"whether the artifact stores of {label} are valid is not known"
    yield from clauses_of(demands, pipeline.artifact_stores.place, question)


def _number(pipeline: Pipeline, label: str) -> Iterator[Demand]:
    stores = pipeline.artifact_stores
    if stores.open is not None:
        yield Demand(undecided(stores.open), stores.place, "")
    elif not stores.members:
        yield Demand(NO, stores.place, f"{label} has neither an artifact store nor stores by region")
    by_region = [told(exists(store.region), store.region) for store in values(stores)]
    if len(by_region) > 1:
        say = f"{label} has an artifact store and stores by region: it can have one of the two"
        single = next(
            (store for store in values(stores) if isinstance(store.region, Absent)), stores.members[0].value
        )
        yield Demand(all_hold(by_region), single.place, say)


def _store(store: ArtifactStore) -> Iterator[Demand]:
    kind, location = store.type, store.location
    say = f"the type of an artifact store is {quoted(kind, 'not written')}: there is only S3"
    yield Demand(told(equals(kind, "S3"), kind), kind.place, say)
    if isinstance(location, Absent):
        yield Demand(NO, location.place, "an artifact store names no bucket")
    else:
        say = f"an artifact store names the bucket {quoted(location, 'without text')}: allowed are {_LOCATION.demand}"
        yield Demand(_is_bucket(location), location.place, say)
    match store.encryption_key:
        case Known(key):
            say = f"the type of the key of an artifact store is {quoted(key.type, 'not written')}: there is only KMS"
            yield Demand(told(equals(key.type, "KMS"), key.type), key.type.place, say)
        case Unknown() as hidden:
            yield Demand(undecided(hidden), hidden.place, "")
        case Absent():
            pass


def _is_bucket(location: Value[str]) -> Answer:
    """A bucket of the input, or one that another stack exports, has a name that a bucket can have."""
    exported = isinstance(location, Unknown) and location.reason is Reason.IMPORTED_VALUE and not location.pieces
    return YES if exported or reference(location) is not None else fits(location, _LOCATION)
