"""Words to tree: recursive descent, one function per level of precedence."""

from __future__ import annotations

from collections.abc import Callable

from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.tokens import KEYWORDS, RESERVED, Token, tokens
from pipecheck.rules.cel.tree import (
    All,
    Any,
    Call,
    Comparison,
    Conditional,
    Constant,
    Has,
    Index,
    ListOfNodes,
    Macro,
    MacroName,
    Name,
    Node,
    Not,
    Operator,
    Select,
    Sum,
)

_DEEPEST = 40
_LONGEST_CHAIN = 40
_LARGEST = 2**63 - 1
_OPERATORS: dict[str, Operator] = {
    "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in",
}  # fmt: skip
_MACROS: dict[str, MacroName] = {
    "all": "all", "exists": "exists", "exists_one": "exists_one", "filter": "filter", "map": "map",
}  # fmt: skip

_INSTEAD = {
    "null": ("ask has(…) whether something is written",),
    "{": ("maps and messages are not part of the language of rules",),
}


def parse(text: str) -> Node:
    """The tree of a whole expression. Raises ExpressionError."""
    parser = Parser(text)
    node = parser.expression()
    if parser.token.kind != "end":
        raise parser.unexpected("an operator or the end")
    return node


def conjuncts(text: str) -> tuple[str, ...]:
    """The texts of what `&&` joins at the top of an expression; the whole text where nothing is joined."""
    node = parse(text)
    if not isinstance(node, All):
        return (text.strip(),)
    return tuple(text[start:end] for start, end in node.extents)


