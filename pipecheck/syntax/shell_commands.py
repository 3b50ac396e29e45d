"""Single commands of a shell text: simple ones, compound ones, and the redirections of both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from pipecheck.syntax.shell_tree import (
    Assigned,
    Case,
    Choice,
    Command,
    For,
    Function,
    Group,
    Redirect,
    Sequence,
    Simple,
    Stretch,
    Test,
    Unclear,
    While,
    Word,
)
from pipecheck.syntax.shell_words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_RESERVED = frozenset(
    {"{", "}", "if", "then", "elif", "else", "fi", "do", "done", "while", "until", "for", "case", "esac", "function"}
)
_REDIRECTS = frozenset({"file_redirect", "heredoc_redirect", "herestring_redirect"})


class Reader(Protocol):
    """Reads the nodes of one text."""

    def stretch(self, node: Node) -> Stretch:
        """Where a node stands."""
        ...

    def source(self, node: Node) -> str:
        """The text of a node."""
        ...

    def offset(self, byte: int) -> int:
        """The character that begins at a byte."""
        ...

    def sequence(self, nodes: list[Node], stretch: Stretch, depth: int) -> Sequence:
        """The commands among nodes."""
        ...

    def commands(self, node: Node, depth: int) -> Iterator[Command]:
        """The command of a node."""
        ...


def command(reader: Reader, node: Node, depth: int) -> Command:  # noqa: PLR0911 - one case per kind of node
    """The command that a node of the grammar's tree stands for."""
    match node.type:
        case "command":
            return _simple(reader, node, depth)
        case "variable_assignment" | "variable_assignments":
            nodes = [node] if node.type == "variable_assignment" else node.named_children
            assigned = tuple(_assigned(reader, one, depth) for one in nodes)
            return Simple(assigned, (), (), reader.stretch(node))
        case "declaration_command" | "unset_command":
            return _declaration(reader, node, depth)
        case "test_command":
            return _test(reader, node, depth)
        case "subshell":
            return Group(reader.sequence(node.children, reader.stretch(node), depth), True, (), reader.stretch(node))
        case "compound_statement":
            return _compound(reader, node, depth)
        case "if_statement":
            return _choice(reader, node, depth)
        case "while_statement":
            return _while(reader, node, depth)
        case "for_statement" | "c_style_for_statement":
            return _for(reader, node, depth)
        case "case_statement":
            return _case(reader, node, depth)
        case "function_definition":
            return _function(reader, node, depth)
        case _:
            return Unclear(f"{node.type.replace('_', ' ')} is not looked into", reader.stretch(node))


def _simple(reader: Reader, node: Node, depth: int) -> Command:
    assignments: list[Assigned] = []
    words: list[Word] = []
    redirected: list[Redirect] = []
    for index, child in enumerate(node.children):
        if child.type == "variable_assignment" and not words:
            assignments.append(_assigned(reader, child, depth))
        elif child.type == "command_name":
            words.append(word(reader, child.children[0], depth))
        elif child.type in _REDIRECTS:
            redirected.append(_redirect(reader, child, depth))
        elif node.field_name_for_child(index) == "argument" or child.is_named:
            words.append(word(reader, child, depth))
    if words and not words[0].quoted and words[0].literal in _RESERVED and not assignments:
        return Unclear(f"the shell's word {words[0].literal} stands where a command should", reader.stretch(node))
    return Simple(tuple(assignments), tuple(words), tuple(redirected), reader.stretch(node))


def _assigned(reader: Reader, node: Node, depth: int) -> Assigned:
    name = node.child_by_field_name("name")
    value = node.child_by_field_name("value")
    end = reader.offset(node.end_byte)
    made = Word((), False, Stretch(end, end)) if value is None else word(reader, value, depth)
    appends = any(child.type == "+=" for child in node.children)
    return Assigned("" if name is None else reader.source(name), made, appends)


def _declaration(reader: Reader, node: Node, depth: int) -> Command:
    """`export NAME=value`: the builtin as a word, the assignments behind it as assignments."""
    builtin = node.children[0]
    words = [Word((reader.source(builtin),), False, reader.stretch(builtin))]
    assignments: list[Assigned] = []
    for child in node.children[1:]:
        if child.type == "variable_assignment":
            assignments.append(_assigned(reader, child, depth))
        elif child.is_named:
            words.append(word(reader, child, depth))
    return Simple(tuple(assignments), tuple(words), (), reader.stretch(node))


def _test(reader: Reader, node: Node, depth: int) -> Command:
    kind = node.children[0].type
    words: list[Word] = []
    _operands(reader, node.children[1:-1], words, depth)
    inner = reader.source(node)[len(kind) : -len(node.children[-1].type)].strip()
    stretch = reader.stretch(node)
    if kind == "[":
        begin = Word(("[",), False, Stretch(stretch.start, stretch.start + 1))
        end = Word(("]",), False, Stretch(stretch.end - 1, stretch.end))
        return Simple((), (begin, *words, end), (), stretch)
    return Test(kind, tuple(words), inner, stretch)


def _operands(reader: Reader, nodes: list[Node], found: list[Word], depth: int) -> None:
    """The words of an expression, however the grammar nests them, in the order of the text."""
    for node in nodes:
        if node.type in {"binary_expression", "unary_expression", "parenthesized_expression"}:
            _operands(reader, node.children, found, depth)
        elif node.is_named or node.type.strip():
            found.append(word(reader, node, depth))


