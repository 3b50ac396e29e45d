"""The door to the shell: reads a text with tree-sitter's grammar of bash and returns a tree of our own.

The grammar binds `!`, `|` and `&&` wrongly in places (`! a | b | c || d`), so joined commands are taken as a flat row
of commands and operators and joined anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pipecheck.syntax.shell_tree import (
    AndOr,
    Command,
    Not,
    Pipe,
    Sequence,
    Simple,
    Step,
    Stretch,
    Unclear,
    Word,
)

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_LONGEST = 200_000
_DEEPEST = 60
_PLAIN = re.compile(r"[\w./:@%+,-][\w./:@%+,=-]*(?: +[\w./:@%+,=-]+)*\Z", re.ASCII)
_WORD = re.compile(r"[^ ]+")
_KEYWORDS = frozenset(
    {"case", "coproc", "do", "done", "elif", "else", "esac", "export", "fi", "for", "function", "if", "local"}
    | {"declare", "readonly", "select", "then", "time", "typeset", "unset", "until", "while"}
)
_JOINED = frozenset({"list", "pipeline", "negated_command"})
_OPERATORS = frozenset({"&&", "||", "|", "|&", "!"})
_SEPARATORS = frozenset({";", "\n", "&"})


@lru_cache(maxsize=4096)
def parse_shell(text: str) -> Sequence:
    """The commands of a text; one that is `Unclear` where a part of it cannot be read."""
    stripped = text.strip(" ")
    if _PLAIN.match(stripped) and stripped.split(" ", 1)[0] not in _KEYWORDS and "=" not in stripped.split(" ", 1)[0]:
        return _plain(text)
    if len(text) > _LONGEST:
        whole = Stretch(0, len(text))
        return Sequence((Step(Unclear("the command is too long to look into", whole)),), whole)
    return _Reader(text).script()


def _plain(text: str) -> Sequence:
    words = tuple(
        Word((found.group(),), False, Stretch(found.start(), found.end())) for found in _WORD.finditer(text)
    )
    stretch = Stretch(words[0].stretch.start, words[-1].stretch.end)
    return Sequence((Step(Simple((), words, (), stretch)),), stretch)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    import tree_sitter_bash  # noqa: PLC0415 - only where a shell text is judged
    from tree_sitter import Language, Parser  # noqa: PLC0415

    return Parser(Language(tree_sitter_bash.language()))


_NEGATED_COMPOUND = re.compile(
    r"(?:^|[;&|(\n{]|\b(?:then|do|else|if|while|until|elif)[ \t])[ \t]*(!)[ \t]+"
    r"(?=\{\s|(?:if|case|for|while|until)\s)"
)


class _Reader:
    """Turns the grammar's tree of one text into ours.

    The grammar takes the brace of `! { … }` and the `if` of `! if …` for words: there the `!` is hidden from it
    and put back behind it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        hidden = {found.end(): found.start(1) for found in _NEGATED_COMPOUND.finditer(text)}
        shown = list(text)
        for position in hidden.values():
            shown[position] = " "
        self._negations = hidden
        self.data = text.encode("utf-8", "surrogatepass")
        self._shown = "".join(shown).encode("utf-8", "surrogatepass") if hidden else self.data
        self._ascii = len(self.data) == len(text)

    def script(self) -> Sequence:
        root = _parser().parse(self._shown).root_node
        whole = Stretch(0, len(self.text))
        if root.has_error:
            return Sequence((Step(Unclear("the shell text cannot be parsed", whole)),), whole)
        return self.sequence(root.children, whole, 0)

    def stretch(self, node: Node) -> Stretch:
        return Stretch(self.offset(node.start_byte), self.offset(node.end_byte))

    def offset(self, byte: int) -> int:
        return byte if self._ascii else len(self.data[:byte].decode("utf-8", "surrogatepass"))

    def source(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")

    def sequence(self, nodes: list[Node], stretch: Stretch, depth: int) -> Sequence:
        """The commands among the nodes of a body: all that are no separators, keywords or comments."""
        steps: list[Step] = []
        for node in nodes:
            if node.type == "&" and steps:
                steps[-1] = Step(steps[-1].command, self.stretch(node))
            elif node.is_named and node.type not in {"comment", "heredoc_body", "heredoc_end"}:
                steps += (Step(command) for command in self.commands(node, depth + 1))
        if steps:
            stretch = Stretch(_start(steps[0].command), steps[-1].command.stretch.end)
        return Sequence(tuple(steps), stretch)

    def commands(self, node: Node, depth: int) -> Iterator[Command]:
        """One command; those joined by operators as one."""
        if depth > _DEEPEST:
            yield Unclear("commands are nested too deep to look into", self.stretch(node))
            return
        yield self._joined(list(self._flat(node, depth)), self.stretch(node))

    def _flat(self, node: Node, depth: int) -> Iterator[Command | tuple[str, Stretch]]:
        """The commands and operators of joined commands, in the order of the text."""
        if depth > _DEEPEST:
            yield Unclear("commands are nested too deep to look into", self.stretch(node))
        elif node.type in _JOINED:
            for child in node.children:
                if child.type in _OPERATORS:
                    yield child.type, self.stretch(child)
                elif child.is_named and child.type != "comment":
                    yield from self._flat(child, depth + 1)
        elif node.type == "redirected_statement":
            yield from self._redirected(node, depth)
        else:
            from pipecheck.syntax.shell_commands import command  # noqa: PLC0415 - they need each other

            made = command(self, node, depth)
            negation = self._negations.get(made.stretch.start) if not isinstance(made, Simple) else None
            if negation is not None:
                yield "!", Stretch(negation, negation + 1)
            if isinstance(made, Simple) and made.words and made.words[0].literal == "!" and not made.assignments:
                yield "!", made.words[0].stretch
                start = made.words[1].stretch.start if made.words[1:] else made.stretch.end
                made = Simple((), made.words[1:], made.redirects, Stretch(start, made.stretch.end))
            yield made

    def _redirected(self, node: Node, depth: int) -> Iterator[Command | tuple[str, Stretch]]:
        """A statement with its redirections; they belong to the last command of a row that it holds."""
        from pipecheck.syntax.shell_commands import redirects, with_redirects  # noqa: PLC0415 - they need each other

        body = node.child_by_field_name("body")
        row = [] if body is None else list(self._flat(body, depth + 1))
        found, behind = redirects(self, node, depth)
        if not row:
            yield Simple((), (), found, self.stretch(node))
        else:
            yield from row[:-1]
            last = row[-1]
            yield last if isinstance(last, tuple) else with_redirects(last, found, self.stretch(node).end)
        for follower in behind:
            if follower.type in _OPERATORS:
                yield follower.type, self.stretch(follower)
            elif follower.is_named:
                yield from self._flat(follower, depth + 1)

    def _joined(self, row: list[Command | tuple[str, Stretch]], stretch: Stretch) -> Command:
        made, rest = _and_or(row)
        if made is None or rest:
            return Unclear("the commands cannot be told apart", stretch)
        return made


Row = list[Command | tuple[str, Stretch]]


def _and_or(row: Row) -> tuple[Command | None, Row]:
    """`&&` and `||` bind alike and from the left."""
    left, rest = _negated(row)
    while left is not None and rest and isinstance(rest[0], tuple) and rest[0][0] in {"&&", "||"}:
        operator, at = rest[0]
        right, rest = _negated(rest[1:])
        if right is None:
            return None, rest
        left = AndOr(left, operator, at, right, Stretch(_start(left), right.stretch.end))
    return left, rest


def _negated(row: Row) -> tuple[Command | None, Row]:
    """`!` binds a whole pipe."""
    if row and isinstance(row[0], tuple) and row[0][0] == "!":
        at = row[0][1]
        command, rest = _negated(row[1:])
        made = None if command is None else Not(command, at, Stretch(at.start, command.stretch.end))
        return made, rest
    return _pipe(row)


def _pipe(row: Row) -> tuple[Command | None, Row]:
    if not row or isinstance(row[0], tuple):
        return None, row
    commands = [row[0]]
    bars: list[Stretch] = []
    rest = row[1:]
    while rest and isinstance(rest[0], tuple) and rest[0][0] in {"|", "|&"}:
        if len(rest) < 2 or isinstance(rest[1], tuple):
            return None, rest
        bars.append(rest[0][1])
        commands.append(rest[1])
        rest = rest[2:]
    if not bars:
        return commands[0], rest
    return Pipe(tuple(commands), tuple(bars), Stretch(_start(commands[0]), commands[-1].stretch.end)), rest


def _start(command: Command) -> int:
    return command.stretch.start
