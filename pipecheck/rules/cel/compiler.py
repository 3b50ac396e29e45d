"""From a tree to closures: checks names, fields and types, and puts the parts together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from pipecheck.rules.cel import compare, lists, logic, navigate, questions, tree
from pipecheck.rules.cel.calls import called, unknown_function
from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.regex import compile_pattern
from pipecheck.rules.cel.term import (
    Frame,
    Logic,
    Operand,
    Term,
    as_items,
    as_logic,
    as_operand,
    as_values,
    literal,
    nothing,
    variable,
)
from pipecheck.rules.cel.types import (
    Function,
    ListType,
    ObjectType,
    ParametersType,
    Scalar,
    SettingsType,
    Slot,
    Type,
    compatible,
    described,
    fields_of,
)
from pipecheck.rules.nearest import did_you_mean

_ORDERED = (Scalar.TEXT, Scalar.INTEGER, Scalar.NUMBER)


class Compiler:
    """Compiles expressions over the same variables; `size` is the length of the frame that they need."""

    def __init__(self, variables: Mapping[str, Type], functions: Mapping[str, Function]) -> None:
        self._variables = {
            name: variable(Slot(type, wrapped=False), position)
            for position, (name, type) in enumerate(variables.items())
        }
        self._functions = functions
        self.size = len(variables)

    def logic(self, node: tree.Node) -> Logic:
        """A part that must be true or false."""
        return _logic(self.term(node), node.offset)

    def operand(self, node: tree.Node) -> Operand:
        """A part that must be a value."""
        term = self.term(node)
        return as_operand(term) if isinstance(term, Logic) else term

    def term(self, node: tree.Node) -> Term:
        """Any part. Raises ExpressionError where it does not fit together."""
        return self._handlers[type(node)](self, node)

    def _constant(self, node: tree.Constant) -> Operand:
        return literal(node.value)

    def _name(self, node: tree.Name) -> Operand:
        if node.name not in self._variables:
            help = did_you_mean(node.name, self._variables)
            raise ExpressionError(f"there is no {node.name} here", node.offset, help)
        return self._variables[node.name]

    def _field(self, node: tree.Select) -> Operand:
        return self._select(self.operand(node.operand), node.field, node.offset)

    def _has(self, node: tree.Has) -> Logic:
        found = self._field(node.selection)
        return Logic(navigate.presence(found), found.explain)

    def _not(self, node: tree.Not) -> Logic:
        return logic.negation(self.logic(node.operand))

    def _all(self, node: tree.All) -> Logic:
        return logic.conjunction(tuple(self.logic(operand) for operand in node.operands))

    def _any(self, node: tree.Any) -> Logic:
        return logic.disjunction(tuple(self.logic(operand) for operand in node.operands))

    def _select(self, operand: Operand, field: str, offset: int) -> Operand:
        match operand.type:
            case ObjectType(cls):
                fields = fields_of(cls)
                if field not in fields:
                    message = f"{described(operand.type)} has no field {field}"
                    raise ExpressionError(message, offset, did_you_mean(field, fields))
                return navigate.field(operand, field, fields[field])
            case SettingsType():
                return navigate.setting(operand, literal(field))
            case ParametersType(types):
                if field not in types:
                    raise ExpressionError(f"the rule has no parameter {field}", offset, did_you_mean(field, types))
                return _parameter(operand, field, types[field])
            case _:
                raise ExpressionError(f"{described(operand.type)} has no fields", offset)

    def _index(self, node: tree.Index) -> Operand:
        operand, index = self.operand(node.operand), self.operand(node.key)
        match operand.type, index.type:
            case SettingsType(), Scalar.TEXT:
                return navigate.setting(operand, index)
            case ListType(Slot() as slot), Scalar.INTEGER if not isinstance(slot.type, ListType | SettingsType):
                return navigate.element(operand, slot, index)
            case _:
                pass
        found = f"{described(operand.type)} and {described(index.type)}"
        raise ExpressionError(
            f"[…] takes a list and a whole number, or settings and a text; found {found}", node.offset
        )

    def _conditional(self, node: tree.Conditional) -> Term:
        condition = self.logic(node.condition)
        positive, negative = self.term(node.positive), self.term(node.negative)
        if isinstance(positive, Logic) or isinstance(negative, Logic):
            first, second = _logic(positive, node.positive.offset), _logic(negative, node.negative.offset)
            return logic.chosen_logic(condition, first, second)
        if positive.type is Scalar.BOOLEAN and negative.type is Scalar.BOOLEAN:
            return logic.chosen_logic(condition, as_logic(positive), as_logic(negative))
        self._same_type((positive, negative), node.offset)
        if isinstance(positive.type, SettingsType | ParametersType):
            raise ExpressionError("? : chooses between texts, numbers, objects or lists", node.offset)
        return logic.chosen_value(condition, positive, negative, _fullest((positive, negative)))

    def _comparison(self, node: tree.Comparison) -> Logic:
        left, right = self.operand(node.left), self.operand(node.right)
        if node.operator == "in":
            return self._membership(left, right, node)
        types = f"found {described(left.type)} and {described(right.type)}"
        if node.operator in ("==", "!="):
            if not isinstance(left.type, Scalar) or left.type is not right.type:
                message = f"{node.operator} compares two texts, numbers or booleans; {types}"
                raise ExpressionError(message, node.offset, _instead(left, right))
            return (compare.equality if node.operator == "==" else compare.inequality)(left, right)
        if left.type not in _ORDERED or left.type is not right.type:
            raise ExpressionError(f"{node.operator} compares two numbers or texts; {types}", node.offset)
        return compare.ordering(node.operator, left, right)

    def _membership(self, left: Operand, right: Operand, node: tree.Comparison) -> Logic:
        match right.type:
            case SettingsType() if left.type is Scalar.TEXT:
                found = navigate.setting(right, left)
                return Logic(navigate.presence(found), found.explain)
            case ListType(None) if isinstance(left.type, Scalar):
                return compare.membership_of_constants(left, frozenset())
            case ListType(Slot(type) as slot) if isinstance(left.type, Scalar) and left.type is type:
                constants = _constants(node.right)
                if constants is not None:
                    return compare.membership_of_constants(left, constants)
                return compare.membership(left, right, slot)
            case _:
                pass
        found_types = f"{described(left.type)} and {described(right.type)}"
        message = f"in takes a text or number and a list of such, or a text and settings; found {found_types}"
        raise ExpressionError(message, node.offset)

    def _sum(self, node: tree.Sum) -> Operand:
        operands = tuple(self.operand(operand) for operand in node.operands)
        self._same_type(operands, node.offset)
        if isinstance(operands[0].type, ListType):
            return questions.concatenation(operands, _fullest(operands))
        if operands[0].type not in _ORDERED:
            raise ExpressionError(f"+ adds numbers, texts or lists, found {described(operands[0].type)}", node.offset)
        return questions.total(operands)

    @staticmethod
    def _same_type(operands: Sequence[Operand], offset: int) -> None:
        first = operands[0]
        for other in operands[1:]:
            if not compatible(first.type, other.type):
                found = f"{described(first.type)} and {described(other.type)}"
                raise ExpressionError(f"expected two of the same type, found {found}", offset)

    def _list(self, node: tree.ListOfNodes) -> Operand:
        elements = tuple(self.operand(element) for element in node.elements)
        if not elements:
            return lists.listed((), None, ())
        self._same_type(elements, node.offset)
        parts = [_element(element) for element in elements]
        slot = parts[0][0]
        if any(other != slot for other, _ in parts):
            parts = [(Slot(element.type, wrapped=True), as_values(element)) for element in elements]
            slot = parts[0][0]
        return lists.listed(elements, slot, tuple(read for _, read in parts))

    def _macro(self, node: tree.Macro) -> Term:
        operand = self.operand(node.operand)
        if not isinstance(operand.type, ListType) or operand.type.element is None:
            message = f"{node.name} goes over a list, found {described(operand.type)}"
            raise ExpressionError(message, node.offset)
        slot = operand.type.element
        with self._bound(node.variable, slot) as position:
            over = lists.Range(operand, position)
            match node.name:
                case "all":
                    return lists.every(over, self.logic(node.body))
                case "exists":
                    return lists.at_least_one(over, self.logic(node.body))
                case "exists_one":
                    return lists.exactly_one(over, self.logic(node.body))
                case "filter":
                    return lists.filtered(over, self.logic(node.body))
                case "map":
                    if node.condition is not None:
                        over = lists.Range(lists.filtered(over, self.logic(node.condition)), position)
                    body = self.operand(node.body)
                    return lists.mapped(over, body, *_element(body))

    @contextmanager
    def _bound(self, name: str, slot: Slot) -> Iterator[int]:
        position, outer = self.size, self._variables
        self.size += 1
        self._variables = {**outer, name: variable(slot, position)}
        yield position
        self._variables = outer

    def _call(self, node: tree.Call) -> Term:
        arguments = node.arguments if node.operand is None else (node.operand, *node.arguments)
        match node.function:
            case "size":
                self._count(node, arguments, 1)
                operand = self.operand(arguments[0])
                if operand.type is not Scalar.TEXT and not isinstance(operand.type, ListType):
                    raise ExpressionError(
                        f"size takes a text or a list, found {described(operand.type)}", node.offset
                    )
                return questions.size(operand)
            case "matches":
                self._count(node, arguments, 2)
                return questions.matching(self._text(arguments[0], "matches"), self._pattern(arguments[1]))
            case name if name in questions.TEXT_METHODS and node.operand is not None:
                self._count(node, arguments, 2)
                return questions.text_question(name, self._text(arguments[0], name), self._text(arguments[1], name))
            case name if name in self._functions and node.operand is None:
                operands = tuple(self.operand(argument) for argument in arguments)
                return called(name, self._functions[name], operands, node)
            case _:
                raise unknown_function(node, self._functions)

    @staticmethod
    def _count(node: tree.Call, arguments: Sequence[tree.Node], wanted: int) -> None:
        if len(arguments) != wanted:
            hidden = 0 if node.operand is None else 1
            message = f"{node.function} takes {wanted - hidden} arguments, found {len(arguments) - hidden}"
            raise ExpressionError(message, node.offset)

    def _text(self, node: tree.Node, asked: str) -> Operand:
        operand = self.operand(node)
        if operand.type is not Scalar.TEXT:
            raise ExpressionError(f"{asked} asks about texts, found {described(operand.type)}", node.offset)
        return operand

    @staticmethod
    def _pattern(node: tree.Node) -> Any:
        if not isinstance(node, tree.Constant) or not isinstance(node.value, str):
            raise ExpressionError("the pattern of matches must be written out", node.offset)
        return compile_pattern(node.value, node.offset)

    _handlers: ClassVar[dict[type, Callable[[Compiler, Any], Term]]] = {
        tree.Constant: _constant,
        tree.Name: _name,
        tree.Select: _field,
        tree.Index: _index,
        tree.Has: _has,
        tree.Not: _not,
        tree.All: _all,
        tree.Any: _any,
        tree.Conditional: _conditional,
        tree.Comparison: _comparison,
        tree.Sum: _sum,
        tree.ListOfNodes: _list,
        tree.Macro: _macro,
        tree.Call: _call,
    }


def _logic(term: Term, offset: int) -> Logic:
    if isinstance(term, Logic):
        return term
    if term.type is not Scalar.BOOLEAN:
        raise ExpressionError(f"expected true or false, found {described(term.type)}", offset)
    return as_logic(term)


def _parameter(operand: Operand, name: str, type: Type) -> Operand:
    read = operand.read
    if isinstance(type, ListType):
        return Operand(type, False, lambda frame: as_items(read(frame)[name]), nothing)
    return Operand(type, False, lambda frame: read(frame)[name], nothing)


def _element(operand: Operand) -> tuple[Slot, Callable[[Frame], Any]]:
    """How an operand stands in a list: scalars wrapped, everything else as it is."""
    if isinstance(operand.type, Scalar):
        return Slot(operand.type, wrapped=True), as_values(operand)
    return Slot(operand.type, operand.wrapped), operand.read


def _fullest(operands: Sequence[Operand]) -> Type:
    """The type that compatible operands share: of an empty list and another one, the other's."""
    return next((operand.type for operand in operands if operand.type != ListType(None)), operands[0].type)


def _constants(node: tree.Node) -> frozenset[Any] | None:
    if not isinstance(node, tree.ListOfNodes):
        return None
    values = [element.value for element in node.elements if isinstance(element, tree.Constant)]
    return frozenset(values) if len(values) == len(node.elements) else None


def _instead(left: Operand, right: Operand) -> tuple[str, ...]:
    if isinstance(left.type, ListType) or isinstance(right.type, ListType):
        return ("ask about elements with all, exists or in",)
    if isinstance(left.type, ObjectType) or isinstance(right.type, ObjectType):
        return ("compare a field of it",)
    return ()
