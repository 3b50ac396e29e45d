"""Everything one scan sees together, and the links between its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias, TypeVar

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
_COLON = re.compile(r":(?![^{}]*\})")
"""A colon that does not stand in a placeholder such as `${AWS::AccountId}`."""

R = TypeVar("R", Pipeline, Role, Bucket, BuildProject, EventRule)


@record
class ScannedInput:
    """One input that was read: its name, what it is, and the names of the pipelines in it."""

    uri: str
    kind: str
    pipelines: tuple[str, ...]


@record
class Inventory:
    """The resources of one set of inputs. `addresses` names the resource a Ref or GetAtt means."""

    inputs: tuple[ScannedInput, ...]
    pipelines: Items[Pipeline]
    roles: Items[Role]
    buckets: Items[Bucket]
    build_projects: Items[BuildProject]
    event_rules: Items[EventRule]
    addresses: Mapping[tuple[str, str], Resource] = field(default_factory=dict)

    def role(self, arn: Value[str]) -> Value[Role]:
        """The role an ARN or name means: Absent where none is named, Unknown where it is not in the input."""
        return self._find(arn, Role, self.roles, "the role")

    def bucket(self, name: Value[str]) -> Value[Bucket]:
        """The bucket a name or ARN means."""
        return self._find(name, Bucket, self.buckets, "the bucket")

    def build_project(self, name: Value[str]) -> Value[BuildProject]:
        """The build project a name or ARN means."""
        return self._find(name, BuildProject, self.build_projects, "the build project")

    def pipeline(self, name: Value[str]) -> Value[Pipeline]:
        """The pipeline a name or ARN means."""
        return self._find(name, Pipeline, self.pipelines, "the pipeline")

    def _find(self, value: Value[str], kind: type[R], items: Items[R], noun: str) -> Value[R]:
        if isinstance(value, Absent):
            return value
        meant = reference(value) or _ending_reference(value)
        if meant is not None:
            return self._addressed(value, meant, kind, noun)
        if isinstance(value, Unknown) and value.candidates:
            return bind(value, lambda text: self._named(Known(text, value.place, value.via), items, noun))
        return self._named(value, items, noun)

    def _addressed(self, value: Value[str], meant: Reference, kind: type[R], noun: str) -> Value[R]:
        resource = self.addresses.get((meant.source, meant.logical_id))
        if isinstance(resource, kind):
            return Known(resource, value.place, () if isinstance(value, Absent) else value.via)
        return Unknown(Reason.NOT_SCANNED, f"{noun} {meant.logical_id} is not in the input", value.place)

    def _named(self, value: Value[str], items: Items[R], noun: str) -> Value[R]:
        if isinstance(value, Absent):
            return value
        text = spelled(value)
        if text is None:
            detail = value.detail if isinstance(value, Unknown) else ""
            return Unknown(Reason.NOT_SCANNED, f"{noun} is not in the input: {detail}", value.place)
        if not text:
            return Unknown(Reason.NOT_SCANNED, f"the name of {noun} is an empty text", value.place)
        wanted = _last_part(text)
        found = [item for item in values(items) if _is_called(item, wanted, value.place)]
        if len(found) == 1:
            return Known(found[0], value.place, value.via)
        if found:
            return Unknown(Reason.AMBIGUOUS_NAME, f"{len(found)} resources are called {wanted}", value.place)
        return Unknown(Reason.NOT_SCANNED, f"{noun} {text} is not in the input", value.place)


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
