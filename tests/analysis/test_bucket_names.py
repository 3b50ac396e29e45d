"""The bucket in a location."""

from __future__ import annotations

import pytest

from pipecheck.analysis.bucket_names import bucket_in
from pipecheck.values import Absent
from pipecheck.values.text import spelled
from tests.model_builder import NOWHERE, Text, parameter, pieces, pseudo, text


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("logs", "logs"),
        ("logs/app/builds", "logs"),
        ("arn:aws:s3:::logs/app", "arn:aws:s3:::logs"),
        (parameter("Bucket"), "${Bucket}"),
        (pieces(parameter("Bucket"), "/app"), "${Bucket}"),
        (pieces("logs-", parameter("App"), "/app/", parameter("Stage")), "logs-${App}"),
        (pieces("logs-", parameter("App"), "-x/app"), "logs-${App}-x"),
        (pieces("arn:", pseudo("AWS::Partition"), ":s3:::logs/app"), "arn:${AWS::Partition}:s3:::logs"),
    ],
)
def test_what_stands_before_the_first_slash(location: Text, expected: str) -> None:
    assert spelled(bucket_in(text(location))) == expected


def test_no_location_is_no_bucket() -> None:
    assert isinstance(bucket_in(NOWHERE), Absent)
