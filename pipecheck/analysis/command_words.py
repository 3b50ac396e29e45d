"""The programs that a shell text runs, told from its words alone.

Quotes, comments, substitutions and the operators between commands are followed; variables, loops and functions are
not. What the text does with what its programs say is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_BEFORE_A_COMMAND = frozenset(
    {"!", "do", "elif", "else", "env", "exec", "if", "nohup", "sudo", "then", "time", "until", "while", "{", "}"}
)
_ENDINGS = frozenset({"done", "esac", "fi"})
_OPERATORS = ";&|\n"
_HIDDEN = "$(…)"


def programs(text: str) -> Iterator[tuple[str, ...]]:
    """The words of each simple command in a text, from the program's own name on; nested ones first."""
    for words in _Shell(text).commands():
        run = _without_prefixes(words)
        if run:
            yield run


def _without_prefixes(words: list[str]) -> tuple[str, ...]:
    start = 0
    while start < len(words) and (words[start] in _BEFORE_A_COMMAND | _ENDINGS or _is_assignment(words[start])):
        start += 1
    return tuple(words[start:])


def _is_assignment(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.replace("_", "a").isalnum() and not name[0].isdigit()


@dataclass(slots=True)
class _Shell:
    """Cuts a text into commands and their words."""

    text: str
    position: int = 0
    found: list[list[str]] = field(default_factory=list)

    def commands(self) -> list[list[str]]:
        while self.position < len(self.text):
            self._list("")
        return self.found

    def _list(self, closing: str) -> None:
        """Commands up to `closing`, the end of a substitution; up to the end of the text where it is empty."""
        words: list[str] = []
        word: str | None = None
        while self.position < len(self.text):
            character = self.text[self.position]
            self.position += 1
            if character == closing or (character == ")" and not closing):
                break
            if character in _OPERATORS or character == "(":
                self._finish(words, word)
                words, word = [], None
            elif character == "\\" and self.text.startswith("\n", self.position):
                self.position += 1
            elif character in " \t\r":
                words, word = (words if word is None else [*words, word]), None
            elif character == "#" and word is None:
                self._skip_to("\n")
            else:
                word = (word or "") + self._piece(character)
        self._finish(words, word)

    def _finish(self, words: list[str], word: str | None) -> None:
        all_words = words if word is None else [*words, word]
        if all_words:
            self.found.append(all_words)

    def _piece(self, character: str) -> str:
        match character:
            case "'":
                start = self.position
                self._skip_to("'")
                quoted = self.text[start : self.position]
                self.position += 1
                return quoted
            case '"':
                return self._double_quoted()
            case "\\":
                self.position += 1
                return self.text[self.position - 1 : self.position]
            case "`":
                self._list("`")
                return _HIDDEN
            case "$" if self.text.startswith("(", self.position):
                self.position += 1
                self._list(")")
                return _HIDDEN
            case _:
                return character

    def _double_quoted(self) -> str:
        parts: list[str] = []
        while self.position < len(self.text):
            character = self.text[self.position]
            self.position += 1
            if character == '"':
                break
            parts.append(character if character == "'" else self._piece(character))
        return "".join(parts)

    def _skip_to(self, character: str) -> None:
        found = self.text.find(character, self.position)
        self.position = len(self.text) if found < 0 else found
