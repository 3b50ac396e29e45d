"""Everything one scan sees together, and the links between its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any, TypeAlias, TypeVar

from pipecheck.model.bucket import Bucket
from pipecheck.model.build_project import BuildProject
from pipecheck.model.event_rule import EventRule
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.role import Role
from pipecheck.values import (
    Absent,
    Items,
    Known,
    Place,
    Reason,
    Reference,
    Unknown,
    Value,
    bind,
    reference,
)
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import spelled

Resource: TypeAlias = Pipeline | Role | Bucket | BuildProject | EventRule
R = TypeVar("R", bound=Resource)

NOUNS: Mapping[type, str] = {
    Pipeline: "pipeline",
    Role: "role",
    Bucket: "bucket",
    BuildProject: "build project",
    EventRule: "event rule",
}
"""What a reader calls each kind of resource."""

_ARN_MARKS: Mapping[type, str] = {
    Pipeline: ":codepipeline:",
    Role: ":role/",
    Bucket: ":s3:",
    BuildProject: ":project/",
    EventRule: ":rule/",
}
"""What the ARN of each kind holds: a user's ARN that ends like a role's name is no role."""

_COLON = re.compile(r":(?![^{]*\})")
"""A colon that does not stand in a placeholder such as `${AWS::AccountId}`."""


@record
class ScannedInput:
    """One input that was read: its name, what it is, and the names of the pipelines in it."""

    uri: str
    kind: str
    pipelines: tuple[str, ...]


@record
class Inventory:
    """The resources of one set of inputs, by kind. `addresses` names the resource that a Ref or GetAtt means."""

    inputs: tuple[ScannedInput, ...]
    resources: Mapping[type, Items[Any]]
    addresses: Mapping[tuple[str, str], Resource] = field(default_factory=dict)

    def all(self, kind: type[R]) -> Items[R]:
        """Every resource of a kind, such as `Role`."""
        return self.resources.get(kind, _NONE)

    def find(self, kind: type[R], name: Value[str]) -> Value[R]:
        """The resource that a name, ARN or reference means.

        Absent where nothing is named; Unknown where it is not in the input or the name fits several.
        """
        if isinstance(name, Absent):
            return name
        meant = reference(name) or _ending_reference(name)
        if meant is not None:
            return self._addressed(name, meant, kind)
        if isinstance(name, Unknown) and name.candidates:
            return bind(name, lambda text: self._named(Known(text, name.place, name.via), kind))
        return self._named(name, kind)

    def _addressed(self, name: Known[str] | Unknown, meant: Reference, kind: type[R]) -> Value[R]:
        resource = self.addresses.get((meant.source, meant.logical_id))
        if isinstance(resource, kind):
            return Known(resource, name.place, name.via)
        detail = f"the {NOUNS[kind]} {meant.logical_id} is not in the input"
        return Unknown(Reason.NOT_SCANNED, detail, name.place)

    def _named(self, name: Known[str] | Unknown, kind: type[R]) -> Value[R]:
        noun = NOUNS[kind]
        text = spelled(name)
        if text is None:
            detail = name.detail if isinstance(name, Unknown) else ""
            return Unknown(Reason.NOT_SCANNED, f"the {noun} is not in the input: {detail}", name.place)
        if not text:
            default = next((step.name for step in name.via if step.kind == "parameter-default"), None)
            empty = f"parameter {default} has an empty default" if default else f"the name of the {noun} is empty"
            return Unknown(Reason.NOT_SCANNED, f"the {noun} is not in the input: {empty}", name.place)
        wanted = _last_part(text)
        if text.startswith("arn:") and _ARN_MARKS.get(kind, "") not in text:
            return Unknown(Reason.NOT_SCANNED, f"{text} is no {noun}", name.place)
        found = [item for item in values(self.all(kind)) if _is_called(item, wanted, name.place)]
        if len(found) == 1:
            return Known(found[0], name.place, name.via)
        if found:
            return Unknown(Reason.AMBIGUOUS_NAME, f"{len(found)} resources are called {wanted}", name.place)
        return Unknown(Reason.NOT_SCANNED, f"the {noun} {text} is not in the input", name.place)


_NONE: Items[Any] = Items((), Place("", ()))


def _is_called(resource: Resource, wanted: str, user: Place) -> bool:
    if isinstance(resource.name, Absent):
        return False
    if isinstance(resource.name, Unknown) and resource.place.source != user.source:
        return False
    return spelled(resource.name) == wanted


def _last_part(text: str) -> str:
    """The name in an ARN: what follows the last `/` of a role or project, the last `:` of a bucket or pipeline."""
    return _COLON.split(text)[-1].rsplit("/", 1)[-1] if text.startswith("arn:") else text


def _ending_reference(value: Value[str]) -> Reference | None:
    """The resource named by the last piece of a text such as `arn:aws:iam::…:role/${Role}`."""
    if isinstance(value, Unknown) and len(value.pieces) > 1:
        head, last = value.pieces[0], value.pieces[-1]
        if isinstance(last, Unknown) and isinstance(head, str) and head.startswith("arn:"):
            return reference(last)
    return None
