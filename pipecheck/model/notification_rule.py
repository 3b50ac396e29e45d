"""A notification rule: who is told of what happens to a pipeline, a project or a repository."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class NotificationTarget:
    """Where notifications go: a `type` such as SNS or AWSChatbotSlack, and the ARN of what it is."""

    type: Value[str]
    address: Value[str]
    place: Place


@record
class NotificationRule:
    """A rule about one resource, by ARN. `status` is ENABLED or DISABLED.

    `events` are ids such as codepipeline-pipeline-pipeline-execution-failed, see
    https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html
    """

    name: Value[str]
    resource: Value[str]
    events: Items[Value[str]]
    status: Value[str]
    targets: Items[NotificationTarget]
    place: Place
