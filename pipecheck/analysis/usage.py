"""Who uses a resource: the links of the inventory, followed backwards."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Absent, Known
from pipecheck.values.items import values


def pipelines_keeping_in(bucket: Bucket, inventory: Inventory) -> tuple[Pipeline, ...]:
    """The pipelines that keep artifacts in the bucket."""
    return tuple(
        pipeline
        for pipeline in values(inventory.all(Pipeline))
        if any(
            isinstance(found := inventory.find(Bucket, store.location), Known) and found.value is bucket
            for store in values(pipeline.artifact_stores)
        )
    )


def actions_run_with(role: Role, inventory: Inventory) -> Iterator[Action]:
    """The actions that run with the role: their own, or the pipeline's where they name none."""
    for pipeline in values(inventory.all(Pipeline)):
        for stage in values(pipeline.stages):
            for action in values(stage.actions):
                arn = pipeline.role_arn if isinstance(action.role_arn, Absent) else action.role_arn
                found = inventory.find(Role, arn)
                if isinstance(found, Known) and found.value is role:
                    yield action
