"""What a rule is called on: one pipeline, stage, action, store, role, bucket … in its surroundings."""

from __future__ import annotations

from collections.abc import Mapping

from pipecheck.model.inventory import Inventory
from pipecheck.values import Place
from pipecheck.values.record import record


@record
class SubjectName:
    """What a subject is called in reports. Names that do not apply or cannot be resolved are None.

    `address` is the route in its definition (`Resources.Pipeline`); `pipelines` are all pipelines that use it.
    """

    kind: str
    address: str
    pipeline: str | None = None
    stage: str | None = None
    action: str | None = None
    arn: str | None = None
    pipelines: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The shortest text that tells a reader which one is meant."""
        path = [part for part in (self.pipeline, self.stage, self.action) if part]
        return " > ".join(path) if path else self.address


@record
class Subject:
    """A model object with the names under which a rule's expression reaches it and its surroundings.

    `bindings` maps `pipeline`, `stage`, `action`, `store` … to model objects; the subject is among them. `identity`
    is stable under moves and renames of files and joins the fingerprint.
    """

    kind: str
    value: object
    bindings: Mapping[str, object]
    name: SubjectName
    identity: tuple[str, ...]
    place: Place
    inventory: Inventory
