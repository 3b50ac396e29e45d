"""What AWS and CloudFormation say a pipeline can hold, as packaged with botocore and cfn-lint."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

Route = tuple[str | int, ...]

_TEXTS = {"PipelineArn": "arn:aws:codepipeline:eu-west-1:111122223333:a"}
"""Shapes whose texts we look into."""


class Written(NamedTuple):
    """A member of a full example: which structure has it, and where it stands in the example."""

    structure: str
    member: str
    route: Route


@cache
def api_shapes() -> Mapping[str, Any]:
    """The shapes of CodePipeline's API by name."""
    from botocore.loaders import Loader  # noqa: PLC0415 - here alone, and only its JSON

    shapes: Mapping[str, Any] = Loader().load_service_model("codepipeline", "service-2")["shapes"]
    return shapes


@cache
def template_schema(resource_type: str) -> Mapping[str, Any]:
    """cfn-lint's schema of a resource type, without importing cfn-lint."""
    found = find_spec("cfnlint")
    assert found is not None
    assert found.submodule_search_locations is not None
    schemas = Path(found.submodule_search_locations[0], "data", "schemas")
    regional = schemas / "providers" / "us-east-1.json"
    if regional.exists():
        path = schemas / "resources" / f"{json.loads(regional.read_bytes())[resource_type]}.json"
    else:  # older releases have a folder per region
        path = schemas / "providers" / "us_east_1" / f"{resource_type.lower().replace('::', '-')}.json"
    schema: Mapping[str, Any] = json.loads(path.read_bytes())
    return schema


class Example:
    """A value with every member that there can be, and the list of them."""

    def __init__(self) -> None:
        self.members: list[Written] = []

    def of_shape(self, name: str, route: Route = ()) -> Any:
        """A full value of a shape of the API."""
        shape = api_shapes()[name]
        match shape["type"]:
            case "structure":
                return {
                    member: self._api_member(name, member, target["shape"], (*route, member))
                    for member, target in shape["members"].items()
                }
            case "list":
                return [self.of_shape(shape["member"]["shape"], (*route, 0))]
            case "map":
                return {"a": self.of_shape(shape["value"]["shape"], (*route, "a"))}
            case "integer" | "long":
                return shape.get("min", 1)
            case "boolean":
                return True
            case _:
                return shape.get("enum", [_TEXTS.get(name, "a")])[0]

    def _api_member(self, structure: str, member: str, shape: str, route: Route) -> Any:
        self.members.append(Written(structure, member, route))
        return self.of_shape(shape, route)

    def of_schema(self, schema: Mapping[str, Any], part: Mapping[str, Any], name: str, route: Route = ()) -> Any:
        """A full value of one part of a resource type's schema, which is called `name`."""
        if "$ref" in part:
            name = part["$ref"].rpartition("/")[2]
            return self.of_schema(schema, schema["definitions"][name], name, route)
        match part.get("type"):
            case "array":
                return [self.of_schema(schema, part["items"], name, (*route, 0))]
            case "integer" | "number":
                return 1
            case "boolean":
                return True
            case _ if "properties" in part:
                return {
                    member: self._template_member(schema, below, name, member, (*route, member))
                    for member, below in part["properties"].items()
                }
            case "object" | ["object", "string"]:
                return {"a": "a"}
            case _:
                return part.get("enum", ["a"])[0]

    def _template_member(
        self, schema: Mapping[str, Any], part: Mapping[str, Any], structure: str, member: str, route: Route
    ) -> Any:
        self.members.append(Written(structure, member, route))
        return self.of_schema(schema, part, member, route)


def without(whole: Any, route: Route) -> Any:
    """A copy of a value in which nothing stands at a route."""
    step, *rest = route
    if not rest:
        return {key: part for key, part in whole.items() if key != step}
    if isinstance(whole, list):
        return [without(part, tuple(rest)) if index == step else part for index, part in enumerate(whole)]
    return {key: without(part, tuple(rest)) if key == step else part for key, part in whole.items()}


def property_names(resource_type: str) -> Iterator[str]:
    """The names of all properties of a resource type, at any depth."""
    schema = template_schema(resource_type)
    parts: list[Any] = [schema, *schema.get("definitions", {}).values()]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            yield from part.get("properties", {})
            parts += part.get("properties", {}).values()
            parts += [part[key] for key in ("items",) if key in part]
