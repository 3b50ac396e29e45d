"""SNS topics, who listens to them, and who may publish to them.

https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
"""

from __future__ import annotations

from pipecheck.model.policy import Statement
from pipecheck.values import Absent, Items, Place, Value
from pipecheck.values.record import record


@record
class TopicSubscription:
    """Who listens to a topic: an `endpoint` of a `protocol` such as email, https, lambda or sqs.

    Whether it is confirmed is known only after deployment.
    """

    topic: Value[str]
    protocol: Value[str]
    endpoint: Value[str]
    place: Place

    @property
    def name(self) -> Value[str]:
        """A subscription has no name."""
        return Absent(self.place)


@record
class Topic:
    """A topic. `subscriptions` are those written in it; others may be resources of their own.

    Without `kms_key` its messages are not encrypted with a key of KMS.
    """

    name: Value[str]
    kms_key: Value[str]
    subscriptions: Items[TopicSubscription]
    place: Place


@record
class TopicPolicy:
    """A policy and the topics it is for, by ARN; it replaces the one that a topic has by default."""

    topics: Items[Value[str]]
    statements: Items[Statement]
    place: Place

    @property
    def name(self) -> Value[str]:
        """A topic policy has no name."""
        return Absent(self.place)
