"""A webhook with which a Git host starts a pipeline."""

from __future__ import annotations

from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class WebhookFilter:
    """What a delivery has to say for it to start the pipeline: `match_equals` at `json_path`."""

    json_path: Value[str]
    match_equals: Value[str]
    place: Place


@record
class Webhook:
    """A webhook of CodePipeline; deliveries start `target_action`, a source action of `target_pipeline`.

    `authentication` is GITHUB_HMAC, IP or UNAUTHENTICATED; `secret_token` belongs to the first, `allowed_ip_range` to
    the second. https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookDefinition.html
    """

    name: Value[str]
    authentication: Value[str]
    secret_token: Value[str]
    allowed_ip_range: Value[str]
    filters: Items[WebhookFilter]
    target_pipeline: Value[str]
    target_action: Value[str]
    place: Place
