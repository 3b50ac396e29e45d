"""An expression as a tree. Each node knows the offset at which an error about it points.

Nodes are named tuples and not dataclasses, because every start pays for creating the classes.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">=", "in"]
MacroName: TypeAlias = Literal["all", "exists", "exists_one", "filter", "map"]


class Constant(NamedTuple):
    """A literal text, number or boolean."""

    value: str | int | float | bool
    offset: int


class ListOfNodes(NamedTuple):
    """`[a, b]`."""

    elements: tuple[Node, ...]
    offset: int


class Name(NamedTuple):
    """A variable."""

    name: str
    offset: int


class Select(NamedTuple):
    """`operand.field`; the offset is that of the field's name."""

    operand: Node
    field: str
    offset: int


class Index(NamedTuple):
    """`operand[key]`; the offset is that of the bracket."""

    operand: Node
    key: Node
    offset: int


class Has(NamedTuple):
    """`has(operand.field)`."""

    selection: Select
    offset: int


class Call(NamedTuple):
    """`function(arguments)`, or `operand.function(arguments)`; the offset is that of the function's name."""

    function: str
    operand: Node | None
    arguments: tuple[Node, ...]
    offset: int


class Macro(NamedTuple):
    """`operand.all(variable, body)`; of a `map` with a filter, `condition` is the filter."""

    name: MacroName
    operand: Node
    variable: str
    body: Node
    offset: int
    condition: Node | None = None


class Not(NamedTuple):
    """`!operand`."""

    operand: Node
    offset: int


class All(NamedTuple):
    """`a && b && …`. `extents` are the start and end offsets of each operand."""

    operands: tuple[Node, ...]
    extents: tuple[tuple[int, int], ...]
    offset: int


class Any(NamedTuple):
    """`a || b || …`, with extents as in `All`."""

    operands: tuple[Node, ...]
    extents: tuple[tuple[int, int], ...]
    offset: int


class Comparison(NamedTuple):
    """`left operator right`; the offset is that of the operator."""

    operator: Operator
    left: Node
    right: Node
    offset: int


class Sum(NamedTuple):
    """`a + b + …`: numbers, texts or lists. The offset is that of the first plus."""

    operands: tuple[Node, ...]
    offset: int


class Conditional(NamedTuple):
    """`condition ? positive : negative`; the offset is that of the question mark."""

    condition: Node
    positive: Node
    negative: Node
    offset: int


Node: TypeAlias = (
    Constant
    | ListOfNodes
    | Name
    | Select
    | Index
    | Has
    | Call
    | Macro
    | Not
    | All
    | Any
    | Comparison
    | Sum
    | Conditional
)
