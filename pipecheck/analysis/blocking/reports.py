"""What a build does with what a scanner reports, beside what it does with its status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipecheck.analysis.blocking.judged import Judged
from pipecheck.analysis.blocking.lines import Line

_OUTPUT = re.compile(
    r"(?:^|\s)(?:-o|--output|--output-file|--output-file-path|--out|--report|--report-path|--report-file|-r"
    r"|--json-file-output|--sarif-file-output|--file)[= ](\S+)"
)
_REDIRECT = re.compile(r"(?:>|\btee(?:\s+-\w+)*\s)\s*([\w./$\{}-]+)")
_EVALUATES = re.compile(
    r"(?:^|[\s;&|(])(?:jq|grep|egrep|awk|python3?|node|ruby|perl|test|\[+|\./\S+|\S+\.(?:sh|py|js))(?=\s|$)"
)
_PIPED = re.compile(r"\s*(?:[\w/.]*>\S+\s*|2>&1\s*)*\|\s*(?:jq|grep|egrep|awk|python3?|node|xargs|while|sed|wc|tr)\b")


def evaluated_by(judged: Judged, lines: tuple[Line, ...]) -> str | None:
    """The command that may turn what a scanner reports into a failure; None where there is none."""
    if judged.found.site.inside or judged.line.text is None:
        return None
    text = judged.line.text
    start, end = judged.found.site.stretch.start, judged.found.site.stretch.end
    before, behind = text[:start].rstrip(), text[end:]
    if before.endswith(("$(", "`")):
        return "what reads its output"
    piped = _PIPED.match(behind)
    if piped is not None:
        return "what reads its output"
    for name in _files(text[start:].partition("\n")[0]):
        for later in _behind(judged, lines):
            if name in later and _EVALUATES.search(later):
                return f"what reads {name}"
    return None


def _files(command: str) -> Iterator[str]:
    for pattern in (_OUTPUT, _REDIRECT):
        for found in pattern.finditer(command):
            name = found[1].strip("\"'").rsplit("/", 1)[-1]
            if name and name not in {"null", "table", "json", "sarif", "stdout", "cli"}:
                yield name


def _behind(judged: Judged, lines: tuple[Line, ...]) -> Iterator[str]:
    text = judged.line.text or ""
    yield from text[judged.found.site.stretch.end :].split("\n")[1:]
    passed = False
    for line in lines:
        if passed and line.text is not None:
            yield line.text
        passed = passed or line == judged.line
