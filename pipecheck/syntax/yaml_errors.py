"""What the YAML parser says about a broken text, in words that help to mend it."""

from __future__ import annotations

import re
from typing import TypeAlias

from yaml import MarkedYAMLError, YAMLError

from pipecheck.errors import InputError
from pipecheck.syntax.refusal import character_name, refusal
from pipecheck.values.record import record

_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may not stand in a YAML text: https://yaml.org/spec/1.1/#id868524."""

_Explanation: TypeAlias = tuple[str, int, tuple[str, ...]]
"""What is wrong, at which offset, and what to do about it."""

_QUOTE_IT = "put the value in quotes if that is part of it"
_SAME_COLUMN = "keys of one mapping, and dashes of one list, stand in the same column"

_SENTENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("expected key", "found {found}, expected a key", (_SAME_COLUMN,)),
    ("expected '-' indicator", "found {found}, expected the next '- ' of a list", (_SAME_COLUMN,)),
    ("expected <block end>", "found {found}, expected the next entry of the same block", (_SAME_COLUMN,)),
    ("block sequence entries are not allowed", "a '- ' cannot begin here", ("begin the list on a line of its own",)),
    ("mapping keys are not allowed", "a '? ' cannot begin here", (_QUOTE_IT,)),
    ("undefined tag handle", "a tag with a prefix that no %TAG directive declares", ()),
    ("unknown escape character", "an escape that YAML does not know", ("a backslash in double quotes is \\\\",)),
    ("Unicode character escape", "an escape that stands for no character", ()),
    ("hexdecimal number", "an escape with too few hexadecimal digits", ()),
    (
        "<document start>",
        "found {found} after the end of the document",
        ("entries of one block stand in one column, brackets come in pairs",),
    ),
    ("node content", "found {found}, expected a value", (_QUOTE_IT,)),
    ("comment or line break", "found {found}, expected the end of the line", ()),
    ("indentation indicator", "an indentation of 0 for a block of text; 1 to 9 is possible", ()),
    ("whitespace or line break", "found {found}, expected a space after the tag", ()),
    ("incompatible YAML document", "a %YAML directive for a version other than 1.1 or 1.2", ()),
)
"""Part of the parser's words, ours, and help; libyaml and the parser in Python differ in the rest of theirs."""


def explained(error: YAMLError, text: str, uri: str) -> InputError:
    """The error of the YAML parser as ours."""
    if not isinstance(error, MarkedYAMLError):
        return _bad_character(text, uri)
    problem_mark = error.problem_mark or error.context_mark
    context_mark = error.context_mark or problem_mark
    if problem_mark is None or context_mark is None:
        return refusal(uri, text, "yaml", 0, f"is not valid YAML: {error.problem}")
    trouble = _Trouble(text, error.problem or "", error.context or "", problem_mark.index, context_mark.index)
    message, offset, help = trouble.sentence()
    return refusal(uri, text, "yaml", offset, message, help)


def _bad_character(text: str, uri: str) -> InputError:
    found = _NOT_ALLOWED.search(text)
    if found is None:
        return refusal(uri, text, "yaml", 0, "is not valid YAML")
    name = character_name(found.group())
    return refusal(
        uri, text, "yaml", found.start(), f"{name} is not allowed in YAML", ("remove it, or write an escape",)
    )


@record
class _Trouble:
    """The parser's words and places: where the problem is, and where that began within which it arose."""

    text: str
    problem: str
    context: str
    offset: int
    beginning: int

    def sentence(self) -> _Explanation:
        """The first explanation that fits."""
        specials = (
            self._tab,
            self._quote,
            self._bracket,
            self._second_colon,
            self._no_colon,
            self._sigil,
            self._trailing,
        )
        for special in specials:
            answer = special()
            if answer is not None:
                return answer
        for part, sentence, help in _SENTENCES:
            if part in self.problem:
                return sentence.format(found=self._found), self.offset, help
        return f"is not valid YAML: {self.problem}", self.offset, ()

    @property
    def _found(self) -> str:
        return character_name(self.text[self.offset : self.offset + 1])

    @property
    def _line_before(self) -> str:
        """What stands before the problem in its line."""
        return re.split(r"[\n\r\x85\u2028\u2029]", self.text[: self.offset])[-1]

    def _tab(self) -> _Explanation | None:
        before = self._line_before
        indentation = before[: len(before) - len(before.lstrip())]
        misplaced_key = "mapping values are not allowed" in self.problem and "\t" in indentation
        at_tab = "tab character" in self.problem or self.text.startswith("\t", self.offset)
        if not at_tab and not misplaced_key:
            return None
        message = "a tab in the indentation, where YAML allows only spaces"
        offset = self.text.find("\t", self.offset - len(before))
        return message, offset, ("replace the tab by spaces",)

    def _quote(self) -> _Explanation | None:
        if "quoted scalar" not in self.context or "unexpected" not in self.problem:
            return None
        quote = self.text[self.beginning : self.beginning + 1]
        return f"a text that is never closed with {quote}", self.beginning, (f"add the closing {quote}",)

    def _bracket(self) -> _Explanation | None:
        if not self.context.startswith(("while parsing a flow sequence", "while parsing a flow mapping")):
            return None
        opening, closing = ("[", "]") if "sequence" in self.context else ("{", "}")
        if not self.text[self.offset :].strip():
            return f"a '{opening}' that is never closed", self.beginning, (f"add the closing '{closing}'",)
        line = len(re.findall(r"\r\n|[\n\r\x85\u2028\u2029]", self.text[: self.beginning])) + 1
        message = f"found {self._found}, expected ',' or '{closing}'"
        return message, self.offset, (f"the '{opening}' in line {line} is not closed yet",)

    def _second_colon(self) -> _Explanation | None:
        if "mapping values are not allowed" not in self.problem:
            return None
        if re.search(r":\s", self._line_before):
            return "a second ': ' in one line", self.offset, (_QUOTE_IT,)
        help = "give it the column of the keys beside it, or remove the value of the key above it"
        return "a key that is indented like a part of the value above it", self.offset, (help,)

    def _no_colon(self) -> _Explanation | None:
        if "expected ':'" not in self.problem:
            return None
        return "a line that is neither 'key: value' nor '- item'", self.beginning, ("add the ':' after the key",)

    def _sigil(self) -> _Explanation | None:
        """A character with a meaning of its own at the beginning of a value."""
        if "cannot start any token" in self.problem:
            offset = self.offset
        elif self.context.startswith(
            ("while scanning an alias", "while scanning an anchor", "while scanning a directive")
        ):
            offset = self.beginning
        else:
            return None
        name = character_name(self.text[offset : offset + 1])
        return f"a value that begins with {name} and is not in quotes", offset, ("put the value in quotes",)

    def _trailing(self) -> _Explanation | None:
        """Text behind a value that is complete, such as a quoted one."""
        in_block = self.context.startswith(("while parsing a block mapping", "while parsing a block collection"))
        if not in_block or not self._line_before.strip(" -"):
            return None
        return f"found {self._found} after a value that is complete", self.offset, ("put the whole value in quotes",)
