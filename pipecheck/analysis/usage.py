"""Who uses a resource: the links of the inventory, followed backwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipecheck.analysis.bucket_names import buckets_of_action
from pipecheck.analysis.keys import key_named
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.key import Key
from pipecheck.model.pipeline import Action, ArtifactStore, Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Absent, Known, bind
from pipecheck.values.items import values
from pipecheck.values.record import record


def pipelines_keeping_in(bucket: Bucket, inventory: Inventory) -> Sequence[Pipeline]:
    """The pipelines that keep artifacts in the bucket."""
    return inventory.once(_pipelines_by_bucket).get(id(bucket), ())


def pipelines_using(bucket: Bucket, inventory: Inventory) -> Sequence[Pipeline]:
    """The pipelines that keep artifacts in the bucket or take a source from it, or run a build that works with it."""
    return inventory.once(_pipelines_by_any_bucket).get(id(bucket), ())


@record
class KeyUse:
    """A pipeline and one of its artifact stores."""

    pipeline: Pipeline
    store: ArtifactStore


def stores_encrypted_with(key: Key, inventory: Inventory) -> Sequence[KeyUse]:
    """The artifact stores that name the key."""
    return inventory.once(_stores_by_key).get(id(key), ())


def actions_run_with(role: Role, inventory: Inventory) -> Sequence[Action]:
    """The actions that run with the role: their own, or the pipeline's where they name none."""
    return inventory.once(_actions_by_role).get(id(role), ())


def _pipelines_by_bucket(inventory: Inventory) -> Mapping[int, Sequence[Pipeline]]:
    """Each pipeline once per bucket, by the bucket's identity: equal buckets may be two."""
    found: dict[int, list[Pipeline]] = {}
    for pipeline in values(inventory.all(Pipeline)):
        buckets = (inventory.find(Bucket, store.location) for store in values(pipeline.artifact_stores))
        for bucket in {id(bucket.value) for bucket in buckets if isinstance(bucket, Known)}:
            found.setdefault(bucket, []).append(pipeline)
    return found


def _pipelines_by_any_bucket(inventory: Inventory) -> Mapping[int, Sequence[Pipeline]]:
    found: dict[int, list[Pipeline]] = {}
    for pipeline in values(inventory.all(Pipeline)):
        names = [store.location for store in values(pipeline.artifact_stores)]
        for stage in values(pipeline.stages):
            for action in values(stage.actions):
                names += buckets_of_action(action, inventory)
        buckets = (inventory.find(Bucket, name) for name in names)
        for bucket in {id(bucket.value) for bucket in buckets if isinstance(bucket, Known)}:
            found.setdefault(bucket, []).append(pipeline)
    return found


def _stores_by_key(inventory: Inventory) -> Mapping[int, Sequence[KeyUse]]:
    found: dict[int, list[KeyUse]] = {}
    for pipeline in values(inventory.all(Pipeline)):
        for store in values(pipeline.artifact_stores):
            key = key_named(bind(store.encryption_key, lambda named: named.id), inventory)
            if isinstance(key, Known):
                found.setdefault(id(key.value), []).append(KeyUse(pipeline, store))
    return found


def _actions_by_role(inventory: Inventory) -> Mapping[int, Sequence[Action]]:
    found: dict[int, list[Action]] = {}
    for pipeline in values(inventory.all(Pipeline)):
        for stage in values(pipeline.stages):
            for action in values(stage.actions):
                arn = pipeline.role_arn if isinstance(action.role_arn, Absent) else action.role_arn
                role = inventory.find(Role, arn)
                if isinstance(role, Known):
                    found.setdefault(id(role.value), []).append(action)
    return found