def _compound(reader: Reader, node: Node, depth: int) -> Command:
    stretch = reader.stretch(node)
    if node.children and node.children[0].type == "((":
        words: list[Word] = []
        _operands(reader, node.children[1:-1], words, depth)
        return Test("((", tuple(words), reader.source(node)[2:-2].strip(), stretch)
    return Group(reader.sequence(node.children, stretch, depth), False, (), stretch)


def _choice(reader: Reader, node: Node, depth: int) -> Command:
    branches: list[tuple[Sequence, Sequence]] = []
    otherwise: Sequence | None = None
    own: list[Node] = []
    for child in node.children:
        if child.type == "elif_clause":
            branches.append(_branch(reader, child.children, depth))
        elif child.type == "else_clause":
            otherwise = reader.sequence(child.children, reader.stretch(child), depth)
        else:
            own.append(child)
    return Choice((_branch(reader, own, depth), *branches), otherwise, reader.stretch(node))


def _branch(reader: Reader, nodes: list[Node], depth: int) -> tuple[Sequence, Sequence]:
    split = next(index for index, child in enumerate(nodes) if child.type == "then")
    keyword = reader.stretch(nodes[split])
    condition = reader.sequence(nodes[:split], keyword, depth)
    return condition, reader.sequence(nodes[split + 1 :], keyword, depth)


def _while(reader: Reader, node: Node, depth: int) -> Command:
    body = node.child_by_field_name("body")
    stretch = reader.stretch(node)
    if body is None:
        return Unclear("the loop has no body", stretch)
    head = [child for child in node.children if child != body]
    condition = reader.sequence(head, stretch, depth)
    done = reader.sequence(body.children, reader.stretch(body), depth)
    return While(condition, done, node.children[0].type == "until", stretch)


def _for(reader: Reader, node: Node, depth: int) -> Command:
    body = node.child_by_field_name("body")
    stretch = reader.stretch(node)
    if body is None:
        return Unclear("the loop has no body", stretch)
    if node.children[0].type == "select":
        return Unclear("select is not looked into", stretch)
    inner = reader.sequence(body.children, reader.stretch(body), depth)
    variable = node.child_by_field_name("variable")
    if node.type == "c_style_for_statement" or variable is None:
        return For("", None, inner, stretch)
    listed = any(child.type == "in" for child in node.children)
    words = tuple(word(reader, value, depth) for value in node.children_by_field_name("value"))
    return For(reader.source(variable), words if listed else None, inner, stretch)


def _case(reader: Reader, node: Node, depth: int) -> Command:
    value = node.child_by_field_name("value")
    stretch = reader.stretch(node)
    if value is None:
        return Unclear("the case has no word", stretch)
    arms = [_arm(reader, child, depth) for child in node.named_children if child.type == "case_item"]
    return Case(word(reader, value, depth), tuple(arms), stretch)


def _arm(reader: Reader, node: Node, depth: int) -> tuple[tuple[Word, ...], Sequence, str]:
    values = node.children_by_field_name("value")
    closing = next(index for index, child in enumerate(node.children) if child.type == ")")
    patterns = tuple(word(reader, value, depth) for value in values)
    ending = next((child.type for child in node.children if child.type in {";;", ";&", ";;&"}), ";;")
    return patterns, reader.sequence(node.children[closing + 1 :], reader.stretch(node), depth), ending


def _function(reader: Reader, node: Node, depth: int) -> Command:
    name = node.child_by_field_name("name")
    body = node.child_by_field_name("body")
    stretch = reader.stretch(node)
    if name is None or body is None:
        return Unclear("the function has no body", stretch)
    made = next(reader.commands(body, depth))
    return Function(reader.source(name), made, stretch)


def redirects(reader: Reader, node: Node, depth: int) -> tuple[tuple[Redirect, ...], list[Node]]:
    """The redirections of a statement, and what the grammar puts behind a here-document: more commands."""
    found: list[Redirect] = []
    behind: list[Node] = []
    for child in node.children:
        if child.type not in _REDIRECTS:
            continue
        found.append(_redirect(reader, child, depth))
        if child.type != "heredoc_redirect":
            continue
        for inner in child.children:
            if inner.type in _REDIRECTS:
                found.append(_redirect(reader, inner, depth))
            elif inner.type == "pipeline" or inner.type in {"&&", "||"} or _is_right(child, inner):
                behind += inner.children if inner.type == "pipeline" else [inner]
    return tuple(found), behind


def _is_right(node: Node, child: Node) -> bool:
    return child in node.children_by_field_name("right")


def _redirect(reader: Reader, node: Node, depth: int) -> Redirect:
    if node.type == "heredoc_redirect":
        substituted = [child for child in node.named_children if child.type == "heredoc_body"]
        target = word(reader, substituted[0], depth) if substituted else None
        return Redirect("<<", target)
    operator = "".join(reader.source(child) for child in node.children if not child.is_named or "descr" in child.type)
    targets = [child for child in node.named_children if child.type != "file_descriptor"]
    return Redirect(operator, word(reader, targets[-1], depth) if targets else None)


def with_redirects(made: Command, found: tuple[Redirect, ...], end: int) -> Command:
    """The command with more redirections behind it. The loops' own do not matter to what they return."""
    if isinstance(made, Simple | Group):
        stretch = Stretch(made.stretch.start, max(made.stretch.end, end) if "<<" not in _operators(found) else end)
        return replace(made, redirects=(*made.redirects, *found), stretch=stretch)
    return made


def _operators(found: tuple[Redirect, ...]) -> set[str]:
    return {redirect.operator for redirect in found}
