"""Everything one scan sees together, and the links between its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any, TypeAlias, TypeVar

from pipecheck.model.alarm import Alarm
from pipecheck.model.bucket import Bucket, BucketPolicy
from pipecheck.model.build_project import BuildProject
from pipecheck.model.connection import Connection
from pipecheck.model.container_service import ContainerService
from pipecheck.model.deployment import DeploymentApplication, DeploymentConfiguration, DeploymentGroup
from pipecheck.model.event_rule import EventRule
from pipecheck.model.function import CodeSigning, Function
from pipecheck.model.key import Key, KeyAlias
from pipecheck.model.log_group import LogGroup
from pipecheck.model.notification_rule import NotificationRule
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.repository import RegistryScanning, Repository
from pipecheck.model.role import Role
from pipecheck.model.secret import Secret, SecretPolicy, SecretRotation
from pipecheck.model.snapshot import GLOBAL
from pipecheck.model.stored_parameter import StoredParameter
from pipecheck.model.topic import Topic, TopicPolicy, TopicSubscription
from pipecheck.model.trail import Trail
from pipecheck.model.webhook import Webhook
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
from pipecheck.values.text import named_plainly, spelled

Resource: TypeAlias = (
    Pipeline
    | Role
    | Bucket
    | BucketPolicy
    | Key
    | KeyAlias
    | BuildProject
    | EventRule
    | Repository
    | RegistryScanning
    | LogGroup
    | Webhook
    | Alarm
    | CodeSigning
    | Connection
    | ContainerService
    | DeploymentApplication
    | DeploymentConfiguration
    | DeploymentGroup
    | Function
    | NotificationRule
    | Secret
    | SecretPolicy
    | SecretRotation
    | StoredParameter
    | Topic
    | TopicPolicy
    | TopicSubscription
    | Trail
)
R = TypeVar("R", bound=Resource)
T = TypeVar("T")

NOUNS: Mapping[type, str] = {
    Pipeline: "pipeline",
    Role: "role",
    Bucket: "bucket",
    BucketPolicy: "bucket policy",
    Key: "key",
    KeyAlias: "key alias",
    BuildProject: "build project",
    EventRule: "event rule",
    Repository: "repository",
    RegistryScanning: "registry scanning configuration",
    LogGroup: "log group",
    Webhook: "webhook",
    Alarm: "alarm",
    CodeSigning: "code signing configuration",
    Connection: "connection",
    ContainerService: "ECS service",
    DeploymentApplication: "CodeDeploy application",
    DeploymentConfiguration: "deployment configuration",
    DeploymentGroup: "deployment group",
    Function: "Lambda function",
    NotificationRule: "notification rule",
    Secret: "secret",
    SecretPolicy: "secret policy",
    SecretRotation: "secret rotation",
    StoredParameter: "stored parameter",
    Topic: "topic",
    TopicPolicy: "topic policy",
    TopicSubscription: "topic subscription",
    Trail: "trail",
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

_ARN_ACCOUNT = 4
_ARN_NAME = 6
"""Where the name stands in ARNs that may go on behind it: `arn:aws:lambda:<region>:<account>:function:name:alias`."""

_NOT_GIVEN = frozenset({Reason.ACCESS_DENIED, Reason.NOT_FETCHED})

_SECRET_SUFFIX = re.compile(r"-[A-Za-z0-9]{6}\Z")
"""What Secrets Manager adds to the name of a secret in its ARN."""

_COLON = re.compile(r":(?![^{]*\})")
"""A colon that does not stand in a placeholder such as `${AWS::AccountId}`."""


@record
class ScannedInput:
    """One input that was read: its name, what it is, and the names of the pipelines in it."""

    uri: str
    kind: str
    pipelines: tuple[str, ...]


@record
class Home:
    """Where a live resource is: `region` is GLOBAL for what has none, `arn` "" for what has none."""

    account: str
    region: str
    arn: str


@record
class Inventory:
    """The resources of one set of inputs, by kind. `addresses` names the resource that a Ref or GetAtt means.

    `homes` tells of each source that is the file of a snapshot where its resource is.
    `file` gives the text of a file that an input names, by the input's source and the path; None where it is not in
    view.
    """

    inputs: tuple[ScannedInput, ...]
    resources: Mapping[type, Items[Any]]
    addresses: Mapping[tuple[str, str], Resource] = field(default_factory=dict)
    homes: Mapping[str, Home] = field(default_factory=dict)
    file: Callable[[str, str], str | None] = field(default=lambda _source, _path: None)
    _worked_out: dict[Callable[[Inventory], Any], Any] = field(default_factory=dict, init=False)

    def once(self, work: Callable[[Inventory], T]) -> T:
        """What `work` makes of the inventory: worked out on the first call, the same object afterwards."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        result: T = self._worked_out[work]
        return result

    def all(self, kind: type[R]) -> Items[R]:
        """Every resource of a kind, such as `Role`."""
        return self.resources.get(kind, _NONE)

    def arn(self, resource: Resource) -> str | None:
        """The ARN of a live resource; None for any other."""
        home = self.homes.get(resource.place.source)
        return home.arn or None if home is not None else None

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
            if isinstance(name, Unknown) and name.reason in _NOT_GIVEN:
                return Unknown(name.reason, f"the {noun} is not known: {detail}", name.place)
            return Unknown(Reason.NOT_SCANNED, f"the {noun} is not in the input: {detail}", name.place)
        if not text:
            default = next((step.name for step in name.via if step.kind == "parameter-default"), None)
            empty = f"parameter {default} has an empty default" if default else f"the name of the {noun} is empty"
            return Unknown(Reason.NOT_SCANNED, f"the {noun} is not in the input: {empty}", name.place)
        wanted = _name_in(text, kind)
        if text.startswith("arn:") and _ARN_MARKS.get(kind, "") not in text:
            return Unknown(Reason.NOT_SCANNED, f"{named_plainly(text)} is no {noun}", name.place)
        called = self.once(_by_name).get((kind, wanted), ())
        found = [item for item in called if isinstance(item, kind) and _may_mean(item, name.place)]
        if self.homes:
            found = self._nearest(found, text, name.place)
        elif kind is Role and len(self.once(_accounts).get(wanted, ())) > 1 and not _is_own(text):
            detail = (
                f"roles called {wanted} are named in several accounts, and which of them is in the input is not known"
            )
            return Unknown(Reason.AMBIGUOUS_NAME, detail, name.place)
        if len(found) == 1:
            return Known(found[0], name.place, name.via)
        if found:
            return Unknown(
                Reason.AMBIGUOUS_NAME, f"{len(found)} resources are called {named_plainly(wanted)}", name.place
            )
        return Unknown(Reason.NOT_SCANNED, f"the {noun} {named_plainly(text)} is not in the input", name.place)

    def _nearest(self, found: list[R], text: str, user: Place) -> list[R]:
        """Of the live resources that have a name, those in the account and region that are meant.

        An ARN says which. A name means one of the user's own region, else of its account, where an action may say
        that it works in another region. Names of buckets are the world's.
        """
        parts = text.split(":") if text.startswith("arn:") else []
        home = self.homes.get(user.source)
        if len(parts) > _ARN_ACCOUNT:
            region, account = parts[_ARN_ACCOUNT - 1], parts[_ARN_ACCOUNT]
        elif home is not None:
            region, account = home.region, home.account
        else:
            return found
        own = [item for item in found if isinstance(item, Bucket) or self._is_in(item, account, "")]
        here = [item for item in own if isinstance(item, Bucket) or self._is_in(item, account, region)]
        return here or ([] if parts else own)

    def _is_in(self, resource: Resource, account: str, region: str) -> bool:
        """Whether a resource is in an account and a region, each of which may be empty for any."""
        home = self.homes.get(resource.place.source)
        if home is None:
            return True
        return account in {"", home.account} and (
            not region or GLOBAL in {region, home.region} or region == home.region
        )


