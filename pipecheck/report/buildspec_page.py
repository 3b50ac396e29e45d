"""The builds of a file for people and for machines: their commands, and which of them stop the build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from pipecheck.analysis.blocking.judged import Judged, Kind
from pipecheck.analysis.blocking.review import ShownBuild, ShownList, effects_after
from pipecheck.report.redaction import Redaction
from pipecheck.report.style import BOLD, DIM, GREEN, RED, YELLOW, Style
from pipecheck.syntax.document import Document, resolved
from pipecheck.values import Place, Truth

_STOPS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "cannot tell"}
_LONGEST = 200
_INDENT = " " * 6


def buildspec_page(
    builds: Sequence[ShownBuild],
    documents: Mapping[str, Document],
    secrets: frozenset[str],
    style: Style,
    width: int,
) -> str:
    """One part per build: its lists of commands in their order, below each command what is said of it."""
    page = _Page(documents, Redaction(secrets), style, width)
    return "\n\n".join("\n".join(page.build(build)) for build in builds) + "\n"


class _Page:
    def __init__(self, documents: Mapping[str, Document], redaction: Redaction, style: Style, width: int) -> None:
        self._documents = documents
        self._redaction = redaction
        self._style = style
        self._width = width

    def build(self, build: ShownBuild) -> Iterator[str]:
        yield self._style.paint(self._redaction.line(build.title), BOLD)
        if build.missing is not None:
            yield f"  cannot tell: {self._redaction.line(build.missing)}"
        for listed in build.lists:
            yield ""
            failure = "" if listed.on_failure is None else f" (on-failure: {listed.on_failure})"
            yield f"  {self._style.paint(listed.name, BOLD)}{failure}"
            for index, (text, place) in enumerate(listed.lines):
                yield self._command(text, place)
                said = [
                    one for one in build.review.judged if (one.line.block, one.line.index) == (listed.name, index)
                ]
                for one in said:
                    yield from self._judged(one, build, whole=len(said) == 1)
        if build.review.hidden:
            yield ""
            yield "  not looked into"
            for hidden in build.review.hidden:
                yield f"    {self._where(hidden.place)}  {self._redaction.line(hidden.why, _LONGEST)}"

    def _command(self, text: str, place: Place) -> str:
        return f"    {self._where(place)}  {self._redaction.line(text, max(self._width - 14, 40))}"

    def _judged(self, one: Judged, build: ShownBuild, *, whole: bool) -> Iterator[str]:
        name = "" if whole else f"{self._redaction.line(one.text, 60)}: "
        yield from self._said(f"{name}{_kind_text(one)}, {_verdict(one)}: {one.why}", one.stops)
        if one.kind is Kind.SCAN and one.blocking is not None and one.stops is not Truth.FALSE:
            still = [
                other
                for other in build.review.judged
                if other.found.site in effects_after(one) and effects_after(one)[other.found.site] is not Truth.FALSE
            ]
            for other in still:
                sure = effects_after(one)[other.found.site] is Truth.TRUE
                text = f"`{self._redaction.line(other.text, 60)}` {'runs' if sure else 'may run'} although it failed"
                yield from self._said(text, Truth.UNKNOWN)

    def _said(self, text: str, stops: Truth) -> Iterator[str]:
        color = {Truth.TRUE: GREEN, Truth.FALSE: RED, Truth.UNKNOWN: YELLOW}[stops]
        for number, line in enumerate(wrap(self._redaction.line(text), max(self._width - len(_INDENT) - 2, 40))):
            mark = self._style.paint("=", color) if number == 0 else " "
            yield f"{_INDENT}{mark} {line}"

    def _where(self, place: Place) -> str:
        _, span = resolved(place, self._documents)
        return self._style.paint(f"{span.line:>4}", DIM)


def _kind_text(one: Judged) -> str:
    if one.scan is None:
        return one.kind.value
    return f"scan by {one.scan.tool.name} ({', '.join(one.scan.categories)})"


def _verdict(one: Judged) -> str:
    what = "a finding" if one.kind is Kind.SCAN else "its failure"
    match one.stops:
        case Truth.TRUE:
            return f"{what} stops the build"
        case Truth.FALSE:
            return f"{what} does not stop the build"
        case Truth.UNKNOWN:
            return f"cannot tell whether {what} stops the build"


def buildspec_json(builds: Sequence[ShownBuild], documents: Mapping[str, Document], secrets: frozenset[str]) -> str:
    """The same as JSON, one object per build."""
    writer = _Writer(documents, Redaction(secrets))
    shown = {"schema": "pipecheck/buildspec/v1", "builds": [writer.build(build) for build in builds]}
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


class _Writer:
    def __init__(self, documents: Mapping[str, Document], redaction: Redaction) -> None:
        self._documents = documents
        self._redaction = redaction

    def build(self, build: ShownBuild) -> dict[str, Any]:
        return {
            "name": self._redaction.line(build.title),
            "cannot_tell": None if build.missing is None else self._redaction.line(build.missing),
            "lists": [self._list(listed, build) for listed in build.lists],
            "not_looked_into": [
                {"why": self._redaction.line(hidden.why), "location": self._location(hidden.place)}
                for hidden in build.review.hidden
            ],
        }

    def _list(self, listed: ShownList, build: ShownBuild) -> dict[str, Any]:
        return {
            "name": listed.name,
            "on_failure": listed.on_failure,
            "commands": [
                {
                    "text": self._redaction.block(text),
                    "location": self._location(place),
                    "parts": [
                        self._judged(one)
                        for one in build.review.judged
                        if (one.line.block, one.line.index) == (listed.name, index)
                    ],
                }
                for index, (text, place) in enumerate(listed.lines)
            ],
        }

    def _judged(self, one: Judged) -> dict[str, Any]:
        return {
            "kind": one.kind.value,
            "text": self._redaction.block(one.text),
            "location": self._location(one.at),
            "tool": None if one.scan is None else one.scan.tool.name,
            "categories": [] if one.scan is None else list(one.scan.categories),
            "stops_the_build": _STOPS[one.stops],
            "why": self._redaction.line(one.why),
            "decided_at": self._location(one.place),
        }

    def _location(self, place: Place) -> dict[str, Any]:
        uri, span = resolved(place, self._documents)
        return {
            "uri": uri,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        }
