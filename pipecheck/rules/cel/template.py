"""Messages with expressions in them: `artifact store {store.location} uses {store.encryption_key.id|'no key'}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipecheck.rules.cel.compiler import Compiler
from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.parser import Parser
from pipecheck.rules.cel.program import Scope
from pipecheck.rules.cel.term import Frame, as_values
from pipecheck.rules.cel.types import ListType, Scalar, described
from pipecheck.values import Absent, Items, Known, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import displayed

_LONGEST = 80
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_ABSENT = "nothing"
_UNKNOWN = "an unknown value"
_MOST_ALTERNATIVES = 3


@record
class Template:
    """A message, compiled. `parts` are its literal texts and what fills the gaps between them."""

    scope: Scope
    parts: tuple[str | Callable[[Frame], str], ...]
    size: int

    def fill(self, bindings: Mapping[str, object]) -> str:
        """The message about the values bound to the variables. It has one line."""
        frame = self.scope.frame(bindings, self.size)
        return "".join(part if isinstance(part, str) else part(frame) for part in self.parts)


def compile_template(text: str, scope: Scope) -> Template:
    """A message in which `{expression}` and `{expression|'instead'}` stand for values, `{{` and `}}` for braces.

    Raises ExpressionError, with offsets in the whole message.
    """
    compiler = scope.compiler()
    parts: list[str | Callable[[Frame], str]] = []
    position = 0
    while position < len(text):
        if text.startswith(("{{", "}}"), position):
            parts.append(text[position])
            position += 2
        elif text[position] == "{":
            part, position = _gap(text, position + 1, compiler)
            parts.append(part)
        elif text[position] == "}":
            raise ExpressionError("this brace is not opened", position, ("write }} for a brace",))
        else:
            end = min(
                (at for at in (text.find("{", position), text.find("}", position)) if at >= 0), default=len(text)
            )
            parts.append(text[position:end])
            position = end
    return Template(scope, tuple(parts), compiler.size)


def _gap(text: str, start: int, compiler: Compiler) -> tuple[Callable[[Frame], str], int]:
    """What fills the gap that opens before `start`, and the offset behind it."""
    parser = Parser(text, start)
    node = parser.expression()
    instead: str | None = None
    if parser.skip("|"):
        if parser.token.kind != "text":
            raise parser.unexpected("the text to show where the value is absent, in quotes")
        instead = str(parser.advance().value)
    closing = parser.token
    if closing.kind != "sign" or closing.value != "}":
        raise parser.unexpected("'}' or '|'")
    operand = compiler.operand(node)
    if isinstance(operand.type, ListType):
        slot = operand.type.element
        if slot is not None and not isinstance(slot.type, Scalar):
            raise ExpressionError("a message shows texts, numbers and lists of them", node.offset)
        items = operand.read
        return lambda frame: _cut(_listed(items(frame))), closing.end
    if not isinstance(operand.type, Scalar):
        raise ExpressionError(f"a message shows texts and numbers, not {described(operand.type)}", node.offset)
    read = as_values(operand)
    return lambda frame: _cut(_shown(read(frame), instead)), closing.end


def _listed(items: Items[Value[Any]]) -> str:
    shown = [_shown(value, None) for value in values(items)]
    return ", ".join([*shown, *(() if items.open is None else (_ELLIPSIS,))]) or _ABSENT


def _shown(value: Value[Any], instead: str | None) -> str:
    match value:
        case Known(known):
            return _plain(known)
        case Absent(default=default):
            if instead is not None:
                return instead
            return _ABSENT if default is None else _plain(default.value)
        case Unknown(candidates=candidates, pieces=pieces):
            if pieces:
                return "".join(piece if isinstance(piece, str) else _named(piece) for piece in pieces)
            if value.spelling or not 0 < len(candidates) <= _MOST_ALTERNATIVES:
                return displayed(value) or _UNKNOWN
            return " or ".join(dict.fromkeys(_shown(candidate, instead) for candidate in candidates))


def _named(piece: Unknown) -> str:
    return displayed(piece) or _ELLIPSIS


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cut(text: str) -> str:
    """One line of printable characters, cut where it is long."""
    line = " ".join("".join(c if c.isprintable() else " " if c.isspace() else "" for c in text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + _ELLIPSIS
