"""What CloudFormation's functions give. What they cannot give here is unknown, with its reason.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from pipecheck.loaders.cloudformation.functions import Call
from pipecheck.loaders.cloudformation.list_functions import availability_zones, cidr, length, select, split
from pipecheck.loaders.cloudformation.references import get_att, ref
from pipecheck.loaders.cloudformation.text_functions import base64_text, join, sub, to_json_string
from pipecheck.loaders.cloudformation.use import Use, each_text, invalid, lost, text_of
from pipecheck.loaders.node import Node, same_scalar
from pipecheck.loaders.texts import joined, literal
from pipecheck.values import Absent, Known, Place, Reason, Step, Truth, Unknown, Value
from pipecheck.values.record import record, replace
from pipecheck.values.text import renderings

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


Intrinsic: TypeAlias = Callable[["Template", object, Use], Value[Node]]


def evaluate(template: Template, function: Call, use: Use) -> Value[Node]:
    """What a call stands for at its place of use."""
    intrinsic = _INTRINSICS.get(function.name)
    if intrinsic is None:
        return Unknown(Reason.UNSUPPORTED_FUNCTION, f"the function {function.name} is not worked out", use.place)
    too_much = template.effort.begin(use.place)
    if too_much is not None:
        return too_much
    try:
        value = intrinsic(template, function.argument, use)
        template.effort.spend(0 if isinstance(value, Absent) else len(value.via))
        return value
    finally:
        template.effort.end()


def _ref(template: Template, argument: object, use: Use) -> Value[Node]:
    if isinstance(argument, str):
        return ref(template, argument, use.place, use.case)
    name = text_of(template, argument, use.argument, use.case)
    return each_text(name, use, lambda known: ref(template, known.value, use.place, use.case), "Ref")


def _get_att(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [logical_id, attribute]:
            parts = [
                text_of(template, part, use.argument.child(index), use.case)
                for index, part in enumerate((logical_id, attribute))
            ]
            dotted = joined((parts[0], Known(".", use.place), parts[1]), use.place)
        case _:
            dotted = text_of(template, argument, use.argument, use.case)
    return each_text(dotted, use, lambda known: _attribute(template, known.value, use), "Fn::GetAtt")


def _attribute(template: Template, dotted: str, use: Use) -> Value[Node]:
    logical_id, dot, attribute = dotted.partition(".")
    if not dot:
        return invalid("Fn::GetAtt expects a resource and an attribute", use)
    return template.text_node(get_att(template, logical_id, attribute, use.place), use.case)


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
    step = Step("condition", f"{name} is {str(outcome).lower()}", Place(template.source, ("Conditions", name)))
    match chosen:
        case Absent():
            return chosen
        case Unknown():
            return replace(chosen, via=(*chosen.via, step))
        case Known(node, place, via):
            other = taken(not outcome)
            if same_scalar(chosen, other):
                return chosen
            return Known(replace(node, via=(*via, step), others=(*node.others, other)), place, (*via, step))


def _find_in_map(template: Template, argument: object, use: Use) -> Value[Node]:
    if not isinstance(argument, list) or len(argument) < 3:
        return invalid("Fn::FindInMap expects a mapping and two keys", use)
    keys = [text_of(template, part, use.argument.child(i), use.case) for i, part in enumerate(argument[:3])]
    return _look_up(template, argument, _Search(template.section("Mappings"), tuple(keys)), use)


@record
class _Search:
    """How far a look-up has come: what is found so far, the keys that are left, those gone, and their steps."""

    found: object
    keys: tuple[Value[str], ...]
    gone: tuple[str, ...] = ()
    via: tuple[Step, ...] = ()

    def under(self, key: str, via: tuple[Step, ...]) -> _Search:
        below = self.found.get(key) if isinstance(self.found, dict) else None
        return _Search(below, self.keys[1:], (*self.gone, key), (*self.via, *via))


def _look_up(template: Template, argument: list[object], search: _Search, use: Use) -> Value[Node]:
    """What stands under the keys; under a key that is not known, what stands under each that it can be.

    CloudFormation refuses to deploy with a key under which nothing stands.
    """
    template.effort.spend(1)
    match search.keys:
        case ():
            return _in_map(template, argument, search, use)
        case (Known(name, _, via), *_):
            return _look_up(template, argument, search.under(name, via), use)
        case (Unknown() as unknown, *_):
            there = search.found if isinstance(search.found, dict) else {}
            candidates = renderings(unknown) or tuple(there)
            if len(argument) == 3:
                candidates = tuple(name for name in candidates if name in there)
            reached = (_look_up(template, argument, search.under(name, ()), use) for name in candidates)
            options = (
                one for one in reached if not isinstance(one, Unknown) or one.reason is not Reason.INVALID_VALUE
            )
            closed = bool(renderings(unknown)) or len(argument) == 3
            detail = f"the key of a mapping is not known: {unknown.detail}"
            return replace(lost(unknown, use, tuple(options) if closed else ()), detail=detail)
        case _:
            return invalid("a key of Fn::FindInMap is absent", use)


def _in_map(template: Template, argument: list[object], search: _Search, use: Use) -> Value[Node]:
    names = ".".join(search.gone)
    if search.found is None:
        match argument[3:]:
            case [{"DefaultValue": default}]:
                return template.settle(default, use.argument.child(3, "DefaultValue"), use.case)
            case _:
                pass
        if _made_by_transform(template, search.gone):
            return Unknown(Reason.TRANSFORM, f"a transform makes the mapping {names}", use.place)
        return invalid(f"the mapping {names} does not exist", use)
    home = Place(template.source, ("Mappings", *search.gone))
    steps = (Step("mapping", names, home), *search.via)
    if isinstance(search.found, str):
        return template.text_node(literal(search.found, use.place, steps), use.case)
    place = home if isinstance(search.found, list) else use.place
    return Known(Node(search.found, place, template, use.case, steps), place, steps)


def _made_by_transform(template: Template, names: tuple[str, ...]) -> bool:
    """Whether a transform stands on the way to the entry of a mapping."""
    found: object = template.section("Mappings")
    for name in names:
        if isinstance(found, dict) and "Fn::Transform" in found:
            return True
        found = found.get(name) if isinstance(found, dict) else None
    return False


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
