"""Functions that make texts: Sub, Join, Base64, ToJsonString.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipecheck.loaders.cloudformation.references import get_att, ref
from pipecheck.loaders.cloudformation.use import (
    Use,
    each_node,
    each_text,
    elements_of,
    invalid,
    lost,
    may_be_absent,
    text_of,
)
from pipecheck.loaders.json_text import json_text
from pipecheck.loaders.node import Node, as_text
from pipecheck.loaders.texts import joined, literal
from pipecheck.values import Absent, Known, Step, Unknown, Value

_MOST_OPTIONAL = 6
"""Elements that may be no value: each of them doubles the texts that a list can make."""

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
            found = template.settle(raw, use.argument.child(1), use.case)
        case _:
            return invalid("Fn::Join expects a separator and a list", use)

    def together(node: Node) -> Value[Node]:
        if not isinstance(node.raw, list):
            return invalid("Fn::Join expects a list", use)
        return _joined(template, separator, elements_of(template, node), node.via, use)

    return each_node(found, use, together, "Fn::Join expects a list")


def _joined(
    template: Template, separator: str, elements: tuple[Value[Node], ...], via: tuple[Step, ...], use: Use
) -> Value[Node]:
    """The elements with the separator between them; each text that it can be where one of them may be no value."""
    optional = [
        (index, element)
        for index, element in enumerate(elements)
        if isinstance(element, Unknown) and may_be_absent(element)
    ]
    if optional:
        index, first = optional[0]
        if len(optional) > _MOST_OPTIONAL:
            return lost(first, use)
        before, after = elements[:index], elements[index + 1 :]
        chosen = (() if isinstance(option, Absent) else (option,) for option in first.candidates)
        options = (_joined(template, separator, (*before, *option, *after), via, use) for option in chosen)
        return lost(first, use, tuple(options))
    parts: list[Value[str]] = [Known("", use.place, via)]
    for index, element in enumerate(elements):
        parts += [Known(separator, use.place)] if index else []
        parts.append(as_text(element))
    return template.text_node(joined(parts, use.place), use.case)


def base64_text(template: Template, argument: object, use: Use) -> Value[Node]:
    """Fn::Base64 of a known text, or of each text that it can be; of a partly known one nothing is left to see."""

    def encoded(known: Known[str]) -> Value[Node]:
        from base64 import b64encode  # noqa: PLC0415 - few templates need it

        text = b64encode(known.value.encode()).decode()
        return template.text_node(Known(text, use.place, known.via), use.case)

    return each_text(text_of(template, argument, use.argument, use.case), use, encoded, "Fn::Base64")


def to_json_string(template: Template, argument: object, use: Use) -> Value[Node]:
    """Fn::ToJsonString: the JSON text of a mapping or list, in which unresolved parts stay unknown."""
    match template.settle(argument, use.argument, use.case):
        case Known(node) if isinstance(node.raw, dict | list):
            return template.text_node(json_text(node), use.case)
        case Unknown() as unknown:
            return lost(unknown, use)
        case _:
            return invalid("Fn::ToJsonString expects a mapping or a list", use)
