"""The words of an expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.values.record import record

Kind: TypeAlias = Literal["text", "integer", "number", "name", "sign", "end"]

KEYWORDS = frozenset({"true", "false", "null", "in"})
RESERVED = frozenset(
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "namespace",
        "package", "return", "var", "void", "while",
    }
)  # fmt: skip
"""Names that CEL keeps for itself; a field may have one."""

_LARGEST = 2**63 - 1


@record
class Token:
    """One word. `value` is what a literal means, else the word itself; offsets are 0-based, `end` exclusive."""

    kind: Kind
    value: str | int | float
    offset: int
    end: int

    @property
    def shown(self) -> str:
        """How an error message names it."""
        return "the end" if self.kind == "end" else repr(self.value)


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """The words of `text` from `start` on, read as they are asked for, and at last an `end`.

    Raises ExpressionError for what is no word of the language.
    """
    word, blank = _patterns()
    position = _after(blank, text, start)
    while position < len(text):
        found = word.match(text, position)
        if found is None:
            raise _unreadable(text, position)
        yield _token(found, text)
        position = _after(blank, text, found.end())
    yield Token("end", "", len(text), len(text))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    word = re.compile(
        r'''
        (?P<raw>[rR](?:"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"[^"\n\r]*"|'[^'\n\r]*'))
        | (?P<text>"""(?:[^\\]|\\[\s\S])*?"""|\'\'\'(?:[^\\]|\\[\s\S])*?\'\'\'
                  |"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*')
        | (?P<number>[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)
        | (?P<integer>0x[0-9a-fA-F]+|[0-9]+)
        | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
        | (?P<sign>&&|\|\||==|!=|<=|>=|[-!<>+*/%?:.,()\[\]{}|])
        ''',
        re.VERBOSE,
    )
    return word, re.compile(r"(?:[ \t\n\f\r]+|//[^\n]*)+")


def _after(blank: re.Pattern[str], text: str, position: int) -> int:
    found = blank.match(text, position)
    return position if found is None else found.end()


def _token(found: re.Match[str], text: str) -> Token:
    start, end = found.span()
    word = found.group()
    match found.lastgroup:
        case "raw":
            content = _inside(word[1:])
            if (len(content) - len(content.rstrip("\\"))) % 2:
                help = ("leave the r out and double the backslash",)
                raise ExpressionError("a raw text cannot end in a backslash", start, help)
            return Token("text", content, start, end)
        case "text":
            return Token("text", _cooked(word, start), start, end)
        case "number":
            _complete(text, start, end)
            return Token("number", float(word), start, end)
        case "integer":
            _complete(text, start, end)
            return Token("integer", _integer(word, start), start, end)
        case "name":
            if word in {"b", "B", "br", "bR", "Br", "BR", "rb", "rB", "Rb", "RB"} and text[end : end + 1] in (
                '"',
                "'",
            ):
                raise ExpressionError("bytes are not part of the language of rules", start, ("write a text",))
            return Token("name", word, start, end)
        case _:
            return Token("sign", word, start, end)


def _complete(text: str, start: int, end: int) -> None:
    """A number must not run into a name, as in `1u` or `12px`."""
    following = text[end : end + 1]
    if following.isalnum() or following == "_":
        help = ("write it without the u",) if following in "uU" else ()
        raise ExpressionError(f"{text[start : end + 1]!r} is no number", start, help)


def _integer(word: str, offset: int) -> int:
    value = int(word, 16) if word.startswith("0x") else int(word[:20])
    # The smallest integer is written as a minus before a number that is one too large by itself.
    if value > _LARGEST + 1 or len(word) > 20:
        raise ExpressionError("a whole number has at most 64 bits", offset)
    return value


def _inside(quoted: str) -> str:
    width = 3 if quoted[:3] in ('"""', "'''") and len(quoted) >= 6 else 1
    return quoted[width:-width]


_SIMPLE = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", "?": "?", '"': '"', "'": "'", "`": "`",
}  # fmt: skip


def _cooked(quoted: str, offset: int) -> str:
    content = _inside(quoted)
    if "\\" not in content:
        return content
    indent = (len(quoted) - len(content)) // 2
    escape = re.compile(r"\\(x[0-9a-fA-F]{2}|X[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[\s\S])")

    def meant(found: re.Match[str]) -> str:
        code = found.group(1)
        if code in _SIMPLE:
            return _SIMPLE[code]
        number = int(code, 8) if code.isdigit() and len(code) == 3 else int(code[1:], 16) if len(code) > 1 else -1
        if not 0 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            place = offset + indent + found.start()
            raise ExpressionError(
                f"{found.group()} is no escape sequence", place, ("double the backslash, or put r before the quote",)
            )
        return chr(number)

    return escape.sub(meant, content)


def _unreadable(text: str, position: int) -> ExpressionError:
    character = text[position]
    if character in "\"'":
        return ExpressionError("this text is not closed", position, ("close it with the quote it begins with",))
    doubled = {"&": "&&", "=": "=="}.get(character)
    help = (f"write {doubled}",) if doubled else ()
    return ExpressionError(f"{character!r} is no part of an expression", position, help)
