"""What commands are for: scanners, with what a finding makes of them, tests, deployments and publications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipecheck.analysis.blocking.judged import AnyName, Kind
from pipecheck.analysis.blocking.scanner import Scanner, scanners
from pipecheck.analysis.shell.commands import Found
from pipecheck.analysis.shell.state import NONZERO, UNSEEN
from pipecheck.analysis.shell.through import Program, programs
from pipecheck.data.command_kinds import DEPLOYS, PUBLISHES, TESTS
from pipecheck.syntax.shell_tree import Variable
from pipecheck.values import Truth
from pipecheck.values.record import record

_HOLDS_OPTIONS = re.compile(r"ARG|OPT|FLAG|PARAM|EXTRA", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"(@sha256:|:[^/]*\Z).*")
_PLATFORM = re.compile(r"[-_](?:linux|darwin)[-_.].*\Z", re.IGNORECASE)
_OFF = frozenset({"", "0", "false", "no", "off"})


@record
class Scan:
    """A scanner that runs.

    `fails` says whether a finding makes it end with a status other than 0, and `why` says why. `status` is that
    status. `words` are those of the scanner itself. `weakened` are the options that narrow what counts.
    """

    tool: Scanner
    categories: tuple[str, ...]
    words: tuple[str, ...]
    fails: Truth
    why: str
    status: int
    weakened: tuple[str, ...]


def kind_of(found: Found) -> Kind:
    """What a command is for; of those that are for several things, the first of the list."""
    return _kind(found.words)


def scan_of(found: Found, variables: Mapping[str, str | None], extra: Sequence[Scanner] = ()) -> Scan | None:
    """The scanner that a command runs. `variables` are those of the build, None where the value is not known."""
    words = tuple(_text(word.pieces, variables) for word in found.command.words)
    recognised = _recognised(words, tuple(extra))
    if recognised is None:
        return None
    tool, program = recognised
    own = {one.name: _text(one.value.pieces, variables) for one in found.command.assignments}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name.isidentifier():
            own.setdefault(name, value)
    given = {**variables, **{name: None if UNSEEN in value else value for name, value in own.items()}}
    settings = AnyName(given) if isinstance(variables, AnyName) else given
    hides = any(
        isinstance(piece, Variable) and _HOLDS_OPTIONS.search(piece.name)
        for word in found.command.words
        if UNSEEN in _text(word.pieces, variables)
        for piece in word.pieces
    )
    fails, why = _fails(tool, program.words, settings, hides=hides)
    text = " ".join(program.words)
    weakened = tuple(match[0] for pattern in tool.weakening for match in [re.search(pattern, text)] if match)
    status = tool.finding_status or (1 if tool.blocks else None) or NONZERO
    return Scan(tool, _categories(tool, text), program.words, fails, why, status, weakened)


def _text(pieces: Sequence[object], variables: Mapping[str, str | None]) -> str:
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
        elif isinstance(piece, Variable) and not piece.operator:
            value = variables.get(piece.name)
            parts.append(UNSEEN if value is None else value)
        else:
            parts.append(UNSEEN)
    return "".join(parts)


@lru_cache(maxsize=8192)
def _recognised(words: tuple[str, ...], extra: tuple[Scanner, ...]) -> tuple[Scanner, Program] | None:
    seen = tuple(word for word in words if word != UNSEEN)
    for program in reversed([*programs(seen), *programs(words)] if seen != words else list(programs(words))):
        text = _joined(program)
        image = None if program.image is None else _IMAGE_TAG.sub("", program.image)
        for tool in _candidates(text, image, extra):
            if image is not None and any(image == name or image.endswith(f"/{name}") for name in tool.images):
                named = text if _matches(tool, text) else f"{_program_of(tool)} {text}"
                if _matches(tool, named) and not _is_no_scan(tool, named):
                    return tool, Program(tuple(named.split(" ")), program.image, program.by)
            elif _matches(tool, text) and not _is_no_scan(tool, text):
                return tool, program
    return None


def _candidates(text: str, image: str | None, extra: tuple[Scanner, ...]) -> Iterator[Scanner]:
    yield from extra
    if image is not None or _any_scanner().search(text) is not None:
        yield from scanners()


@lru_cache(maxsize=1)
def _any_scanner() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for tool in scanners() for pattern in tool.match))


def _program_of(tool: Scanner) -> str:
    found = re.match(r"\^?\W*([a-z][\w.-]*?)(?:\\|\)|\||$|\b)", tool.match[0])
    return found[1] if found else tool.name


def _joined(program: Program) -> str:
    name = _PLATFORM.sub("", program.words[0].rsplit("/", 1)[-1])
    return " ".join((name, *program.words[1:]))


@lru_cache(maxsize=256)
def _patterns(tool_name: str, patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:  # noqa: ARG001 - a key
    return tuple(re.compile(pattern) for pattern in patterns)


def _matches(tool: Scanner, text: str) -> bool:
    return any(pattern.search(text) for pattern in _patterns(tool.name, tool.match))


def _is_no_scan(tool: Scanner, text: str) -> bool:
    """Whether a command of a scanner does something else: its version, its database, a conversion."""
    rest = text.partition(" ")[2]
    return any(re.search(rf"(?:^|\s){pattern}(?=\s|$)", rest) for pattern in tool.not_scan)


def _categories(tool: Scanner, text: str) -> tuple[str, ...]:
    for pattern, categories in tool.subcategories.items():
        if re.search(rf"\s({pattern})(?=\s|$)", text):
            return categories
    return tool.categories


def _fails(
    tool: Scanner, words: tuple[str, ...], settings: Mapping[str, str | None], *, hides: bool
) -> tuple[Truth, str]:
    """Whether a finding makes the tool fail, whatever stands for what is not known, and why."""
    text = " ".join(words)
    answers = {_answer(tool, text.replace(UNSEEN, stand_in), settings) for stand_in in ("0", "1", "x")}
    if len({truth for truth, _ in answers}) > 1:
        return Truth.UNKNOWN, f"an option of {tool.name} is not known"
    answer, why = min(answers, key=lambda one: one[1])
    if hides:
        return Truth.UNKNOWN, f"{tool.name} gets options that are not known"
    return answer, why


def _answer(tool: Scanner, text: str, settings: Mapping[str, str | None]) -> tuple[Truth, str]:
    for pattern in tool.releasing_flags:
        found = re.search(pattern, text)
        if found:
            return Truth.FALSE, f"{tool.name} ends with 0 whatever it finds: {found[0]}"
    blocking = next((found for pattern in tool.blocking_flags if (found := re.search(pattern, text))), None)
    if blocking is not None:
        return Truth.TRUE, f"{tool.name} fails on findings: {blocking[0]}"
    for name in tool.releasing_env:
        value = settings.get(name, "")
        if value is None:
            return Truth.UNKNOWN, f"{name} is not known"
        if value.lower() not in _OFF:
            return Truth.FALSE, f"{tool.name} ends with 0 whatever it finds: {name} is {value}"
    for name in tool.blocking_env:
        value = settings.get(name, "")
        if value is None:
            return Truth.UNKNOWN, f"{name} is not known"
        if value.lower() not in _OFF:
            return Truth.TRUE, f"{tool.name} fails on findings: {name} is {value}"
    if tool.blocks is None:
        return Truth.UNKNOWN, f"whether {tool.name} fails on findings is decided outside of the command"
    if tool.blocks:
        return Truth.TRUE, f"{tool.name} fails on findings"
    needed = f" without {_readable(tool.blocking_flags[0])}" if tool.blocking_flags else ""
    return Truth.FALSE, f"{tool.name} ends with 0 whatever it finds{needed}"


def _readable(pattern: str) -> str:
    """`--exit-code` for the pattern of that option."""
    found = re.search(r"-{1,2}[A-Za-z][\w.=-]*", pattern.replace("\\b", "").replace("\\", ""))
    return found[0] if found else pattern


@lru_cache(maxsize=8192)
def _kind(words: tuple[str, ...]) -> Kind:
    if _recognised(words, ()) is not None:
        return Kind.SCAN
    texts = [_joined(program) for program in programs(words)]
    for kind, patterns in ((Kind.TEST, TESTS), (Kind.PUBLISH, PUBLISHES), (Kind.DEPLOY, DEPLOYS)):
        union = _union(patterns)
        if any(union.match(text) for text in texts):
            return kind
    return Kind.OTHER


@lru_cache(maxsize=8)
def _union(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
