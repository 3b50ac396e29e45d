"""A log group of CloudWatch Logs."""

from __future__ import annotations

from pipecheck.values import Place, Value
from pipecheck.values.record import record


@record
class LogGroup:
    """A log group. Without `retention_days` its events never expire; `kms_key` is the key they are encrypted with.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
    """

    name: Value[str]
    retention_days: Value[int]
    kms_key: Value[str]
    place: Place
