"""What CloudFormation's functions give. What they cannot give here is unknown, with its reason.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from pipecheck.loaders.cloudformation.functions import Call, call
from pipecheck.loaders.cloudformation.references import get_att, ref
from pipecheck.loaders.node import Node, as_text
from pipecheck.loaders.texts import joined, literal
from pipecheck.values import Absent, Guard, Known, Place, Reason, Step, Truth, Unknown, Value

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


@dataclass(frozen=True, slots=True)
class Use:
    """Where a function is used: the place of the call, the place of its argument, and the case it is in."""

    place: Place
    argument: Place
    case: Guard


Intrinsic: TypeAlias = Callable[["Template", object, Use], Value[Node]]


def evaluate(template: Template, function: Call, use: Use) -> Value[Node]:
    """What a call stands for at its place of use."""
    intrinsic = _INTRINSICS.get(function.name)
    if intrinsic is None:
        return Unknown(Reason.UNSUPPORTED_FUNCTION, f"the function {function.name} is not worked out", use.place)
    return intrinsic(template, function.argument, use)


def _text(template: Template, raw: object, place: Place, case: Guard) -> Value[str]:
    return as_text(template.settle(raw, place, case))


def _invalid(detail: str, use: Use) -> Unknown:
    return Unknown(Reason.INVALID_VALUE, detail, use.place)


def _ref(template: Template, argument: object, use: Use) -> Value[Node]:
    if not isinstance(argument, str):
        return _invalid("Ref expects a name", use)
    return ref(template, argument, use.place, use.case)


def _get_att(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [str(logical_id), str(attribute)]:
            return template.text_node(get_att(template, logical_id, attribute, use.place), use.case)
        case str(dotted) if "." in dotted:
            logical_id, attribute = dotted.split(".", 1)
            return template.text_node(get_att(template, logical_id, attribute, use.place), use.case)
        case [str(), _]:
            return Unknown(Reason.UNSUPPORTED_FUNCTION, "the attribute of GetAtt is computed", use.place)
        case _:
            return _invalid("GetAtt expects a resource and an attribute", use)


def _if(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [str(name), positive, negative]:
            return _branch(template, name, (positive, negative), use)
        case _:
            return _invalid("Fn::If expects a condition and two values", use)


def _branch(template: Template, name: str, options: tuple[object, object], use: Use) -> Value[Node]:
    """The branch that is certain, else the one that the defaults choose, else an unknown with both as candidates."""

    def taken(outcome: bool) -> Value[Node]:
        index = 1 if outcome else 2
        return template.settle(options[index - 1], use.argument.child(index), use.case | {(name, outcome)})

    outcome = template.outcome(name, use.case)
    if outcome is not None:
        return taken(outcome)
    assumed = template.conditions.assumed(name)
    if assumed is Truth.UNKNOWN:
        detail = f"condition {name} is not decided"
        return Unknown(Reason.CONDITION_UNDECIDED, detail, use.place, (taken(True), taken(False)))
    outcome = assumed is Truth.TRUE
    chosen = taken(outcome)
    if not isinstance(chosen, Known):
        return chosen
    home = Place(template.source, ("Conditions", name))
    via = (*chosen.via, Step("condition", f"{name} is {str(outcome).lower()}", home))
    return Known(replace(chosen.value, via=via), chosen.place, via)


def _sub(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case str(text):
            names: Mapping[str, object] = {}
        case [str(text), dict(names)]:
            pass
        case _:
            return _invalid("Fn::Sub expects a text", use)

    def filled(name: str) -> Value[str]:
        if name.startswith("!"):
            return Known("${" + name[1:] + "}", use.place)
        if name in names:
            return _text(template, names[name], use.argument.child(1, name), use.case)
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


def _join(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [str(separator), raw]:
            elements = _list(template, raw, use)
        case _:
            return _invalid("Fn::Join expects a separator and a list", use)
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
            return Unknown(unknown.reason, unknown.detail, use.place)
        case Known(node) if isinstance(node.raw, list):
            return tuple(
                _text(template, element, node.place.child(index), node.case)
                for index, element in enumerate(node.raw)
                if not _is_no_value(element)
            )
        case _:
            return _invalid("expected a list", use)


def _is_no_value(raw: object) -> bool:
    function = call(raw)
    return function is not None and function.name == "Ref" and function.argument == "AWS::NoValue"


def _select(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [index, options]:
            position = _text(template, index, use.argument.child(0), use.case)
            found = template.settle(options, use.argument.child(1), use.case)
        case _:
            return _invalid("Fn::Select expects an index and a list", use)
    match position, found:
        case (Unknown() as unknown, _) | (_, Unknown() as unknown):
            return Unknown(unknown.reason, unknown.detail, use.place)
        case Known(number), Known(node) if isinstance(node.raw, list) and number.isdecimal():
            if int(number) < len(node.raw):
                chosen = template.settle(node.raw[int(number)], node.place.child(int(number)), node.case)
                return _through(chosen, node.via, use)
    return _invalid("Fn::Select has no such element", use)


def _through(value: Value[Node], via: tuple[Step, ...], use: Use) -> Value[Node]:
    """A value taken out of a list that itself came through something; a scalar is at the place of use."""
    if not isinstance(value, Known):
        return value
    steps = (*value.via, *via)
    place = use.place if not isinstance(value.value.raw, dict | list) else value.place
    return Known(replace(value.value, via=steps, place=place), place, steps)


def _split(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [str(separator), raw] if separator:
            text = _text(template, raw, use.argument.child(1), use.case)
        case _:
            return _invalid("Fn::Split expects a separator and a text", use)
    match text:
        case Known(known, _, via):
            return Known(Node(known.split(separator), use.place, template, use.case, via), use.place, via)
        case Unknown():
            return Unknown(text.reason, text.detail, use.place)
        case Absent():
            return _invalid("Fn::Split expects a text", use)


def _find_in_map(template: Template, argument: object, use: Use) -> Value[Node]:
    if not isinstance(argument, list) or len(argument) < 3:
        return _invalid("Fn::FindInMap expects a mapping and two keys", use)
    keys = [_text(template, part, use.argument.child(i), use.case) for i, part in enumerate(argument[:3])]
    names: list[str] = []
    via: list[Step] = []
    for key in keys:
        match key:
            case Known(name):
                names.append(name)
                via += key.via
            case Unknown():
                return Unknown(key.reason, f"the key of a mapping is not known: {key.detail}", use.place)
            case Absent():
                return _invalid("a key of Fn::FindInMap is absent", use)
    found: object = template.section("Mappings")
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    if found is None:
        return _invalid(f"the mapping {'.'.join(names)} does not exist", use)
    home = Place(template.source, ("Mappings", *names))
    steps = (Step("mapping", ".".join(names), home), *via)
    place = home if isinstance(found, list) else use.place
    return Known(Node(found, place, template, use.case, steps), place, steps)


def _import_value(template: Template, argument: object, use: Use) -> Value[Node]:
    name = _text(template, argument, use.argument, use.case)
    if not isinstance(name, Known):
        return Unknown(Reason.IMPORTED_VALUE, "a value is imported under a name that is not known", use.place)
    spelling = f"import {name.value}"
    match template.exported(name.value):
        case Known(value, place, via):
            text: Value[str] = Known(value, use.place, (*via, Step("import", name.value, place)))
        case Unknown() as unknown:
            via = (*unknown.via, Step("import", name.value, unknown.place))
            text = replace(unknown, place=use.place, spelling=spelling, via=via)
        case _:
            detail = f"{name.value} is imported from a stack that is not in the input"
            text = Unknown(Reason.IMPORTED_VALUE, detail, use.place, spelling=spelling)
    return template.text_node(text, use.case)


def _transform(template: Template, argument: object, use: Use) -> Value[Node]:  # noqa: ARG001 - we run none
    return Unknown(Reason.TRANSFORM, "a transform makes this value", use.place)


_INTRINSICS: Mapping[str, Intrinsic] = {
    "FindInMap": _find_in_map,
    "GetAtt": _get_att,
    "If": _if,
    "ImportValue": _import_value,
    "Join": _join,
    "Ref": _ref,
    "Select": _select,
    "Split": _split,
    "Sub": _sub,
    "Transform": _transform,
}
