"""The examples of a rule: cases, each rendered in one or more formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from pipecheck.rules.fields import Fields
from pipecheck.rules.nearest import did_you_mean
from pipecheck.rules.parameters import read_argument
from pipecheck.rules.rule import Example, Parameter
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

FORMATS = ("cloudformation", "pipeline")
"""The formats that a case can be rendered in."""

_VERDICTS = {verdict.value: verdict for verdict in Verdict if verdict is not Verdict.ERROR}
_MARKER = re.compile(r"[ \t]*# <- finding[ \t]*$", re.MULTILINE)


def strip_markers(text: str) -> tuple[str, frozenset[int]]:
    """The text without its `# <- finding` markers, and the numbers of the lines (1-based) that bore one."""
    lines = frozenset(text.count("\n", 0, found.start()) + 1 for found in _MARKER.finditer(text))
    return _MARKER.sub("", text), lines


def read_examples(rule: Fields, parameters: tuple[Parameter, ...]) -> tuple[Example, ...]:
    """What stands under `examples`. Raises RuleFileError."""
    found = tuple(_example(fields, parameters) for fields in rule.mappings("examples"))
    seen: set[str] = set()
    for index, example in enumerate(found):
        if example.case in seen:
            raise rule.error(f"two cases are called {example.case!r}", "examples", index, "case")
        seen.add(example.case)
    return found


def _example(fields: Fields, parameters: tuple[Parameter, ...]) -> Example:
    fields.check(("case", "verdict"), ("severity", "params", "configuration", "files", *FORMATS))
    if not any(name in fields.entries for name in ("files", *FORMATS)):
        raise fields.error("the case shows nothing", help=(f"add {' or '.join(FORMATS)}, or files",))
    verdict = _VERDICTS[fields.one_of("verdict", _VERDICTS)]
    severity = fields.one_of("severity", [s.value for s in Severity]) if "severity" in fields.entries else None
    renderings: dict[str, str] = {}
    verdicts: dict[str, Verdict] = {}
    for format in FORMATS:
        if format in fields.entries:
            renderings[format], own = _rendering(fields, format)
            if own is not None:
                verdicts[format] = own
    return Example(
        case=fields.text("case"),
        verdict=verdict,
        renderings=renderings,
        params=dict(_arguments(fields.mapping("params"), parameters)),
        files=_files(fields),
        verdicts=verdicts,
        configuration=_configuration(fields),
        severity=None if severity is None else Severity(severity),
    )


def _rendering(fields: Fields, format: str) -> tuple[str, Verdict | None]:
    if not isinstance(fields.entries[format], dict):
        return fields.text(format), None
    own = fields.mapping(format)
    own.check(("verdict", "text"))
    return own.text("text"), _VERDICTS[own.one_of("verdict", _VERDICTS)]


def _configuration(fields: Fields) -> str:
    """The mapping as the text of a configuration file; JSON is YAML too."""
    given = fields.mapping("configuration")
    try:
        return json.dumps(given.entries, ensure_ascii=False) if given.entries else ""
    except TypeError as error:
        raise fields.error("configuration holds something with a tag", "configuration") from error


def _files(fields: Fields) -> Mapping[str, str]:
    files = fields.mapping("files")
    return {name: files.text(name) for name in files.entries}


def _arguments(fields: Fields, parameters: tuple[Parameter, ...]) -> Iterator[tuple[str, object]]:
    known = {parameter.name: parameter for parameter in parameters}
    for name in fields.entries:
        if name not in known:
            help = did_you_mean(name, known)
            raise fields.error(f"the rule has no parameter {name}", name, help=help, key=True)
        yield name, read_argument(fields, name, known[name])
