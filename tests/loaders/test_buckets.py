"""Buckets and bucket policies of a template."""

from __future__ import annotations

import pytest

from pipecheck.model.bucket import Bucket, BucketPolicy
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, ask, known
from pipecheck.values.items import values
from pipecheck.values.text import equals, spelled
from tests.loaders.templates import loaded

TEMPLATE = """
Parameters: {Team: {Type: String}, Open: {Type: String, Default: "no"}, Strict: {Type: String}}
Conditions:
  IsOpen: !Equals [!Ref Open, "yes"]
  IsStrict: !Equals [!Ref Strict, "yes"]
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {%s}
"""


def bucket(properties: str = "") -> Bucket:
    [found] = values(loaded(TEMPLATE % properties).inventory.all(Bucket))
    return found


def default(value: Value[object]) -> object:
    """What an absent value is by default; fails where the value is not absent or has no default."""
    assert isinstance(value, Absent)
    assert value.default is not None
    return value.default.value


def flags(found: Bucket) -> tuple[Value[bool], ...]:
    block = found.public_access_block
    return (
        block.block_public_acls,
        block.block_public_policy,
        block.ignore_public_acls,
        block.restrict_public_buckets,
    )


def test_what_a_bucket_is_by_default() -> None:
    plain = bucket()
    assert default(plain.encryption.algorithm) == "AES256"
    assert default(plain.encryption.bucket_key) is False
    assert isinstance(plain.encryption.key_id, Absent)
    assert default(plain.ownership) == "BucketOwnerEnforced"
    assert isinstance(plain.acl, Absent)
    assert isinstance(plain.logging, Absent)
    assert isinstance(plain.versioning, Absent)


def test_a_bucket_is_where_its_stack_is() -> None:
    assert spelled(bucket().region) == "${AWS::Region}"


def test_default_encryption() -> None:
    by_default = "ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: alias/app}"
    encryption = bucket(
        f"BucketEncryption: {{ServerSideEncryptionConfiguration: [{{BucketKeyEnabled: true, {by_default}}}]}}"
    ).encryption
    assert (known(encryption.algorithm), known(encryption.key_id)) == ("aws:kms", "alias/app")
    assert known(encryption.bucket_key) is True


@pytest.mark.parametrize(
    "written",
    [
        "!Ref Team",
        "{ServerSideEncryptionConfiguration: !Ref Team}",
        "{ServerSideEncryptionConfiguration: [!Ref Team]}",
    ],
)
def test_an_encryption_that_cannot_be_seen_is_no_default(written: str) -> None:
    assert isinstance(bucket(f"BucketEncryption: {written}").encryption.algorithm, Unknown)


def test_of_two_rules_that_depend_on_a_condition_none_is_guessed() -> None:
    rules = [
        f"{{ServerSideEncryptionByDefault: {{SSEAlgorithm: '{algorithm}'}}}}" for algorithm in ("aws:kms", "AES256")
    ]
    written = f"{{ServerSideEncryptionConfiguration: [!If [IsStrict, {rules[0]}, {rules[1]}]]}}"
    algorithm = bucket(f"BucketEncryption: {written}").encryption.algorithm
    assert isinstance(algorithm, Unknown)
    assert algorithm.reason is Reason.CONDITION_UNDECIDED
    decided = written.replace("IsStrict", "IsOpen")
    assert known(bucket(f"BucketEncryption: {decided}").encryption.algorithm) == "AES256"


def test_without_a_configuration_public_access_is_blocked() -> None:
    assert [default(flag) for flag in flags(bucket())] == [True] * 4


def test_a_configuration_turns_off_what_it_leaves_out() -> None:
    acls, *others = flags(bucket("PublicAccessBlockConfiguration: {BlockPublicAcls: true}"))
    assert known(acls) is True
    assert [default(flag) for flag in others] == [False] * 3


def test_a_configuration_that_is_there_in_one_case_alone() -> None:
    block = "{BlockPublicAcls: true, BlockPublicPolicy: false}"
    acls, policy, ignore, _ = flags(
        bucket(f"PublicAccessBlockConfiguration: !If [IsStrict, {block}, !Ref AWS::NoValue]")
    )
    assert ask(acls, lambda blocked: blocked) is Truth.TRUE
    assert ask(policy, lambda blocked: blocked) is Truth.UNKNOWN
    assert ask(ignore, lambda blocked: blocked) is Truth.UNKNOWN


def test_a_configuration_that_cannot_be_seen_is_no_default() -> None:
    assert all(isinstance(flag, Unknown) for flag in flags(bucket("PublicAccessBlockConfiguration: !Ref Team")))


def test_owner_list_and_log() -> None:
    found = bucket(
        "OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}, AccessControl: PublicRead, "
        "LoggingConfiguration: {DestinationBucketName: logs, LogFilePrefix: app/}"
    )
    assert (known(found.ownership), known(found.acl)) == ("ObjectWriter", "PublicRead")
    assert isinstance(found.logging, Known)
    assert (known(found.logging.value.destination), known(found.logging.value.prefix)) == ("logs", "app/")


def test_transitions_of_a_lifecycle_rule() -> None:
    transitions = "Transitions: [{StorageClass: GLACIER, TransitionInDays: 30}]"
    single = "Transition: {StorageClass: STANDARD_IA, TransitionDate: '2030-01-01'}"
    old = "NoncurrentVersionTransitions: [{StorageClass: DEEP_ARCHIVE, TransitionInDays: 7}]"
    found = bucket(
        f"LifecycleConfiguration: {{Rules: [{{Id: tidy, Status: Enabled, {transitions}, {single}, {old}}}]}}"
    )
    [rule] = values(found.lifecycle_rules)
    assert known(rule.id) == "tidy"
    assert [(known(one.storage_class), known(one.days), known(one.date)) for one in values(rule.transitions)] == [
        ("GLACIER", 30, None),
        ("STANDARD_IA", None, "2030-01-01"),
    ]
    [noncurrent] = values(rule.noncurrent_transitions)
    assert (known(noncurrent.storage_class), known(noncurrent.days)) == ("DEEP_ARCHIVE", 7)


POLICY = """
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement:
          - {Sid: Tls, Effect: Deny, Principal: "*", Action: s3:*, Resource: !Sub "${Bucket.Arn}/*"}
"""


def test_a_bucket_policy_and_the_bucket_it_is_for() -> None:
    inventory = loaded(POLICY).inventory
    [policy] = values(inventory.all(BucketPolicy))
    [found] = values(inventory.all(Bucket))
    meant = inventory.find(Bucket, policy.bucket)
    assert isinstance(meant, Known)
    assert meant.value is found
    [statement] = values(policy.statements)
    assert known(statement.sid) == "Tls"
    [resource] = values(statement.resources)
    assert spelled(resource) == "arn:${AWS::Partition}:s3:::${Bucket}/*"
    assert equals(resource, "arn:aws:s3:::other") is Truth.FALSE
    assert policy.place.route == ("Resources", "Policy")


@pytest.mark.parametrize(
    ("lock", "expected"), [("true", Truth.TRUE), ("false", Truth.FALSE), ("!Ref Lock", Truth.UNKNOWN)]
)
def test_object_lock_switches_versioning_on(lock: str, expected: Truth) -> None:
    template = f"""
    Parameters: {{Lock: {{Type: String}}}}
    Resources:
      Bucket: {{Type: AWS::S3::Bucket, Properties: {{ObjectLockEnabled: {lock}}}}}
    """
    [bucket] = values(loaded(template).inventory.all(Bucket))
    assert equals(bucket.versioning, "Enabled") is expected
