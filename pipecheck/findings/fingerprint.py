"""What a finding is known by when lines move, files are renamed or lists are reordered."""

from __future__ import annotations

from pipecheck.syntax.document import Document, Tagged
from pipecheck.values import Place, Route

FINGERPRINT = "pipecheckFingerprint/v1"
"""What SARIF calls the fingerprint of a finding."""

_NAMING_KEYS = ("Name", "name", "Sid", "Id", "PolicyName", "Key")
_STRUCTURE = frozenset({"Resources", "Properties", "pipeline"})


def finding_identity(rule: str, subject: tuple[str, ...], property_path: tuple[str, ...]) -> tuple[str, ...]:
    """The rule, the best identity of its subject and the property it points at, as one."""
    return (rule, *subject, "", *property_path)


def property_path(document: Document, place: Place, subject: Place) -> tuple[str, ...]:
    """The way from the subject to a place, the same in every format.

    List elements go by their Name or Sid; functions and the structure of the file leave no trace.
    """
    inside = place.source == subject.source and place.route[: len(subject.route)] == subject.route
    start = len(subject.route) if inside else 0
    return tuple(_stable_steps(document, place.route, start))


def _stable_steps(document: Document, route: Route, start: int) -> list[str]:
    steps: list[str] = []
    node: object = document.root
    in_function = False
    for index, step in enumerate(route):
        if isinstance(node, Tagged):
            in_function = True
            node = node.value
        parent, node = node, _descend(node, step)
        if isinstance(step, str) and (step.startswith("Fn::") or step == "Ref"):
            in_function = True
        elif isinstance(step, int):
            if index >= start and not in_function:
                steps.append(_element_name(node, step, parent))
            in_function = False
        elif index >= start and step not in _STRUCTURE:
            steps.append(step.lower())
            in_function = False
    return steps


def _descend(node: object, step: str | int) -> object:
    if isinstance(node, Tagged):
        node = node.value
    if isinstance(node, dict) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _element_name(element: object, index: int, parent: object) -> str:
    """The element's own name; a scalar's text; else its position."""
    if isinstance(element, Tagged):
        element = element.value
    if isinstance(element, dict):
        for key in _NAMING_KEYS:
            if isinstance(element.get(key), str):
                return str(element[key])
    if isinstance(element, str) and isinstance(parent, list) and parent.count(element) == 1:
        return element
    return str(index)
