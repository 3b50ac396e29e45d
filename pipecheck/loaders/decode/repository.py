"""ECR repositories and the scanning of their registry."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part, with_default
from pipecheck.loaders.json_in_text import json_in_text
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.repository import ImageExpiry, RegistryScanning, Repository, ScanningRule, TagFilter
from pipecheck.values import Absent, Default, Items, Place, Reason, Unknown, Value

_MUTABLE = Default("MUTABLE", "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html")
_NOT_SCANNED = Default(
    False, "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanningConfiguration.html"
)
_BASIC = Default(
    "BASIC", "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RegistryScanningConfiguration.html"
)


def decode_repository(node: Node, names: Names) -> Repository:
    """The repository whose properties `node` holds."""
    encryption = Part(node.get(names["repository.encryption"]))
    scanning = Part(node.get(names["repository.scanning"]))
    policy = Part(node.get(names["repository.lifecycle"])).text(names["lifecycle_policy.text"])
    return Repository(
        name=node.text(names["repository.name"]),
        tag_mutability=with_default(node.text(names["repository.tag_mutability"]), _MUTABLE),
        exclusions=node.items(names["repository.exclusions"]).each(lambda entry: _exclusion(entry, names)),
        scan_on_push=scanning.flag(names["scanning.on_push"], _NOT_SCANNED),
        lifecycle_policy=policy,
        expiries=_expiries(policy, node.head),
        encryption_type=encryption.text(names["repository_encryption.type"]),
        encryption_key=encryption.text(names["repository_encryption.key"]),
        place=node.head,
    )


def _exclusion(node: Node, names: Names) -> TagFilter:
    return TagFilter(
        type=node.text(names["tag_filter.type"]),
        pattern=node.text(names["tag_filter.pattern"]),
        place=node.head,
    )


def _expiries(policy: Value[str], place: Place) -> Items[ImageExpiry]:
    """The rules in the JSON text of a lifecycle policy, all at the place of the text."""
    if isinstance(policy, Absent):
        return Items((), place)
    if isinstance(policy, Unknown) and not policy.pieces:
        return Items((), policy.place, policy)
    document = json_in_text(policy)
    if document is None or not isinstance(document.raw, dict):
        detail = "the lifecycle policy is not JSON"
        return Items((), policy.place, Unknown(Reason.INVALID_VALUE, detail, policy.place))
    return document.items("rules").each(_expiry)


def _expiry(node: Node) -> ImageExpiry:
    selection = Part(node.get("selection"))
    return ImageExpiry(
        tag_status=selection.text("tagStatus"),
        count_type=selection.text("countType"),
        count_unit=selection.text("countUnit"),
        count=selection.integer("countNumber"),
        action=Part(node.get("action")).text("type"),
        place=node.head,
    )


def decode_registry_scanning(node: Node, names: Names) -> RegistryScanning:
    """The scanning configuration whose properties `node` holds."""
    return RegistryScanning(
        name=Absent(node.head),
        type=with_default(node.text(names["registry.scan_type"]), _BASIC),
        rules=node.items(names["registry.rules"]).each(lambda rule: _scanning_rule(rule, names)),
        place=node.head,
    )


def _scanning_rule(node: Node, names: Names) -> ScanningRule:
    return ScanningRule(
        frequency=node.text(names["scanning_rule.frequency"]),
        filters=node.items(names["scanning_rule.filters"]).each(
            lambda entry: entry.text(names["repository_filter.pattern"])
        ),
        place=node.head,
    )
