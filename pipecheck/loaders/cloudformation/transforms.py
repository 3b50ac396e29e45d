"""What transforms that we do not run may change: a macro everything beside it, others only add to a template.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipecheck.loaders.cloudformation.functions import FOR_EACH, call
from pipecheck.values import Place, Reason, Route, Unknown

_INCLUDE = "AWS::Include"

_LEAVE_OTHERS_ALONE = frozenset(
    {
        "AWS::CodeDeployBlueGreen",
        "AWS::LanguageExtensions",
        "AWS::SecretsManager-2020-07-23",
        "AWS::SecretsManager-2024-09-16",
        "AWS::Serverless-2016-10-31",
    }
)
"""Transforms that work on types and functions of their own. They add resources for these, and change no other."""


class Transforms:
    """The transforms of one template that are not worked out."""

    def __init__(self, root: object, source: str) -> None:
        self._root: Mapping[str, object] = root if isinstance(root, dict) else {}
        self._source = source
        self._named = tuple(_names(self._root.get("Transform")))

    def may_make_resources(self) -> bool:
        """Whether a transform may make resources, so that a name which the template does not hold may be one's."""
        return bool(set(self._named) - {"AWS::LanguageExtensions"}) or self.unseen_resources() is not None

    def changing(self, route: Route) -> str | None:
        """The macro that may change what stands at `route`: one for the whole template, or beside it or above."""
        whole = next((name for name in self._named if name not in _LEAVE_OTHERS_ALONE | {_INCLUDE}), None)
        if whole is not None:
            return whole
        node: object = self._root
        for step in route:
            if not isinstance(node, dict) or isinstance(step, int):
                return None
            macro = macro_beside(node)
            if macro is not None:
                return macro
            node = node.get(step)
        return None

    def unseen_resources(self) -> Unknown | None:
        """Why the template may have resources that are not in sight; None where all are."""
        place = Place(self._source, ("Resources",))
        resources = self._root.get("Resources")
        entries = resources if isinstance(resources, dict) else {}
        for key, body in entries.items():
            if key.startswith(FOR_EACH):
                return _unseen(f"the list of {key} is not known", place.child(key))
            if key == "Fn::Transform" or _is_made(body):
                return _unseen(f"a transform makes {key}", place.child(key))
        unknown = next((name for name in self._named if name not in _LEAVE_OTHERS_ALONE), None)
        if unknown is not None:
            return _unseen(f"the transform {unknown} may make more resources", Place(self._source, ("Transform",)))
        return None


def macro_beside(mapping: Mapping[str, object]) -> str | None:
    """The macro that a mapping passes itself to; None where it has no transform or only includes a file."""
    transform = mapping.get("Fn::Transform")
    if transform is None:
        return None
    name = transform.get("Name") if isinstance(transform, dict) else None
    return None if name == _INCLUDE else str(name)


def _names(transforms: object) -> Iterator[str]:
    for transform in transforms if isinstance(transforms, list) else [transforms]:
        match transform:
            case str(name) | {"Name": str(name)}:
                yield name
            case None:
                pass
            case _:
                yield "of a computed name"


def _is_made(body: object) -> bool:
    """Whether a transform makes the whole resource, its type too."""
    function = call(body)
    if function is not None:
        return function.name == "Transform"
    return isinstance(body, dict) and "Type" not in body and "Fn::Transform" in body


def _unseen(detail: str, place: Place) -> Unknown:
    return Unknown(Reason.TRANSFORM, detail, place, written=False)
