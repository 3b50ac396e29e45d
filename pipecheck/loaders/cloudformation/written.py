"""Where the lines of a text are written that functions make: a build specification in Sub, Join or If."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipecheck.loaders.cloudformation.functions import Call, call
from pipecheck.loaders.node import Node
from pipecheck.loaders.text_lines import text_lines
from pipecheck.values import Guard, Known, Place, Truth

if TYPE_CHECKING:
    from pipecheck.loaders.cloudformation.template import Template


def written_lines(template: Template, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:
    """The place of each line of the text that `raw` stands for, at least one; parts that are no text count as one."""
    function = call(raw)
    if function is None:
        return text_lines(raw, place) if isinstance(raw, str) else (place,)
    argument = place.child(*function.steps)
    match function.name, function.argument:
        case "Sub", str(text):
            return text_lines(text, argument)
        case "Sub", [str(text), *_]:
            return text_lines(text, argument.child(0))
        case "Join", [str(separator), list(elements)]:
            parts = [
                written_lines(template, element, argument.child(1, index), case)
                for index, element in enumerate(elements)
            ]
            return _joined(parts, separator.count("\n"), place)
        case "If", _:
            branch = _taken(template, function, argument, case)
            return (place,) if branch is None else written_lines(template, *branch)
        case _:
            return (place,)


def written_structure(template: Template, raw: object, place: Place, case: Guard) -> Node | None:
    """The mapping or list that Fn::ToJsonString makes the text of; None for other texts."""
    function = call(raw)
    if function is None:
        return None
    argument = place.child(*function.steps)
    if function.name == "If":
        branch = _taken(template, function, argument, case)
        return None if branch is None else written_structure(template, *branch)
    if function.name != "ToJsonString":
        return None
    made = template.settle(function.argument, argument, case)
    return made.value if isinstance(made, Known) and isinstance(made.value.raw, dict | list) else None


def _taken(template: Template, function: Call, argument: Place, case: Guard) -> tuple[object, Place, Guard] | None:
    """The branch of a conditional that is certain or assumed, with its place and case."""
    match function.argument:
        case [str(name), positive, negative]:
            outcome = template.outcome(name, case)
            assumed = template.conditions.assumed(name)
            if outcome is None and assumed is Truth.UNKNOWN:
                return None
            holds = outcome if outcome is not None else assumed is Truth.TRUE
            index = 1 if holds else 2
            return (positive if holds else negative), argument.child(index), case | {(name, holds)}
        case _:
            return None


def _joined(parts: list[tuple[Place, ...]], feeds: int, place: Place) -> tuple[Place, ...]:
    """The lines of parts between which a separator with so many line feeds stands."""
    lines: list[Place] = []
    for part in parts:
        if not lines:
            lines += part
        elif feeds:
            lines += [lines[-1]] * (feeds - 1)
            lines += part
        else:
            lines += part[1:]
    return tuple(lines) or (place,)
