"""An expression as a tree. Each node knows the offset at which an error about it points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">=", "in"]
MacroName: TypeAlias = Literal["all", "exists", "exists_one", "filter", "map"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal text, number or boolean."""

    value: str | int | float | bool
    offset: int


@dataclass(frozen=True, slots=True)
class ListOfNodes:
    """`[a, b]`."""

    elements: tuple[Node, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Select:
    """`operand.field`; the offset is that of the field's name."""

    operand: Node
    field: str
    offset: int


@dataclass(frozen=True, slots=True)
class Index:
    """`operand[index]`; the offset is that of the bracket."""

    operand: Node
    index: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Has:
    """`has(operand.field)`."""

    selection: Select
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`, or `operand.function(arguments)`; the offset is that of the function's name."""

    function: str
    operand: Node | None
    arguments: tuple[Node, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Macro:
    """`operand.all(variable, body)`; of a `map` with a filter, `condition` is the filter."""

    name: MacroName
    operand: Node
    variable: str
    body: Node
    offset: int
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """`!operand`."""

    operand: Node
    offset: int


@dataclass(frozen=True, slots=True)
class All:
    """`a && b && …`. `extents` are the start and end offsets of each operand."""

    operands: tuple[Node, ...]
    extents: tuple[tuple[int, int], ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Any:
    """`a || b || …`, with extents as in `All`."""

    operands: tuple[Node, ...]
    extents: tuple[tuple[int, int], ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`; the offset is that of the operator."""

    operator: Operator
    left: Node
    right: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Sum:
    """`a + b + …`: numbers, texts or lists. The offset is that of the first plus."""

    operands: tuple[Node, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Conditional:
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
