"""What Ref and GetAtt give: parameters, pseudo parameters, and what resources return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipecheck.data.partitions import partition_of
from pipecheck.data.resource_attributes import GET_ATT, NAME_PROPERTIES, REF
from pipecheck.loaders.node import Node
from pipecheck.loaders.texts import joined, literal
from pipecheck.values import Absent, Guard, Known, Place, Reason, Reference, Step, Unknown, Value
from pipecheck.values.record import replace

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template

_CLOSED_SETS = {
    "AWS::Partition": ("aws", "aws-cn", "aws-us-gov"),
    "AWS::URLSuffix": ("amazonaws.com", "amazonaws.com.cn"),
}
_FROM_STORE = "AWS::SSM::Parameter::Value<"
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html"""

_PATTERN_PARTS = {"partition": "AWS::Partition", "region": "AWS::Region", "account": "AWS::AccountId"}


def ref(template: Template, name: str, place: Place, case: Guard) -> Value[Node]:
    """What `!Ref name` gives at `place`; absent for AWS::NoValue."""
    if name == "AWS::NoValue":
        return Absent(place)
    definition = template.section("Parameters").get(name)
    if definition is not None:
        return _parameter(template, name, definition if isinstance(definition, dict) else {}, place, case)
    if name.startswith("AWS::"):
        return template.text_node(_pseudo_parameter(template, name, place), case)
    resource = template.resource(name)
    if resource is None:
        return _nothing_called(template, name, place)
    return template.text_node(_returned(template, resource, name, None, place), case)


def get_att(template: Template, logical_id: str, attribute: str, place: Place) -> Value[str]:
    """What `!GetAtt logical_id.attribute` gives at `place`."""
    resource = template.resource(logical_id)
    if resource is None:
        return _nothing_called(template, logical_id, place)
    if attribute.startswith("Outputs."):
        output = template.stacks.output(template, logical_id, attribute.removeprefix("Outputs."), place)
        if output is not None:
            return output
    return _returned(template, resource, logical_id, attribute, place)


def _nothing_called(template: Template, name: str, place: Place) -> Unknown:
    """A mistake of the template, unless a transform may make what is meant, such as the role of a SAM function."""
    if template.transforms.may_make_resources():
        return Unknown(Reason.TRANSFORM, f"a transform makes {name}", place, spelling=name, single=True)
    return Unknown(Reason.INVALID_VALUE, f"nothing in the template is called {name}", place)


def _parameter(
    template: Template, name: str, definition: Mapping[str, object], place: Place, case: Guard
) -> Value[Node]:
    home = Place(template.source, ("Parameters", name))
    kind = str(definition.get("Type", "String"))
    secret = (Step("no-echo", name, home),) if str(definition.get("NoEcho")).lower() == "true" else ()
    if kind.startswith(_FROM_STORE):  # what is given and what is the default are the name there
        via = (*secret, Step("dynamic-reference", name, home))
        detail = f"parameter {name} is read from Parameter Store at deployment"
        single = not is_list(kind)
        return Unknown(Reason.DYNAMIC_REFERENCE, detail, place, spelling=name, via=via, single=single)
    assumptions = template.assumptions
    if name in assumptions.parameters:
        via = (*secret, Step("parameter", name, home))
        return _given(template, assumptions.parameters[name], kind, Node("", place, template, case, via))
    from_parent = template.stacks.parameter(template, name, place, case)
    if from_parent is not None:
        return _split_where_listed(from_parent, kind)
    default = definition.get("Default")
    if default is not None and assumptions.assume_defaults:
        via = (*secret, Step("parameter-default", name, home.child("Default")))
        return _given(template, default, kind, Node("", place, template, case, via))
    return Unknown(
        Reason.PARAMETER_WITHOUT_DEFAULT if default is None else Reason.DEFAULT_NOT_ASSUMED,
        f"the value of parameter {name} is not given",
        place,
        candidates=tuple(Known(Node(value, place, template, case), place) for value in allowed_values(definition)),
        spelling=name,
        via=(*secret, Step("parameter", name, home)),
        single=not is_list(kind),
    )


def allowed_values(definition: object) -> tuple[object, ...]:
    """The values that a parameter may have, where it states them: of a list they would be those of its elements."""
    if not isinstance(definition, dict) or not isinstance(definition.get("AllowedValues"), list):
        return ()
    kind = str(definition.get("Type", "String"))
    return () if is_list(kind) or kind.startswith(_FROM_STORE) else tuple(definition["AllowedValues"])


