"""Functions on lists: Select, Split, Length, Cidr, GetAZs.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from pipecheck.loaders.cloudformation.use import Use, invalid, lost, text_of
from pipecheck.loaders.node import Node
from pipecheck.values import Absent, Known, Reason, Step, Unknown, Value

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


def select(template: Template, argument: object, use: Use) -> Value[Node]:
    match argument:
        case [index, options]:
            position = text_of(template, index, use.argument.child(0), use.case)
            found = template.settle(options, use.argument.child(1), use.case)
        case _:
            return invalid("Fn::Select expects an index and a list", use)
    match position, found:
        case (Unknown() as unknown, _) | (_, Unknown() as unknown):
            return lost(unknown, use)
        case Known(number), Known(node) if isinstance(node.raw, list) and number.isdecimal():
            if int(number) < len(node.raw):
                chosen = template.settle(node.raw[int(number)], node.place.child(int(number)), node.case)
                return _through(chosen, node.via, use)
    return invalid("Fn::Select has no such element", use)


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
    match text:
        case Known(known, _, via):
            return Known(Node(known.split(separator), use.place, template, use.case, via), use.place, via)
        case Unknown():
            return lost(text, use)
        case Absent():
            return invalid("Fn::Split expects a text", use)


def length(template: Template, argument: object, use: Use) -> Value[Node]:
    """Fn::Length of a list whose elements are all there."""
    match template.settle(argument, use.argument, use.case):
        case Known(node) if isinstance(node.raw, list):
            elements = node.elements()
            if any(member.guard for member in elements.members):
                return Unknown(Reason.CONDITION_UNDECIDED, "elements of the list depend on conditions", use.place)
            count = len(elements.members)
            return Known(Node(count, use.place, template, use.case, node.via), use.place, node.via)
        case Unknown() as unknown:
            return lost(unknown, use)
        case _:
            return invalid("Fn::Length expects a list", use)


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
        blocks = [str(b) for b in islice(network.subnets(new_prefix=network.max_prefixlen - bits), int(texts[1]))]
    except (ValueError, IndexError) as error:
        return invalid(f"Fn::Cidr: {error}", use)
    return Known(Node(blocks, use.place, template, use.case), use.place)


def availability_zones(template: Template, argument: object, use: Use) -> Value[Node]:  # noqa: ARG001
    """Fn::GetAZs: which zones a region offers depends on the account."""
    return Unknown(Reason.PSEUDO_PARAMETER, "the availability zones depend on the account", use.place)
