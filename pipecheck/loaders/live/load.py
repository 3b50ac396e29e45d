"""From the documents of a snapshot to its resources."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.errors import InputError
from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.defect import defect
from pipecheck.loaders.live.entry import Entry, entry_of
from pipecheck.loaders.live.resources import resources_of
from pipecheck.loaders.snapshot import Snapshot
from pipecheck.model.inventory import Home, Resource, ScannedInput
from pipecheck.model.log_group import LogGroup
from pipecheck.model.notification_rule import NotificationRule
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.snapshot import MISSING, REGION_DISABLED
from pipecheck.model.trail import Trail
from pipecheck.model.webhook import Webhook
from pipecheck.syntax.document import Document
from pipecheck.values import Member, Unknown

_LISTED: dict[str, type] = {
    "codepipeline/pipeline-list": Pipeline,
    "codepipeline/webhook-list": Webhook,
    "codestar-notifications/notification-rule-list": NotificationRule,
    "cloudtrail/trail-list": Trail,
}


def load_snapshot(documents: Sequence[Document], buildspecs: Buildspecs) -> Snapshot:
    """The resources that exist; those of which AWS said nothing are there, and all of them is unknown."""
    entries = [entry for document in documents if (entry := entry_of(document)) is not None]
    policies = {entry.arn: entry for entry in entries if entry.type == "iam/policy"}
    members: dict[type, list[Member[Resource]]] = {}
    unlisted: dict[type, Unknown] = {}
    pipelines: dict[str, tuple[str, ...]] = {}
    errors: list[InputError] = []
    for entry in entries:
        if entry.type in _LISTED and entry.unknown is not None and not _is_disabled(entry):
            unlisted.setdefault(_LISTED[entry.type], entry.unknown)
        if _is_missing(entry):
            continue
        if entry.type == "logs/log-group" and entry.unknown is not None:
            unlisted.setdefault(LogGroup, entry.unknown)  # it may not even exist, which some rules ask for
            continue
        try:
            resources = resources_of(entry, policies, buildspecs)
        except Exception as error:  # noqa: BLE001 - the other files go on
            errors.append(defect(entry.uri, error))
            continue
        for resource in resources:
            members.setdefault(type(resource), []).append(Member(resource))
            if isinstance(resource, Pipeline):
                pipelines[entry.uri] = (entry.name,)
    inputs = tuple(ScannedInput(document.uri, "snapshot", pipelines.get(document.uri, ())) for document in documents)
    homes = {entry.uri: Home(entry.account, entry.region, entry.arn) for entry in entries}
    return Snapshot(inputs, members, unlisted, homes, tuple(errors))


def _is_missing(entry: Entry) -> bool:
    return entry.why is not None and entry.why.get("reason") == MISSING


def _is_disabled(entry: Entry) -> bool:
    """Whether the region is not enabled, so that there is nothing in it."""
    return entry.why is not None and entry.why.get("reason") == REGION_DISABLED
