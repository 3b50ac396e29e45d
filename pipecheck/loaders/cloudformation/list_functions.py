"""Functions on lists: Select, Split, Length, Cidr, GetAZs.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

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
from pipecheck.loaders.node import Node, whole_number
from pipecheck.values import Absent, Known, Reason, Step, Unknown, Value
from pipecheck.values.record import replace

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


_MOST_BLOCKS = 256
"""That Fn::Cidr may make.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
"""


def select(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [index, options]:
            position = text_of(template, index, use.argument.child(0), use.case)
            found = template.settle(options, use.argument.child(1), use.case)
        case _:
            return invalid("Fn::Select expects an index and a list", use)

    def selected(number: Known[str]) -> Value[Node]:
        return each_node(found, use, lambda node: _element(template, node, number, use), "Fn::Select expects a list")

    return each_text(position, use, selected, "Fn::Select")


def _element(template: Template, node: Node, number: Known[str], use: Use) -> Value[Node]:
    elements = elements_of(template, node)
    if whole_number(number.value) not in range(len(elements)):
        return invalid("Fn::Select has no such element", use)
    until = elements[: int(number.value) + 1]
    uncertain = next((value for value in until if isinstance(value, Unknown) and may_be_absent(value)), None)
    if uncertain is not None:
        return lost(uncertain, use)
    return _through(until[-1], (*node.via, *number.via), use)


def _through(value: Value[Node], via: tuple[Step, ...], use: Use) -> Value[Node]:
    """A value taken out of a list that itself came through something; a scalar is at the place of use."""
    if not isinstance(value, Known):
        return value
    steps = (*value.via, *via)
    place = use.place if not isinstance(value.value.raw, dict | list) else value.place
    return Known(replace(value.value, via=steps, place=place), place, steps)


def split(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [str(separator), raw] if separator:
            text = text_of(template, raw, use.argument.child(1), use.case)
        case _:
            return invalid("Fn::Split expects a separator and a text", use)

    def parts(known: Known[str]) -> Value[Node]:
        return Known(
            Node(known.value.split(separator), use.place, template, use.case, known.via), use.place, known.via
        )

    return each_text(text, use, parts, "Fn::Split")


def length(template: Template, argument: object, use: Use) -> Value[Node]:
    """Fn::Length of a list whose elements are all there."""

    def count(node: Node) -> Value[Node]:
        elements = elements_of(template, node)
        if not isinstance(node.raw, list):
            return invalid("Fn::Length expects a list", use)
        uncertain = next((value for value in elements if isinstance(value, Unknown) and may_be_absent(value)), None)
        if uncertain is not None:
            return lost(uncertain, use)
        via = tuple(dict.fromkeys((*node.via, *(step for value in elements for step in _assumed(value)))))
        return Known(Node(len(elements), use.place, template, use.case, via), use.place, via)

    return each_node(template.settle(argument, use.argument, use.case), use, count, "Fn::Length expects a list")


def _assumed(value: Value[Node]) -> tuple[Step, ...]:
    """The conditions on which it rests that an element is there."""
    return () if isinstance(value, Absent) else tuple(step for step in value.via if step.kind == "condition")


def cidr(template: Template, argument: object, use: Use) -> Value[Node]:
    """Fn::Cidr: the first `count` blocks with `bits` host bits of an address block."""
    import ipaddress  # noqa: PLC0415 - few templates need it

    match argument:
        case [_, _, *_]:
            parts = [text_of(template, part, use.argument.child(i), use.case) for i, part in enumerate(argument)]
        case _:
            return invalid("Fn::Cidr expects an address block, a count and the bits of a block", use)
    unknown = next((part for part in parts if isinstance(part, Unknown)), None)
    if unknown is not None:
        return lost(unknown, use)
    texts = [part.value for part in parts if isinstance(part, Known)]
    try:
        network = ipaddress.ip_network(texts[0])
        bits = int(texts[2]) if len(texts) > 2 else 8
        blocks = [
            str(b)
            for b in islice(
                network.subnets(new_prefix=network.max_prefixlen - bits), min(int(texts[1]), _MOST_BLOCKS)
            )
        ]
    except (ValueError, IndexError) as error:
        return invalid(f"Fn::Cidr: {error}", use)
    return Known(Node(blocks, use.place, template, use.case), use.place)


def availability_zones(template: Template, argument: object, use: Use) -> Value[Node]:  # noqa: ARG001
    """Fn::GetAZs: which zones a region offers depends on the account."""
    return Unknown(Reason.PSEUDO_PARAMETER, "the availability zones depend on the account", use.place)
