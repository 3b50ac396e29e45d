"""From the Resources of a template to the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.cloudformation.services import service_decoder
from pipecheck.loaders.cloudformation.template import Template
from pipecheck.loaders.decode.bucket import decode_bucket, decode_bucket_policy
from pipecheck.loaders.decode.build_project import decode_build_project
from pipecheck.loaders.decode.key import decode_alias, decode_key, decode_replica_key
from pipecheck.loaders.decode.log_group import decode_log_group
from pipecheck.loaders.decode.pipeline import decode_pipeline
from pipecheck.loaders.decode.policy import decode_policy
from pipecheck.loaders.decode.repository import decode_registry_scanning, decode_repository
from pipecheck.loaders.decode.role import decode_role
from pipecheck.loaders.decode.webhook import decode_webhook
from pipecheck.loaders.names import CLOUDFORMATION
from pipecheck.loaders.node import Node, as_text, element_text
from pipecheck.model.inventory import Resource
from pipecheck.model.policy import Policy
from pipecheck.model.role import Role
from pipecheck.values import (
    ALWAYS,
    Absent,
    Guard,
    Items,
    Known,
    Member,
    Place,
    Truth,
    Unknown,
    Value,
    known,
    reference,
)
from pipecheck.values.items import values
from pipecheck.values.record import record, replace
from pipecheck.values.text import equals, spelled

T = TypeVar("T")

_POLICY_TYPES = {
    "AWS::IAM::Policy": "policy.name",
    "AWS::IAM::ManagedPolicy": "managed_policy.name",
    "AWS::IAM::RolePolicy": "policy.name",
}


Address: TypeAlias = tuple[str, str]
"""The source and the logical id of a resource."""


@record
class Declared:
    """A resource of a template: its logical id, type, properties, and when it is created."""

    logical_id: str
    type: str
    properties: Node
    guard: Guard
    present: Truth


@record
class Attachment:
    """A policy that names the roles it is attached to, and the address by which roles may name it."""

    address: Address
    policy: Member[Policy]
    roles: Items[Value[str]]


def declared(template: Template) -> Iterator[Declared]:
    """Every resource that is created in some case."""
    for logical_id, body in template.section("Resources").items():
        if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
            continue
        condition = body.get("Condition")
        guard: Guard = ALWAYS
        present = Truth.TRUE
        if isinstance(condition, str):
            certain = template.outcome(condition, ALWAYS)
            if certain is False:
                continue
            guard = ALWAYS if certain else frozenset({(condition, True)})
            present = Truth.TRUE if certain else template.conditions.assumed(condition)
        place = Place(template.source, ("Resources", logical_id))
        node = Node(body, place, template, guard)
        yield Declared(logical_id, body["Type"], _properties(node), guard, present)


def _properties(resource: Node) -> Node:
    """The properties of a resource, whose absent members are reported at the resource."""
    match resource.get("Properties"):
        case Known(properties):
            return replace(properties, owner=resource.place)
        case Absent():
            return replace(resource, raw={}, owner=resource.place)
        case Unknown() as unknown:
            return replace(resource, raw=unknown, owner=resource.place)


def of_type(
    resources: Iterable[Declared], kind: str, decode: Callable[[Node], T]
) -> tuple[tuple[str, Member[T]], ...]:
    """What `decode` makes of the resources of one type, by logical id."""
    return tuple(
        (resource.logical_id, Member(decode(resource.properties), resource.guard, resource.present))
        for resource in resources
        if resource.type == kind
    )


@record
class Attachments:
    """The policies of all templates, and the indexes of those of an address and of those that name a role.

    A role is named by its address or by the text that spells its name. What names a role is given as the index of the
    policy and of the member of the policy's roles. `unseen` are those of which nobody can say what role they name,
    and `called` counts the roles of each name.
    """

    every: tuple[Attachment, ...]
    by_id: Mapping[Address | None, Member[Policy]]
    by_role_id: Mapping[Address, Sequence[tuple[int, int]]]
    by_role_name: Mapping[str, Sequence[tuple[int, int]]]
    unseen: Sequence[tuple[int, int]]
    called: Mapping[str, int]


@record
class Decoded:
    """The resources of one template that the model holds."""

    members: Mapping[type, tuple[Member[Resource], ...]]
    addresses: Mapping[tuple[str, str], Resource]
    types: Mapping[tuple[str, str], str]


def decode_template(
    template: Template, resources: Sequence[Declared], attachments: Attachments, buildspecs: Buildspecs
) -> Decoded:
    """Every resource of the template that the model holds, with policies attached to their roles."""
    names = CLOUDFORMATION
    conditions = template.conditions
    decoders: dict[str, Callable[[Node], Resource]] = {
        "AWS::CodePipeline::Pipeline": lambda node: decode_pipeline(
            node,
            names,
            conditions,
            buildspecs,
            region=_deployed(template, "AWS::Region", node),
            account=_deployed(template, "AWS::AccountId", node),
        ),
        "AWS::S3::Bucket": lambda node: decode_bucket(node, names, _deployed(template, "AWS::Region", node)),
        "AWS::S3::BucketPolicy": lambda node: decode_bucket_policy(node, names),
        "AWS::KMS::Key": lambda node: decode_key(node, names),
        "AWS::KMS::ReplicaKey": lambda node: decode_replica_key(node, names),
        "AWS::KMS::Alias": lambda node: decode_alias(node, names),
        "AWS::CodeBuild::Project": lambda node: decode_build_project(node, names, buildspecs),
        "AWS::ECR::Repository": lambda node: decode_repository(node, names),
        "AWS::ECR::RegistryScanningConfiguration": lambda node: decode_registry_scanning(node, names),
        "AWS::Logs::LogGroup": lambda node: decode_log_group(node, names),
        "AWS::CodePipeline::Webhook": lambda node: decode_webhook(node, names),
    }
    found: list[tuple[str, Member[Resource]]] = []
    for kind, decode in decoders.items():
        found += of_type(resources, kind, decode)
    for resource in resources:
        decode_service = service_decoder(resource.type)
        if decode_service is not None:
            service = decode_service(resource.properties, names)
            found.append((resource.logical_id, Member(service, resource.guard, resource.present)))
    for resource in resources:
        if resource.type == "AWS::IAM::Role":
            role = _role(resource, attachments)
            found.append((resource.logical_id, Member(role, resource.guard, resource.present)))
    members: dict[type, list[Member[Resource]]] = {}
    for _, member in found:
        members.setdefault(type(member.value), []).append(member)
    return Decoded(
        {kind: tuple(group) for kind, group in members.items()},
        {(template.source, logical_id): member.value for logical_id, member in found},
        {(template.source, resource.logical_id): resource.type for resource in resources},
    )


def _deployed(template: Template, name: str, resource: Node) -> Value[str]:
    """Where the stack is deployed: its `AWS::Region` or `AWS::AccountId`."""
    return as_text(template.settle({"Ref": name}, resource.head, ALWAYS))


def attachments(resources: Iterable[Declared], policies: Iterable[Attachment]) -> Attachments:
    """What the policies of all templates are attached to; `resources` are those of all templates too."""
    every = tuple(policies)
    by_role_id: dict[Address, list[tuple[int, int]]] = {}
    by_role_name: dict[str, list[tuple[int, int]]] = {}
    unseen: list[tuple[int, int]] = []
    for at, attachment in enumerate(every):
        for index, role in enumerate(values(attachment.roles)):
            meant, name = _meant(role), spelled(role)
            if meant is not None:
                by_role_id.setdefault(meant, []).append((at, index))
            if name is not None:
                by_role_name.setdefault(name, []).append((at, index))
            if meant is None and isinstance(role, Unknown):
                unseen.append((at, index))
    by_id: dict[Address | None, Member[Policy]] = {attachment.address: attachment.policy for attachment in every}
    names = (r.properties.text(CLOUDFORMATION["role.name"]) for r in resources if r.type == "AWS::IAM::Role")
    called = Counter(name for role_name in names if (name := known(role_name)) is not None)
    return Attachments(every, by_id, by_role_id, by_role_name, unseen, called)


def policies_among(resources: Iterable[Declared]) -> tuple[Attachment, ...]:
    """The policies of a template that are resources of their own, with the roles that they name."""
    return tuple(_each_attachment(resources))


def _each_attachment(resources: Iterable[Declared]) -> Iterator[Attachment]:
    for resource in resources:
        if resource.type in _POLICY_TYPES:
            node = resource.properties
            policy = decode_policy(node, CLOUDFORMATION, _POLICY_TYPES[resource.type])
            roles = node.items(CLOUDFORMATION["policy.roles"]).each(element_text)
            if resource.type == "AWS::IAM::RolePolicy":
                roles = Items((Member(node.text(CLOUDFORMATION["role_policy.role"])),), node.place)
            member = Member(policy, resource.guard, resource.present)
            yield Attachment((node.place.source, resource.logical_id), member, roles)


def _role(resource: Declared, attachments: Attachments) -> Role:
    """The role with the policies that name it, and the managed policies of the input that it names."""
    role = decode_role(resource.properties, CLOUDFORMATION)
    source = role.place.source
    arns = role.managed_policy_arns
    by_id = attachments.by_id
    own = {meant for arn in values(arns) if (meant := _meant(arn)) in by_id}
    elsewhere = tuple(member for member in arns.members if _meant(member.value) not in own)
    from_here = [
        _under(by_id[address], member, source)
        for member in arns.members
        if (address := _meant(member.value)) in by_id
    ]
    address = (source, resource.logical_id)
    naming = dict.fromkeys(attachments.by_role_id.get(address, ()), Truth.TRUE)
    name = None if isinstance(role.name, Absent) else spelled(role.name)
    for at, index in attachments.by_role_name.get(name or "", ()):
        if attachments.every[at].address[0] == source:
            naming.setdefault((at, index), Truth.TRUE)
        elif isinstance(role.name, Known):
            certain = attachments.called[role.name.value] == 1
            naming.setdefault((at, index), Truth.TRUE if certain else Truth.UNKNOWN)
    for at, index in attachments.unseen:
        attachment = attachments.every[at]
        if _may_be_meant(role, address, attachment.roles.members[index].value, attachment.address[0]):
            naming.setdefault((at, index), Truth.UNKNOWN)
    from_there = [
        _under(attachments.every[at].policy, attachments.every[at].roles.members[index], source, certainty)
        for (at, index), certainty in sorted(naming.items(), key=lambda entry: entry[0])
        if attachments.every[at].address not in own
    ]
    policies = (*from_here, *from_there)
    return replace(
        role,
        policies=replace(role.policies, members=(*role.policies.members, *policies)),
        managed_policy_arns=replace(arns, members=elsewhere),
    )


def _may_be_meant(role: Role, address: Address, named: Value[str], namer: str) -> bool:
    """Whether what stands for a role nobody can see, in the template `namer`, may mean this role.

    A template cannot name a role of its own whose name is made at deployment but by reference to it.
    """
    if isinstance(named, Unknown) and named.candidates:
        return any(_may_be_meant(role, address, candidate, namer) for candidate in named.candidates)
    meant = _meant(named)
    if meant is not None:
        return meant == address
    if isinstance(role.name, Known):
        return equals(named, role.name.value) is not Truth.FALSE
    return namer != address[0]


def _under(
    policy: Member[Policy], naming: Member[Value[str]], source: str, certainty: Truth = Truth.TRUE
) -> Member[Policy]:
    """A policy that is attached where both it and what names it are there. Conditions hold in one template only."""
    present = policy.present & naming.present & certainty
    here = policy.value.place.source == source
    return Member(policy.value, policy.guard | naming.guard if here else ALWAYS, present)


def _meant(arn: Value[str]) -> Address | None:
    meant = reference(arn)
    return None if meant is None else (meant.source, meant.logical_id)
