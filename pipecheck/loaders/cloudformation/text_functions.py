"""Functions that make texts: Sub, Join, Base64, ToJsonString.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipecheck.loaders.cloudformation.functions import call
from pipecheck.loaders.cloudformation.references import get_att, ref
from pipecheck.loaders.cloudformation.use import Use, invalid, lost, text_of
from pipecheck.loaders.json_text import json_text
from pipecheck.loaders.node import Node, as_text
from pipecheck.loaders.texts import joined, literal
from pipecheck.values import Absent, Known, Unknown, Value

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


def sub(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case str(text):
            names: Mapping[str, object] = {}
        case [str(text), dict(names)]:
            pass
        case _:
            return invalid("Fn::Sub expects a text", use)

    def filled(name: str) -> Value[str]:
        if name.startswith("!"):
            return Known("${" + name[1:] + "}", use.place)
        if name in names:
            return text_of(template, names[name], use.argument.child(1, name), use.case)
        if "." in name:
            logical_id, attribute = name.split(".", 1)
            return get_att(template, logical_id, attribute, use.place)
        return as_text(ref(template, name, use.place, use.case))

    parts = (
        literal(part, use.place) if index % 2 == 0 else filled(part) for index, part in enumerate(_placeholders(text))
    )
    return template.text_node(joined(parts, use.place), use.case)


def _placeholders(text: str) -> list[str]:
    """The text cut at `${…}`: literals at even positions, names at odd ones."""
    parts: list[str] = []
    start = 0
    while (opening := text.find("${", start)) >= 0 and (closing := text.find("}", opening)) >= 0:
        parts += [text[start:opening], text[opening + 2 : closing].strip()]
        start = closing + 1
    return [*parts, text[start:]]


def join(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [str(separator), raw]:
            elements = _list(template, raw, use)
        case _:
            return invalid("Fn::Join expects a separator and a list", use)
    if isinstance(elements, Unknown):
        return elements
    parts: list[Value[str]] = []
    for element in elements:
        if parts:
            parts.append(Known(separator, use.place))
        parts.append(element)
    return template.text_node(joined(parts, use.place), use.case)


def _list(template: Template, raw: object, use: Use) -> tuple[Value[str], ...] | Unknown:
    """The texts of the list that is the second part of the argument."""
    match template.settle(raw, use.argument.child(1), use.case):
        case Unknown() as unknown:
            return lost(unknown, use)
        case Known(node) if isinstance(node.raw, list):
            return tuple(
                text_of(template, element, node.place.child(index), node.case)
                for index, element in enumerate(node.raw)
                if not _is_no_value(element)
            )
        case _:
            return invalid("expected a list", use)


def _is_no_value(raw: object) -> bool:
    function = call(raw)
    return function is not None and function.name == "Ref" and function.argument == "AWS::NoValue"


def base64_text(template: Template, argument: object, use: Use) -> Value[Node]:
    """Fn::Base64 of a known text; of a partly known one nothing is left to see."""
    match text_of(template, argument, use.argument, use.case):
        case Known(text, _, via):
            from base64 import b64encode  # noqa: PLC0415 - few templates need it

            encoded = b64encode(text.encode()).decode()
            return template.text_node(Known(encoded, use.place, via), use.case)
        case Unknown() as unknown:
            return lost(unknown, use)
        case Absent():
            return invalid("Fn::Base64 expects a text", use)


def to_json_string(template: Template, argument: object, use: Use) -> Value[Node]:
    """Fn::ToJsonString: the JSON text of a mapping or list, in which unresolved parts stay unknown."""
    match template.settle(argument, use.argument, use.case):
        case Known(node) if isinstance(node.raw, dict | list):
            return template.text_node(json_text(node), use.case)
        case Unknown() as unknown:
            return lost(unknown, use)
        case _:
            return invalid("Fn::ToJsonString expects a mapping or a list", use)
