"""KMS keys and aliases of a template."""

from __future__ import annotations

from pipecheck.model.key import Key, KeyAlias
from pipecheck.values import Absent, Known, Unknown, known
from pipecheck.values.items import values
from pipecheck.values.text import spelled
from tests.loaders.templates import loaded

TEMPLATE = """
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {%s}
  Alias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: !Sub "alias/${AWS::StackName}", TargetKeyId: !Ref Key}
"""


def key(properties: str = "") -> Key:
    [found] = values(loaded(TEMPLATE % properties).inventory.all(Key))
    return found


def test_what_a_key_is_by_default() -> None:
    plain = key()
    members = (plain.enabled, plain.rotation, plain.rotation_days, plain.multi_region, plain.spec, plain.usage)
    defaults = [member.default.value for member in members if isinstance(member, Absent) and member.default]
    assert defaults == [True, False, 365, False, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"]
    assert plain.statements.members == ()
    assert plain.statements.open is None


def test_what_a_key_says() -> None:
    found = key(
        "Enabled: false, EnableKeyRotation: 'true', RotationPeriodInDays: 90, MultiRegion: true, KeySpec: RSA_2048, "
        "KeyUsage: SIGN_VERIFY, KeyPolicy: {Statement: [{Sid: Own, Action: kms:*, Principal: {AWS: '111122223333'}}]}"
    )
    assert (known(found.enabled), known(found.rotation), known(found.rotation_days)) == (False, True, 90)
    assert (known(found.multi_region), known(found.spec), known(found.usage)) == (True, "RSA_2048", "SIGN_VERIFY")
    [statement] = values(found.statements)
    assert [known(principal.id) for principal in values(statement.principals)] == ["111122223333"]


def test_a_key_policy_that_cannot_be_seen_is_not_the_default_one() -> None:
    assert key("KeyPolicy: !ImportValue SharedKeyPolicy").statements.open is not None


def test_an_alias_leads_to_its_key() -> None:
    inventory = loaded(TEMPLATE % "").inventory
    [alias] = values(inventory.all(KeyAlias))
    [found] = values(inventory.all(Key))
    assert spelled(alias.name) == "alias/${AWS::StackName}"
    meant = inventory.find(Key, alias.target)
    assert isinstance(meant, Known)
    assert meant.value is found


def test_a_replica_shares_what_its_primary_key_says() -> None:
    replica = "Resources: {Key: {Type: AWS::KMS::ReplicaKey, Properties: {PrimaryKeyArn: a, KeyPolicy: {}}}}"
    [found] = values(loaded(replica).inventory.all(Key))
    assert known(found.multi_region) is True
    assert isinstance(found.rotation, Unknown)