_NONE: Items[Any] = Items((), Place("", ()))


def _by_name(inventory: Inventory) -> Mapping[tuple[type, str], list[Resource]]:
    """The resources of each kind by their name, unknown parts of it by their spelling."""
    found: dict[tuple[type, str], list[Resource]] = {}
    for kind, items in inventory.resources.items():
        for resource in values(items):
            name = spelled(resource.name)
            if name is not None:
                found.setdefault((kind, name), []).append(resource)
    return found


_ACCOUNT = 4
"""Where the account stands in an ARN."""


def _accounts(inventory: Inventory) -> Mapping[str, frozenset[str]]:
    """The accounts in which pipelines and builds name roles by ARN, by the name of the role."""
    found: dict[str, set[str]] = {}
    for arn in _role_arns(inventory):
        text = spelled(arn) or ""
        if text.startswith("arn:") and _ARN_MARKS[Role] in text:
            found.setdefault(_name_in(text, Role), set()).add(_account_in(text))
    return {name: frozenset(accounts) for name, accounts in found.items()}


def _role_arns(inventory: Inventory) -> Iterator[Value[str]]:
    for pipeline in values(inventory.all(Pipeline)):
        yield pipeline.role_arn
        for stage in values(pipeline.stages):
            for action in values(stage.actions):
                yield action.role_arn
                yield action.configuration.get("RoleArn")
    for project in values(inventory.all(BuildProject)):
        yield project.service_role


def _account_in(arn: str) -> str:
    parts = _COLON.split(arn)
    return parts[_ACCOUNT] if len(parts) > _ACCOUNT else ""


def _is_own(arn: str) -> bool:
    """Whether an ARN is of the account that the template itself is deployed to."""
    return not arn.startswith("arn:") or _account_in(arn) == "${AWS::AccountId}"


def _may_mean(resource: Resource, user: Place) -> bool:
    """Whether a name used at `user` can mean a resource of that name: spellings hold in one source only."""
    return isinstance(resource.name, Known) or resource.place.source == user.source


def _name_in(text: str, kind: type) -> str:
    """The name in an ARN: what follows the last `/` of a role or project, the last `:` of a bucket or pipeline.

    Functions, secrets and stored parameters write their ARNs in ways of their own.
    """
    if not text.startswith("arn:"):
        return text
    parts = _COLON.split(text)
    if kind is Function:
        return parts[_ARN_NAME] if len(parts) > _ARN_NAME else text
    if kind is Secret:
        return _SECRET_SUFFIX.sub("", parts[_ARN_NAME]) if len(parts) > _ARN_NAME else text
    if kind is StoredParameter:
        path = parts[-1].removeprefix("parameter")
        return path if path.count("/") > 1 else path.removeprefix("/")
    return parts[-1].rsplit("/", 1)[-1]


def _ending_reference(value: Value[str]) -> Reference | None:
    """The resource named by the last piece of a text such as `arn:aws:iam::…:role/${Role}`."""
    if isinstance(value, Unknown) and len(value.pieces) > 1:
        head, last = value.pieces[0], value.pieces[-1]
        if isinstance(last, Unknown) and isinstance(head, str) and head.startswith("arn:"):
            return reference(last)
    return None
