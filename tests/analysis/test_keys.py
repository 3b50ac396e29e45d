"""Which key an id, ARN, alias or reference means."""

from __future__ import annotations

import pytest

from pipecheck.analysis.keys import key_named
from pipecheck.model.key import Key
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Absent, Known, Reason, Unknown
from pipecheck.values.items import values
from tests.loaders.templates import loaded

TEMPLATE = """
Parameters: {KeyArn: {Type: String}, App: {Type: String}}
Resources:
  Key: {Type: AWS::KMS::Key}
  Alias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: !Sub "alias/${App}", TargetKeyId: !Ref Key}
  Fixed:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/shop/artifacts, TargetKeyId: !GetAtt Key.Arn}
  Lost:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/lost, TargetKeyId: !Ref KeyArn}
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: artifacts, EncryptionKey: {Type: KMS, Id: %s}}
      Stages: []
"""


def meant(id: str) -> Known[Key] | Absent | Unknown:
    inventory = loaded(TEMPLATE % id).inventory
    [pipeline] = values(inventory.all(Pipeline))
    [store] = values(pipeline.artifact_stores)
    assert isinstance(store.encryption_key, Known)
    return key_named(store.encryption_key.value.id, inventory)


@pytest.mark.parametrize(
    "id",
    [
        "!Ref Key",
        "!GetAtt Key.Arn",
        "!Ref Alias",
        "!Sub 'alias/${App}'",
        "!Ref Fixed",
        "alias/shop/artifacts",
        "arn:aws:kms:eu-west-1:111122223333:alias/shop/artifacts",
        "!Sub 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/shop/artifacts'",
        "!Sub 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}'",
    ],
)
def test_the_key_of_the_template(id: str) -> None:
    key = meant(id)
    assert isinstance(key, Known)
    assert key.value.place.route == ("Resources", "Key")
    assert key.place.route[-1] == "Id"


@pytest.mark.parametrize("id", ["alias/aws/s3", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"])
def test_a_key_that_aws_manages_is_none(id: str) -> None:
    assert isinstance(meant(id), Absent)


@pytest.mark.parametrize(
    "id", ["!Ref KeyArn", "alias/other", "!Ref Lost", "arn:aws:kms:eu-west-1:111122223333:key/2c7f6f0e"]
)
def test_a_key_outside_the_input_is_unknown(id: str) -> None:
    key = meant(id)
    assert isinstance(key, Unknown)
    assert key.reason is Reason.NOT_SCANNED
