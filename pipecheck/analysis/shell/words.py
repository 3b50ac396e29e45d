"""What words hold when they are used, and what programs are run through others."""

from __future__ import annotations

import re

from pipecheck.analysis.shell.state import FAILURE_TEXT, NONZERO, UNSEEN, State
from pipecheck.syntax.shell_tree import Arithmetic, Piece, Substitution, Variable, Word
from pipecheck.values.record import record

_SUM = re.compile(r"\s*(\$?\w+|\$\?|\$\{\w+\})\s*(?:(\+|\||-)\s*(\$?\w+|\$\?|\$\{\w+\})\s*)?\Z")


@record
class Text:
    """The text of a word: UNSEEN somewhere in it where part of it is not known."""

    text: str
    tainted: bool = False

    @property
    def is_known(self) -> bool:
        """Whether all of it is known."""
        return "\0" not in self.text


def status_text(status: int) -> str:
    """What `$?` holds."""
    return FAILURE_TEXT if status == NONZERO else str(status)


def expanded(word: Word, state: State) -> Text:
    """The text of a word; substitutions are not known."""
    pieces = [_piece(piece, state) for piece in word.pieces]
    return Text("".join(piece.text for piece in pieces), any(piece.tainted for piece in pieces))


def _piece(piece: Piece, state: State) -> Text:
    match piece:
        case str():
            return Text(piece)
        case Variable(name, operator, operand):
            return _variable(name, operator, operand, state)
        case Arithmetic(text):
            return arithmetic(text, state)
        case Substitution():
            return Text(UNSEEN, state.failed)


def _variable(name: str, operator: str, operand: str, state: State) -> Text:
    if operator == "?":
        return Text(UNSEEN)
    if name == "?":
        return Text(status_text(state.status), state.tainted)
    if name == "!":
        return Text(UNSEEN if state.job is None else f"\0job {state.job[0]} {state.job[1]}", state.failed)
    if name.startswith("PIPESTATUS"):
        return _pipe_status(name, state)
    held = state.get(name)
    if operator in {":-", "-"} and held.text == "" and operator == ":-":
        return Text(operand)
    if operator in {":+", "+"}:
        return Text(operand if held.text and held.text != UNSEEN else UNSEEN if held.text else "", held.tainted)
    return Text(held.text, held.tainted)


def _pipe_status(name: str, state: State) -> Text:
    inner = name[len("PIPESTATUS") :].strip("[]") or "0"
    if inner.isdecimal() and int(inner) < len(state.statuses):
        return Text(status_text(state.statuses[int(inner)]), state.failed)
    if not state.statuses and inner == "0":
        return Text(status_text(state.status), state.tainted)
    return Text(UNSEEN, state.failed)


def arithmetic(text: str, state: State) -> Text:
    """The value of an expression of one or two numbers or variables."""
    found = _SUM.match(text)
    if found is None:
        return Text(UNSEEN, state.failed)
    left = _number(found[1], state)
    if found[2] is None:
        return left
    right = _number(found[3], state)
    tainted = left.tainted or right.tainted
    if left.text.isdecimal() and right.text.isdecimal():
        one, two = int(left.text), int(right.text)
        return Text(str({"+": one + two, "|": one | two, "-": one - two}[found[2]]), tainted)
    if found[2] in {"+", "|"} and {left.text, right.text} <= {FAILURE_TEXT, *map(str, range(256))}:
        return Text(FAILURE_TEXT, tainted)
    return Text(UNSEEN, tainted)


def _number(word: str, state: State) -> Text:
    name = word.strip("${}")
    if word.startswith("$") or not name.isdecimal():
        found = _variable(name, "", "", state)
        return Text("0", found.tainted) if found.text == "" else found
    return Text(name)
