"""Whether the bucket of an S3 source keeps the versions of its objects."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import all_hold, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Truth, Unknown
from pipecheck.values.text import equals


def source_s3_versioned(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per S3 source."""
    action = subject.value
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    applies = all_hold(
        [
            told(equals(action.category, "Source"), action.category),
            told(equals(action.provider, "S3"), action.provider),
        ]
    )
    if applies.truth is Truth.FALSE:
        return
    named = action.configuration.get("S3Bucket")
    match inventory.find(Bucket, named):
        case Known(bucket):
            label = quoted(bucket.name, logical_id(bucket.place))
            versioned = told(equals(bucket.versioning, "Enabled"), bucket.versioning)
            state = quoted(bucket.versioning, "off")
            yield clause_of(
                versioned.about(f"whether source bucket {label} is versioned is not known"),
                named.place,
                f"versioning of source bucket {label} is {state}: the pipeline cannot tell one source from the next",
                applies=applies,
                related=(Related(bucket.place, "the bucket is declared here"),),
            )
        case Unknown() as unseen:
            yield clause_of(undecided(unseen), named.place, "the source bucket is not known", applies=applies)
        case Absent():
            return
