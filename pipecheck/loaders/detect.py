"""What a document is, told from its content."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pipecheck.model.snapshot import MANIFEST_SCHEMA, RESOURCE_SCHEMA

Kind: TypeAlias = Literal["cloudformation", "pipeline", "snapshot"]

_BYTE_MARKS = (b"AWS::", b"stages", b"Stages", b"pipecheck/snapshot/", b"pipecheck/manifest/")


def may_hold_input(data: bytes) -> bool:
    """Whether a file can hold anything that we load; False saves reading its structure."""
    return any(mark in data for mark in _BYTE_MARKS)


def kind_of(root: object) -> Kind | None:
    """What the tree of a document is; None for anything that we do not load."""
    if not isinstance(root, dict):
        return None
    if root.get("schema") in (RESOURCE_SCHEMA, MANIFEST_SCHEMA):
        return "snapshot"
    resources = root.get("Resources")
    if isinstance(resources, dict) and any(_is_resource(key, body) for key, body in resources.items()):
        return "cloudformation"
    return "pipeline" if pipeline_route(root) is not None else None


def pipeline_route(root: dict[str, object]) -> tuple[str, ...] | None:
    """The way to the pipeline in get-pipeline's answer, create-pipeline's input or a bare structure."""
    inner = root.get("pipeline")
    if isinstance(inner, dict) and _is_structure(inner):
        return ("pipeline",)
    return () if _is_structure(root) else None


def _is_resource(key: str, body: object) -> bool:
    """Whether an entry is a resource, or a loop or transform that makes some."""
    if key == "Fn::Transform" or key.startswith("Fn::ForEach::"):
        return True
    return isinstance(body, dict) and isinstance(body.get("Type"), str) and "::" in body["Type"]


def _is_structure(body: dict[str, object]) -> bool:
    """Whether it has stages with actions: other tools' files have `stages` too."""
    stages = body.get("stages")
    if not isinstance(stages, list) or not ({"roleArn", "artifactStore", "artifactStores"} & body.keys()):
        return False
    return all(isinstance(stage, dict) for stage in stages)
