"""Where a build runs what it has just fetched from the network, told from the words of its commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipecheck.analysis.buildspecs import Script
from pipecheck.analysis.command_words import programs
from pipecheck.values import Place
from pipecheck.values.record import record

_SHELL = r"(?:\S*/)?(?:(?:ba|da|k|z)?sh)"
_FETCH = r"(?:\S*/)?(?:curl|wget)\s"
_PIPED = re.compile(
    rf"(?<![\w/-]){_FETCH}[^;&\n]*?\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+|\w+=\S*\s+)*"
    rf"(?:{_SHELL}(?!\s+-c\b)(?=\s|$|[;&|)\"'])|(?:python[\d.]*|perl|ruby|node)(?=\s*(?:$|-?\s*[;&|)\"'\n]|-\s)))",
    re.MULTILINE,
)
_SUBSTITUTED = re.compile(
    rf"(?<![\w/-])(?:{_SHELL}|source|\.|eval|python[\d.]*)\s+(?:-\S+\s+)*[\"']?(?:<\(|\$\(|`)\s*{_FETCH}"
)
_POWERSHELL = re.compile(
    r"(?i)\b(?:iex|invoke-expression)\b[^\n;]*\b(?:iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b"
    r"|\b(?:iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b[^\n;]*\|\s*(?:iex|invoke-expression)\b"
)
_URL = re.compile(r"https?://[^\s\"'|;)<>]+")
_PINNED = re.compile(r"\b[0-9a-f]{40}\b|\d+\.\d+")
_COMMENT = re.compile(r"(?m)^[ \t]*#[^\n]*")
_CHECKERS = frozenset(
    {"b2sum", "cosign", "gpg", "gpgv", "minisign", "openssl", "sha1sum", "sha256sum", "sha384sum", "sha512sum"}
    | {"shasum", "slsa-verifier"}
)
_SHELLS = frozenset({"bash", "dash", "ksh", "sh", "zsh", "source", "."})
_TAKES_A_FILE = frozenset({"--output", "--output-document", "-O", ">"})


@record
class RemoteScript:
    """A script of the network that is run. `url` is None where it is not written."""

    place: Place
    url: str | None


def remote_scripts(script: Script) -> Iterator[RemoteScript]:
    """Each script that is run as it comes, and each that is saved and run without a check of what it is.

    Where commands are hidden, they may hold that check.
    """
    saved: dict[str, str] = {}
    for command in script.commands:
        text = _COMMENT.sub(lambda found: " " * len(found.group()), command.text).replace("\\\n", "  ")
        for shape in (_PIPED, _SUBSTITUTED, _POWERSHELL):
            for found in shape.finditer(text):
                url = _URL.search(text, found.start())
                yield RemoteScript(command.below(found.start()), url and url.group())
        for words in programs(command.text):
            name = words[0].rsplit("/", 1)[-1]
            if name in _CHECKERS:
                saved.clear()
            elif name in ("curl", "wget"):
                saved.update(() if script.hidden else _saved(name, words))
            else:
                run = _run(words, saved)
                if run is not None:
                    yield RemoteScript(command.below(max(command.text.rfind(run), 0)), saved.pop(run))


def _saved(name: str, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The file that a script is saved in, with its URL; nothing where the URL names a version or commit."""
    url = next((word for word in words if _URL.match(word)), None)
    if url is None or _PINNED.search(url.split("://", 1)[1].partition("/")[2]):
        return
    by_option = [after for word, after in pairwise(words) if _takes_a_file(word)]
    named = [file for file in by_option if not _URL.match(file)]
    if named:
        yield named[0].removeprefix("./"), url
    elif name == "wget" or "-O" in words or any(re.fullmatch(r"-\w*O\w*", word) for word in words):
        yield url.rstrip("/").rsplit("/", 1)[-1].partition("?")[0], url


def _takes_a_file(word: str) -> bool:
    return word in _TAKES_A_FILE or re.fullmatch(r"-[A-Za-z]*o", word) is not None


def _run(words: tuple[str, ...], saved: dict[str, str]) -> str | None:
    """The saved file that a command runs, with a shell or by its path."""
    first = words[0].removeprefix("./")
    if first in saved and words[0] != first:
        return first
    if words[0].rsplit("/", 1)[-1] in _SHELLS:
        file = next((word for word in words[1:] if not word.startswith("-")), "").removeprefix("./")
        return file if file in saved else None
    return None