class Parser:
    """Reads an expression from `start` on, and no word further than the one behind it, which is `token`."""

    def __init__(self, text: str, start: int = 0) -> None:
        self._tokens = tokens(text, start)
        self._depth = 0
        self._end = start
        self.token: Token = next(self._tokens)

    def unexpected(self, expected: str, help: tuple[str, ...] = ()) -> ExpressionError:
        """The error that says that the present word is not what stands here."""
        return ExpressionError(f"expected {expected}, found {self.token.shown}", self.token.offset, help)

    def expression(self) -> Node:
        """`a ? b : c`, and everything that binds more tightly."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError("the expression is nested too deeply", self.token.offset)
        node = self._any()
        question = self.token
        if self.skip("?"):
            positive = self._any()
            self._expect(":")
            node = Conditional(node, positive, self.expression(), question.offset)
        self._depth -= 1
        return node

    def _any(self) -> Node:
        operands, extents = self._joined("||", self._all)
        return operands[0] if len(operands) == 1 else Any(operands, extents, extents[0][0])

    def _all(self) -> Node:
        operands, extents = self._joined("&&", self._comparison)
        return operands[0] if len(operands) == 1 else All(operands, extents, extents[0][0])

    def _joined(self, sign: str, operand: Callable[[], Node]) -> tuple[tuple[Node, ...], tuple[tuple[int, int], ...]]:
        operands: list[Node] = []
        extents: list[tuple[int, int]] = []
        while not operands or self.skip(sign):
            start = self.token.offset
            operands.append(operand())
            extents.append((start, self._end))
        return tuple(operands), tuple(extents)

    def _comparison(self) -> Node:
        node = self._sum()
        for _ in range(_LONGEST_CHAIN):
            operator = _OPERATORS.get(str(self.token.value)) if self.token.kind in ("sign", "name") else None
            if operator is None:
                return node
            offset = self.advance().offset
            node = Comparison(operator, node, self._sum(), offset)
        raise self._too_long()

    def _sum(self) -> Node:
        operands = [self._unary()]
        offset = self.token.offset
        while self.skip("+"):
            operands.append(self._unary())
        if self.token.kind == "sign" and self.token.value in ("-", "*", "/", "%"):
            raise self.unexpected("an operator of the language of rules", ("write the check in Python",))
        return operands[0] if len(operands) == 1 else Sum(tuple(operands), offset)

    def _unary(self) -> Node:
        first = self.token
        nots = 0
        while self.skip("!"):
            nots += 1
        if nots:
            node = self._member()
            return Not(node, first.offset) if nots % 2 else Not(Not(node, first.offset), first.offset)
        if self.skip("-"):
            return self._negative(first.offset)
        return self._member()

    def _negative(self, offset: int) -> Node:
        number = self.token
        if number.kind not in ("integer", "number") or isinstance(number.value, str):
            raise self.unexpected("a number after the minus")
        self.advance()
        return self._members(Constant(-number.value, offset))

    def _member(self) -> Node:
        return self._members(self._primary())

    def _members(self, node: Node) -> Node:
        for _ in range(_LONGEST_CHAIN):
            if self.skip("."):
                node = self._selected(node)
            elif self.token.kind == "sign" and self.token.value == "[":
                offset = self.advance().offset
                index = self.expression()
                self._expect("]")
                node = Index(node, index, offset)
            else:
                return node
        raise self._too_long()

    def _selected(self, operand: Node) -> Node:
        field = self.token
        if field.kind != "name" or field.value in KEYWORDS:
            raise self.unexpected("the name of a field")
        self.advance()
        name = str(field.value)
        if not self.skip("("):
            return Select(operand, name, field.offset)
        if name in _MACROS:
            return self._macro(_MACROS[name], operand, field.offset)
        return Call(name, operand, self._rest(")"), field.offset)

    def _macro(self, name: MacroName, operand: Node, offset: int) -> Node:
        variable = self.token
        arguments = self._rest(")")
        allowed = (2, 3) if name == "map" else (2,)
        if len(arguments) not in allowed:
            help = (f"write .{name}(x, …) with x for each element",)
            raise ExpressionError(f"{name} takes a name and an expression", offset, help)
        if not isinstance(arguments[0], Name) or arguments[0].offset != variable.offset:
            raise ExpressionError(f"{name} takes a name first", variable.offset)
        condition = arguments[1] if len(arguments) == 3 else None
        return Macro(name, operand, arguments[0].name, arguments[-1], offset, condition)

    def _rest(self, closing: str) -> tuple[Node, ...]:
        """Expressions separated by commas, up to and with the closing sign; a list may end in a comma."""
        found: list[Node] = []
        while not self.skip(closing):
            if found:
                self._expect(",", f"{closing!r} or ','")
                if closing == "]" and self.skip(closing):
                    break
            found.append(self.expression())
        return tuple(found)

    def _primary(self) -> Node:
        token = self.advance()
        match token.kind, token.value:
            case "text" | "integer" | "number", value:
                return self._literal(token, value)
            case "name", "true" | "false":
                return Constant(token.value == "true", token.offset)
            case "name", str(name) if name not in KEYWORDS:
                return self._named(name, token)
            case "sign", "(":
                inner = self.expression()
                self._expect(")")
                return inner
            case "sign", "[":
                return ListOfNodes(self._rest("]"), token.offset)
            case _:
                help = _INSTEAD.get(str(token.value), ())
                raise ExpressionError(f"expected a value, found {token.shown}", token.offset, help)

    @staticmethod
    def _literal(token: Token, value: str | int | float) -> Node:
        if isinstance(value, int) and value > _LARGEST:
            raise ExpressionError("a whole number has at most 64 bits", token.offset)
        return Constant(value, token.offset)

    def _named(self, name: str, token: Token) -> Node:
        if name in RESERVED:
            raise ExpressionError(f"{name!r} is a reserved word", token.offset)
        if not self.skip("("):
            return Name(name, token.offset)
        arguments = self._rest(")")
        if name != "has":
            return Call(name, None, arguments, token.offset)
        if len(arguments) != 1 or not isinstance(arguments[0], Select):
            raise ExpressionError(
                "has takes a field", token.offset, ("write has(store.encryption_key); for a key, 'Key' in settings",)
            )
        return Has(arguments[0], token.offset)

    def advance(self) -> Token:
        """Steps over the present word and returns it; the end stays."""
        token = self.token
        if token.kind != "end":
            self._end = token.end
            self.token = next(self._tokens)
        return token

    def skip(self, sign: str) -> bool:
        """Steps over the present word where it is this sign, and says whether it was."""
        if self.token.kind == "sign" and self.token.value == sign:
            self.advance()
            return True
        return False

    def _expect(self, sign: str, expected: str | None = None) -> None:
        if not self.skip(sign):
            raise self.unexpected(expected or repr(sign))

    def _too_long(self) -> ExpressionError:
        return ExpressionError("the expression is a chain that is too long", self.token.offset)
