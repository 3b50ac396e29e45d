"""Whether an artifact store is encrypted as well as is asked for, or a bucket policy stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.bucket_policies import covers_objects, hidden_statements_of, policies_of, statements_of
from pipecheck.analysis.keys import is_aws_managed
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.privileges.audience import is_for_everybody
from pipecheck.analysis.privileges.covering import covers_action
from pipecheck.analysis.privileges.requests import Request, conditions_hold
from pipecheck.analysis.privileges.statements import Attached
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import ArtifactStore
from pipecheck.model.policy import Statement
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Place, Truth, Unknown, ask, bind, exists
from pipecheck.values.text import equals

_HEADER = "s3:x-amz-server-side-encryption"
_TLS = {"aws:securetransport": "true"}
_WITH_KMS: Request = {**_TLS, _HEADER: "aws:kms"}
_WITH_S3: Request = {**_TLS, _HEADER: "AES256"}
"""Uploads that ask for encryption with a KMS key, and with keys of S3.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
"""


def artifact_store_encrypted(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause for what the store asks for, and one per statement of its bucket's policy that refuses that."""
    store = subject.value
    assert isinstance(store, ArtifactStore)  # noqa: S101 - the rule file names the kind of subject
    level = str(params.get("level", "sse-s3"))
    yield _asked_for(store, level)
    match inventory.find(Bucket, store.location):
        case Known(bucket):
            yield from _against(bucket, inventory, level)
        case Unknown() as unseen:
            yield clause_of(undecided(unseen), store.location.place, "the bucket of the artifact store is not known")
        case Absent():
            return


def _asked_for(store: ArtifactStore, level: str) -> Clause:
    """CodePipeline encrypts with a KMS key whether the store names one or not; the AWS managed one is the default."""
    if level != "cmk":
        return clause_of(YES, store.place, "artifacts are encrypted with a KMS key")
    id = bind(store.encryption_key, lambda key: key.id)
    own = told(exists(id) & ~is_aws_managed(id), id)
    name = quoted(store.location, "without a name")
    return clause_of(
        own.about(f"whether artifact store {name} has a customer managed key is not known"),
        id.place,
        f"artifact store {name} is encrypted with {quoted(id, 'the AWS managed key of S3')}, "
        "and level cmk asks for a customer managed key",
    )


def _against(bucket: Bucket, inventory: Inventory, level: str) -> Iterator[Clause]:
    label = f"artifact bucket {quoted(bucket.name, logical_id(bucket.place))}"
    question = f"whether the policy of {label} refuses encrypted artifacts is not known"
    policies = policies_of(bucket, inventory)
    for attached in statements_of(policies):
        refuses = _refuses(attached, bucket, _WITH_KMS)
        if level == "sse-s3":
            refuses = all_hold([refuses, _refuses(attached, bucket, _WITH_S3)])
        if refuses.truth is not Truth.FALSE:
            what = "encryption" if level == "sse-s3" else "encryption with a KMS key"
            yield clause_of(
                ~refuses.about(question),
                _at(attached.statement),
                f"the policy of {label} refuses uploads that ask for {what}",
            )
    for unseen in hidden_statements_of(policies):
        yield clause_of(undecided(unseen).about(question), unseen.place, question)


def _refuses(attached: Attached, bucket: Bucket, request: Request) -> Answer:
    """Whether a statement that speaks of encryption denies everybody an upload."""
    statement = attached.statement
    return all_hold(
        [
            attached.there,
            told(equals(statement.effect, "Deny"), statement.effect),
            _speaks_of_encryption(statement),
            conditions_hold(statement, request),
            is_for_everybody(statement),
            covers_action(statement, "s3:PutObject"),
            covers_objects(statement, bucket),
        ]
    )


def _speaks_of_encryption(statement: Statement) -> Answer:
    conditions = statement.conditions
    return any_holds(
        [
            *(
                all_hold([presence(test, test.value.place), told(ask(test.value.key, _is_header), test.value.key)])
                for test in conditions.members
            ),
            *([] if conditions.open is None else [undecided(conditions.open)]),
        ]
    )


def _is_header(key: str) -> bool:
    return key.lower() == _HEADER


def _at(statement: Statement) -> Place:
    """The condition on the header, else the statement."""
    tests = (member.value for member in statement.conditions.members)
    return next((test.place for test in tests if ask(test.key, _is_header) is Truth.TRUE), statement.place)
