"""What CloudFormation's functions give. What they cannot give here is unknown, with its reason.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from pipecheck.loaders.cloudformation.functions import Call
from pipecheck.loaders.cloudformation.list_functions import availability_zones, cidr, length, select, split
from pipecheck.loaders.cloudformation.references import get_att, ref
from pipecheck.loaders.cloudformation.text_functions import base64_text, join, sub, to_json_string
from pipecheck.loaders.cloudformation.use import Use, invalid, text_of
from pipecheck.loaders.node import Node
from pipecheck.values import Absent, Known, Place, Reason, Step, Truth, Unknown, Value

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


Intrinsic: TypeAlias = Callable[["Template", object, Use], Value[Node]]


def evaluate(template: Template, function: Call, use: Use) -> Value[Node]:
    """What a call stands for at its place of use."""
    intrinsic = _INTRINSICS.get(function.name)
    if intrinsic is None:
        return Unknown(Reason.UNSUPPORTED_FUNCTION, f"the function {function.name} is not worked out", use.place)
    return intrinsic(template, function.argument, use)


def _ref(template: Template, argument: object, use: Use) -> Value[Node]:
    if not isinstance(argument, str):
        return invalid("Ref expects a name", use)
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
            return invalid("GetAtt expects a resource and an attribute", use)


def _if(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [str(name), positive, negative]:
            return _branch(template, name, (positive, negative), use)
        case _:
            return invalid("Fn::If expects a condition and two values", use)


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


def _find_in_map(template: Template, argument: object, use: Use) -> Value[Node]:
    if not isinstance(argument, list) or len(argument) < 3:
        return invalid("Fn::FindInMap expects a mapping and two keys", use)
    keys = [text_of(template, part, use.argument.child(i), use.case) for i, part in enumerate(argument[:3])]
    default = argument[3].get("DefaultValue") if len(argument) > 3 and isinstance(argument[3], dict) else None
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
                return invalid("a key of Fn::FindInMap is absent", use)
    found: object = template.section("Mappings")
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    if found is None and default is not None:
        return template.settle(default, use.argument.child(3, "DefaultValue"), use.case)
    if found is None:
        return invalid(f"the mapping {'.'.join(names)} does not exist", use)
    home = Place(template.source, ("Mappings", *names))
    steps = (Step("mapping", ".".join(names), home), *via)
    place = home if isinstance(found, list) else use.place
    return Known(Node(found, place, template, use.case, steps), place, steps)


def _import_value(template: Template, argument: object, use: Use) -> Value[Node]:
    name = text_of(template, argument, use.argument, use.case)
    if not isinstance(name, Known):
        return Unknown(Reason.IMPORTED_VALUE, "a value is imported under a name that is not known", use.place)
    spelling = f"import {name.value}"
    match template.stacks.exported(name.value):
        case Known(value, place, via):
            text: Value[str] = Known(value, use.place, (*via, Step("import", name.value, place)))
        case Unknown() as unknown:
            via = (*unknown.via, Step("import", name.value, unknown.place))
            text = replace(unknown, place=use.place, via=via)
        case _:
            detail = f"{name.value} is imported from a stack that is not in the input"
            text = Unknown(Reason.IMPORTED_VALUE, detail, use.place, spelling=spelling)
    return template.text_node(text, use.case)


def _transform(template: Template, argument: object, use: Use) -> Value[Node]:  # noqa: ARG001 - we run none
    return Unknown(Reason.TRANSFORM, "a transform makes this value", use.place)


_INTRINSICS: Mapping[str, Intrinsic] = {
    "Base64": base64_text,
    "Cidr": cidr,
    "FindInMap": _find_in_map,
    "GetAZs": availability_zones,
    "GetAtt": _get_att,
    "If": _if,
    "ImportValue": _import_value,
    "Join": join,
    "Length": length,
    "Ref": _ref,
    "Select": select,
    "Split": split,
    "Sub": sub,
    "ToJsonString": to_json_string,
    "Transform": _transform,
}
