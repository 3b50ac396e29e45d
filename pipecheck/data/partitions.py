"""Which partition a region belongs to, and what the names of its services end with.

https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
"""

from __future__ import annotations

_BY_REGION = (
    ("cn-", "aws-cn", "amazonaws.com.cn"),
    ("us-gov-", "aws-us-gov", "amazonaws.com"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
    ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
    ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
    ("eusc-", "aws-eusc", "amazonaws.eu"),
)


def partition_of(region: str) -> tuple[str, str]:
    """The partition of a region and its suffix of domain names, such as `aws` and `amazonaws.com`."""
    for prefix, partition, suffix in _BY_REGION:
        if region.startswith(prefix):
            return partition, suffix
    return "aws", "amazonaws.com"
