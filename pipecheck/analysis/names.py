"""What the words of a name say about an environment.

A name is cut into words at everything that is no letter or digit, between letters and digits, and at camelCase. A
word counts only whole: `deliver`, `product` and `reproduce` say nothing. Where parts of a name are unknown, the known
words still count, unless an unknown part may belong to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from pipecheck.data import environment_words as words
from pipecheck.values import Absent, Known, Reason, Unknown, Value
from pipecheck.values.record import record
from pipecheck.values.text import renderings

_HOLE = "\ue000"
_WORD = re.compile(rf"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|{_HOLE}")
_SILENT_PARTS = frozenset({"AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"})


class Sign(Enum):
    """What a name says. MIXED: of both; SILENT: nothing; HIDDEN: a part of it that we cannot see may say it."""

    PRODUCTION = "production"
    ELSEWHERE = "elsewhere"
    MIXED = "mixed"
    SILENT = "silent"
    HIDDEN = "hidden"


class Kind(Enum):
    """What a name is the name of."""

    TARGET = "target"
    STEP = "step"
    """A stage or an action."""


@record
class Word:
    """A word in lower case. `whole` is False where an unknown part touches it, `apart` where a letter does."""

    text: str
    whole: bool
    apart: bool


def sign(value: Value[str], kind: Kind) -> Sign:
    """What the name says, with what it says for sure where only parts of it are known."""
    match value:
        case Known(name):
            return _said(words_of(name), kind)
        case Absent():
            return Sign.SILENT
        case Unknown(pieces=(), candidates=candidates) if candidates:
            return _common(sign(candidate, kind) for candidate in candidates)
        case Unknown():
            closed = renderings(value)
            if closed:
                return _common(_said(words_of(name), kind) for name in closed)
            return _partly_said(value, kind)


def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name; of an ARN those of its resource. U+E000 stands for an unknown part."""
    if name.startswith("arn:"):
        name = name.split(":", 5)[-1]
    return tuple(_word(name, match) for match in _WORD.finditer(name))


def _word(name: str, match: re.Match[str]) -> Word:
    """An unknown part ends where a capitalised word begins, as in `${App}Prod`."""
    before, after = name[match.start() - 1 : match.start()], name[match.end() : match.end() + 1]
    capitalised = match.group()[:1].isupper() and match.group()[1:].islower()
    whole = after != _HOLE and (before != _HOLE or capitalised)
    return Word(match.group().lower(), whole, whole and not before.isalpha() and not after.isalpha())


def said_in_words(name: str) -> frozenset[str]:
    """The words of a fully known name."""
    return frozenset(word.text for word in words_of(name))


def holds_words(value: Value[str], wanted: str) -> bool:
    """Whether the words of `wanted` stand one after the other, whole, in the known parts of a name."""
    sought = [word.text for word in words_of(wanted)]
    found = [word.text if word.whole else _HOLE for word in words_of(_marked(value))]
    return bool(sought) and any(found[i : i + len(sought)] == sought for i in range(len(found)))


def _partly_said(value: Unknown, kind: Kind) -> Sign:
    found = words_of(_marked(value))
    said = _said(found, kind)
    if said in {Sign.PRODUCTION, Sign.MIXED} or all(word.whole and word.text != _HOLE for word in found):
        return said
    hints = [_hint(piece) for piece in value.pieces or (value,) if isinstance(piece, Unknown)]
    if said is Sign.ELSEWHERE:
        return Sign.HIDDEN if any(_names_environment(piece) for piece in value.pieces) else said
    if Sign.PRODUCTION in hints:
        return Sign.PRODUCTION
    return Sign.SILENT if Sign.ELSEWHERE in hints else Sign.HIDDEN


def _hint(piece: Unknown) -> Sign:
    """What the name of a parameter or export says of its value: `ProdStackName`."""
    return _said(words_of(piece.spelling), Kind.TARGET)


def _names_environment(piece: str | Unknown) -> bool:
    return isinstance(piece, Unknown) and not words.ENVIRONMENT_KEYS.isdisjoint(said_in_words(piece.spelling))


def _marked(value: Value[str]) -> str:
    """The text of a name with a mark for each part that cannot be seen and may say something.

    A generated name holds the logical id of its resource; account, region and partition say nothing.
    """
    match value:
        case Known(text):
            return text
        case Absent():
            return ""
        case Unknown(pieces=()):
            if value.reason is Reason.GENERATED_NAME:
                return f"-{value.spelling.split('#')[0]}-"
            return "0" if value.spelling in _SILENT_PARTS else _HOLE
        case Unknown(pieces=pieces):
            return "".join(piece if isinstance(piece, str) else _marked(piece) for piece in pieces)


def _common(signs: Iterable[Sign]) -> Sign:
    said = set(signs)
    return said.pop() if len(said) == 1 else Sign.HIDDEN


def _said(found: Sequence[Word], kind: Kind) -> Sign:
    whole = ["", *(word.text if word.whole else "" for word in found), ""]
    triples = list(zip(whole, whole[1:], whole[2:], strict=False))
    plain = [(before, word) for before, word, after in triples if after not in words.COMPOUNDS.get(word, frozenset())]
    production = any(word in words.PRODUCTION and before not in words.NEGATIONS for before, word in plain)
    elsewhere = any(
        word in words.ELSEWHERE or (word in words.PRODUCTION and before in words.NEGATIONS) for before, word in plain
    )
    elsewhere = elsewhere or (kind is Kind.TARGET and _stands_at_an_end(found))
    if production or elsewhere:
        return Sign.MIXED if production and elsewhere else Sign.PRODUCTION if production else Sign.ELSEWHERE
    tested = kind is Kind.STEP and not words.ACTIVITIES.isdisjoint(whole) and words.BESIDES.isdisjoint(whole)
    return Sign.ELSEWHERE if tested else Sign.SILENT


def _stands_at_an_end(found: Sequence[Word]) -> bool:
    lettered = [word for word in found if not word.text.isdigit()]
    if len(lettered) > 1 and lettered[-1].text == "stage" and lettered[-2].text in words.STEPS:
        return False
    return any(word.apart and word.text in words.ELSEWHERE_AT_AN_END for word in (*lettered[:1], *lettered[-1:]))
