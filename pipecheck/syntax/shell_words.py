"""The words of a shell text: quotes are taken off, what the shell puts in is kept apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from pipecheck.syntax.shell_tree import Arithmetic, Piece, Sequence, Stretch, Substitution, Variable, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED_IN_QUOTES = re.compile(r'\\([$`"\\\n])')
_UNSEEN = Variable("", "?")
"""Something whose value nobody knows."""

_DEFAULTS = frozenset({":-", "-", ":+", "+", ":=", "=", ":?"})


class Reader(Protocol):
    """Reads the nodes of one text."""

    def stretch(self, node: Node) -> Stretch:
        """Where a node stands."""
        ...

    def source(self, node: Node) -> str:
        """The text of a node."""
        ...

    def sequence(self, nodes: list[Node], stretch: Stretch, depth: int) -> Sequence:
        """The commands among nodes."""
        ...


def word(reader: Reader, node: Node, depth: int) -> Word:
    """The word that a node stands for."""
    pieces = tuple(_merged(_pieces(reader, node, depth + 1)))
    quoted = node.type in {"string", "raw_string", "ansi_c_string", "translated_string"}
    return Word(pieces, quoted, reader.stretch(node))


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    text: str | None = None
    for piece in pieces:
        if isinstance(piece, str):
            text = piece if text is None else text + piece
            continue
        if text:
            yield text
        text = None
        yield piece
    if text:
        yield text


def _pieces(reader: Reader, node: Node, depth: int) -> Iterator[Piece]:
    match node.type:
        case "raw_string":
            yield reader.source(node)[1:-1]
        case "string" | "translated_string" | "heredoc_body":
            yield from _in_quotes(reader, node, depth)
        case "concatenation":
            yield from _concatenated(reader, node, depth)
        case "simple_expansion":
            yield Variable(reader.source(node)[1:])
        case "expansion":
            yield _expansion(reader, node)
        case "command_substitution":
            inner = [child for child in node.children if child.type not in {"$(", ")", "`", "$`"}]
            yield Substitution(reader.sequence(inner, reader.stretch(node), depth))
        case "process_substitution":
            yield Substitution(reader.sequence(node.children[1:-1], reader.stretch(node), depth), process=True)
        case "arithmetic_expansion":
            yield Arithmetic(reader.source(node)[3:-2].strip())
        case "ansi_c_string" | "array" | "brace_expression":
            yield _UNSEEN
        case _:
            text = reader.source(node)
            yield _ESCAPED.sub(lambda found: "" if found[1] == "\n" else found[1], text)


def _in_quotes(reader: Reader, node: Node, depth: int) -> Iterator[Piece]:
    """The pieces of a text in quotes; what stands between them counts too: the grammar leaves out blanks."""
    first = node.children[0] if node.children else None
    quoted = first is not None and first.type in {'"', '$"'}
    position = first.end_byte if quoted and first is not None else node.start_byte
    end = node.children[-1].start_byte if quoted else node.end_byte
    data: bytes = reader.data  # type: ignore[attr-defined]
    for child in node.children:
        if child.type in {"string_content", '"', '$"', "heredoc_content"} or not child.is_named:
            continue
        yield _plain(data[position : child.start_byte])
        yield from _pieces(reader, child, depth + 1)
        position = child.end_byte
    yield _plain(data[position:end])


def _plain(data: bytes) -> str:
    text = data.decode("utf-8", "surrogatepass")
    return _ESCAPED_IN_QUOTES.sub(lambda found: "" if found[1] == "\n" else found[1], text)


def _concatenated(reader: Reader, node: Node, depth: int) -> Iterator[Piece]:
    for child in node.children:
        yield from _pieces(reader, child, depth + 1)


def _expansion(reader: Reader, node: Node) -> Piece:
    """`${…}`: a plain one, one with a default, or one that does more."""
    inner = reader.source(node)[2:-1]
    found = re.match(r"(\w+(?:\[\w+\])?|[?!@*#$-])(?:(:?[-+=?])(.*))?\Z", inner, re.DOTALL)
    if found is None:
        return _UNSEEN
    name, operator, operand = found[1], found[2] or "", found[3] or ""
    if operator and (operator not in _DEFAULTS or any(character in operand for character in "$`'\"\\")):
        return _UNSEEN
    return Variable(name, operator, operand)