def _split_where_listed(value: Value[Node], kind: str) -> Value[Node]:
    """A list parameter takes a text with commas."""
    if isinstance(value, Known) and is_list(kind) and isinstance(value.value.raw, str):
        parts = [part.strip() for part in value.value.raw.split(",")]
        return Known(replace(value.value, raw=parts), value.place, value.via)
    return value


def is_list(kind: str) -> bool:
    """Whether a parameter of this type is a list."""
    return kind == "CommaDelimitedList" or kind.removeprefix(_FROM_STORE).startswith(("List<", "CommaDelimitedList"))


def _given(template: Template, value: object, kind: str, use: Node) -> Value[Node]:
    """A parameter's value at its place of use; lists are written with commas."""
    raw = [part.strip() for part in str(value).split(",")] if is_list(kind) else value
    if isinstance(raw, str):
        return template.text_node(literal(raw, use.place, use.via), use.case)
    return Known(Node(raw, use.place, template, use.case, use.via), use.place, use.via)


def _pseudo_parameter(template: Template, name: str, place: Place) -> Value[str]:
    given = template.assumptions.parameters
    if name in given:
        return Known(given[name], place, (Step("parameter", name),))
    if name in _CLOSED_SETS and "AWS::Region" in given:
        partition, suffix = partition_of(given["AWS::Region"])
        text = partition if name == "AWS::Partition" else suffix
        return Known(text, place, (Step("parameter", "AWS::Region"),))
    candidates = tuple(Known(option, place) for option in _CLOSED_SETS.get(name, ()))
    detail = f"{name} is known only at deployment"
    token = name != "AWS::StackId"
    return Unknown(
        Reason.PSEUDO_PARAMETER,
        detail,
        place,
        candidates,
        spelling=name,
        token=token,
        single=name != "AWS::NotificationARNs",
    )


def _returned(template: Template, resource: Node, logical_id: str, attribute: str | None, place: Place) -> Value[str]:
    """What a resource returns: its pattern filled in, or an unknown that still says which resource is meant."""
    kind = str(resource.raw.get("Type")) if isinstance(resource.raw, dict) else ""
    reference = Reference(template.source, logical_id, attribute)
    step = Step("reference", logical_id, resource.place, reference)
    spelling = logical_id if attribute is None else f"{logical_id}.{attribute}"
    pattern = REF.get(kind) if attribute is None else GET_ATT.get((kind, attribute))
    if pattern is None:
        detail = f"{spelling} is known only after deployment"
        return Unknown(Reason.RESOURCE_ATTRIBUTE, detail, place, spelling=spelling, via=(step,))
    match _filled(template, pattern, resource, logical_id, place):
        case Known(text, _, via):
            return Known(text, place, (step, *via))
        case Unknown() as unknown:
            spelling = spelling if unknown.pieces else unknown.spelling or spelling
            return replace(unknown, place=place, spelling=spelling, via=(step, *unknown.via))
        case Absent() as absent:
            return absent


def _filled(template: Template, pattern: str, resource: Node, logical_id: str, place: Place) -> Value[str]:
    parts: list[Value[str]] = []
    for index, part in enumerate(pattern.replace("}", "{").split("{")):
        if index % 2 == 0:
            parts.append(Known(part, place))
        elif part == "name":
            parts.append(_physical_name(template, resource, logical_id, place))
        elif part == "id":
            parts.append(_generated(f"{logical_id}#id", logical_id, place))
        else:
            parts.append(_pseudo_parameter(template, _PATTERN_PARTS[part], place))
    return joined(parts, place)


def _physical_name(template: Template, resource: Node, logical_id: str, place: Place) -> Value[str]:
    """The name property, else a generated name. A name that depends on itself is generated too."""
    generated = _generated(logical_id, logical_id, place)
    kind = str(resource.raw.get("Type")) if isinstance(resource.raw, dict) else ""
    if logical_id in template.being_named or kind not in NAME_PROPERTIES:
        return generated
    template.being_named.add(logical_id)
    try:
        properties = resource.get("Properties")
        name = properties.value.text(NAME_PROPERTIES[kind]) if isinstance(properties, Known) else generated
    finally:
        template.being_named.discard(logical_id)
    return generated if isinstance(name, Absent) else name


def _generated(spelling: str, logical_id: str, place: Place) -> Unknown:
    detail = f"the name of {logical_id} is made at deployment"
    return Unknown(Reason.GENERATED_NAME, detail, place, spelling=spelling, token=True)
