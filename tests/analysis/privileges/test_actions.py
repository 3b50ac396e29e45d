from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.actions import Breadth, breadth, covers_everything, is_documented_for_beanstalk


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("*", Breadth.EVERYTHING),
        ("*:*", Breadth.EVERYTHING),
        ("**", Breadth.EVERYTHING),
        ("?*", Breadth.EVERYTHING),
        ("*?:?*", Breadth.EVERYTHING),
        ("s3:GetObject", Breadth.EXPLICIT),
        ("S3:getobject", Breadth.EXPLICIT),
        ("s3:*", Breadth.SERVICE),
        ("S3:**", Breadth.SERVICE),
        ("s3:?*", Breadth.SERVICE),
        ("s3*", Breadth.SERVICE),
        ("ec2:Describe*", Breadth.READS),
        ("EC2:DESCRIBE*", Breadth.READS),
        ("ec2:DescribeSubnet?", Breadth.READS),
        ("s3:List*", Breadth.READS),
        ("s3:GetBucket*", Breadth.READS),
        ("codebuild:BatchGet*", Breadth.READS),
        ("ecr:BatchCheck*", Breadth.READS),
        ("iam:Get*", Breadth.READS),
        ("s3:Get*", Breadth.DATA),
        ("s3:get*object", Breadth.DATA),
        ("ssm:Get*", Breadth.DATA),
        ("secretsmanager:Get*Value", Breadth.DATA),
        ("sts:Get*", Breadth.DATA),
        ("ecr:BatchGet*", Breadth.DATA),
        ("s3:GetObject*", Breadth.VARIANTS),
        ("ssm:GetParameter*", Breadth.VARIANTS),
        ("S3:PutObject*", Breadth.VARIANTS),
        ("s3:Abort*", Breadth.VARIANTS),
        ("kms:GenerateDataKey*", Breadth.VARIANTS),
        ("kms:ReEncrypt*", Breadth.VARIANTS),
        ("s3:Put*", Breadth.WRITES),
        ("iam:Create*", Breadth.WRITES),
        ("lambda:Update*", Breadth.WRITES),
        ("ecr:Batch*", Breadth.WRITES),
        ("s3:G*", Breadth.WRITES),
        ("ec2:D*", Breadth.WRITES),
        ("cloudformation:*Stack", Breadth.WRITES),
        ("sts:Assume*", Breadth.WRITES),
    ],
)
def test_how_much_an_action_covers(action: str, expected: Breadth) -> None:
    assert breadth(action) is expected


def test_only_stars_cover_everything() -> None:
    assert covers_everything(" * ")
    assert not covers_everything("s3:*")
    assert not covers_everything("*:Get*")


def test_only_whole_services_are_documented_for_beanstalk() -> None:
    assert is_documented_for_beanstalk("EC2:*")
    assert not is_documented_for_beanstalk("ec2:Run*")
    assert not is_documented_for_beanstalk("iam:*")
