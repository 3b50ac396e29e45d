"""Rule files: from their text to a rule. Every mistake is one RuleFileError at its line and column."""

from __future__ import annotations

import re
from pathlib import PurePath

from pipecheck.errors import InputError, RuleFileError
from pipecheck.rules.cel import ExpressionError
from pipecheck.rules.examples import read_examples, strip_markers
from pipecheck.rules.expression import expressions, scope_of
from pipecheck.rules.fields import Fields
from pipecheck.rules.parameters import read_parameters
from pipecheck.rules.positions import position
from pipecheck.rules.rule import Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.subjects import KINDS
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values.place import Route
from pipecheck.values.record import replace

__all__ = ["read_own_rule", "read_rule", "read_rule_without_examples", "strip_markers"]

STATUSES = ("preview", "stable", "deprecated", "removed")

_REQUIRED = (
    "id", "title", "severity", "since", "subject", "rationale", "remediation", "limits", "controls", "references",
)  # fmt: skip
_OPTIONAL = ("params", "default", "status", "tags")
_LEFT_TO_OWNERS = ("since", "limits", "controls", "references")
"""What our rules must say and others may."""

_OF_EXPRESSIONS = ("when", "require", "at", "message", "severity_when")
_EXAMPLES = re.compile(r"^examples:", re.MULTILINE)
_KEY = re.compile(r"""^["']?([A-Za-z_]\w*)["']?[ \t]*:""", re.MULTILINE)


def read_rule(text: str | bytes, source: str) -> Rule:
    """The rule in a file, checked to the last expression. `source` is the file's path; its folder is the group."""
    fields = _fields(text, source)
    rule = _rule(fields)
    if "examples" not in fields.entries:
        raise fields.error("examples are missing", help=("add a case that passes, one that fails and one unknown",))
    _check_examples_come_last(fields)
    _check_expressions(rule, fields.document)
    return replace(rule, examples=read_examples(fields, rule.params))


def read_rule_without_examples(text: str, source: str) -> Rule:
    """The rule in a file that is known to be right, without reading its examples or compiling its expressions."""
    examples = _EXAMPLES.search(text)
    return _rule(_fields(text if examples is None else text[: examples.start()], source))


def read_own_rule(text: str, source: str, *, examples: bool) -> Rule:
    """The rule in a file that pipecheck does not bring, checked to the last expression.

    It may leave out `since`, `limits`, `controls` and `references`. Its examples are read only where they are asked
    for; then they may still be missing.
    """
    begin = None if examples else _EXAMPLES.search(text)
    fields = _fields(text if begin is None else text[: begin.start()], source)
    rule = _rule(fields, own=True)
    if begin is not None:
        _check_nothing_follows(text, begin.end(), source)
    elif "examples" in fields.entries:
        _check_examples_come_last(fields)
    _check_expressions(rule, fields.document)
    return replace(rule, examples=read_examples(fields, rule.params)) if examples else rule


def _check_nothing_follows(text: str, start: int, source: str) -> None:
    """Refuses a key behind examples that were not read."""
    found = _KEY.search(text, start)
    if found is not None:
        message = f"{found.group(1)} stands behind examples, which come last"
        raise RuleFileError(message, source=source, line=text.count("\n", 0, found.start()) + 1, column=1)


def _check_examples_come_last(fields: Fields) -> None:
    last = list(fields.entries)[-1]
    if last != "examples":
        raise fields.error(f"{last} stands behind examples, which come last", last, key=True)


def _fields(text: str | bytes, source: str) -> Fields:
    try:
        document = read(text, source)
    except InputError as error:
        raise RuleFileError(
            error.message, source=source, line=error.line or 1, column=error.column or 1, help=error.help
        ) from error
    if not isinstance(document.root, dict) or not document.root:
        raise RuleFileError("expected a mapping with the parts of a rule", source=source, line=1, column=1)
    for duplicate in document.duplicates:
        message = f"the key {duplicate.key!r} stands twice, first in line {duplicate.first.line}"
        place = duplicate.second
        raise RuleFileError(message, source=source, line=place.line, column=place.column)
    return Fields(document, (), document.root)


def _rule(fields: Fields, *, own: bool = False) -> Rule:
    python = "python" in fields.entries
    _check_keys(fields, python, own)
    return Rule(
        id=_id(fields),
        title=fields.text("title"),
        severity=Severity(fields.one_of("severity", [severity.value for severity in Severity])),
        subjects=_subjects(fields, python),
        group=PurePath(fields.document.uri).parent.name,
        params=read_parameters(fields.mapping("params")),
        default=fields.flag("default", True),
        since=_since(fields) if "since" in fields.entries else "",
        status=fields.one_of("status", STATUSES, "stable"),
        tags=fields.texts("tags"),
        rationale=fields.text("rationale"),
        remediation=fields.text("remediation"),
        limits=fields.text("limits", ""),
        controls={slug: fields.mapping("controls").texts(slug) for slug in fields.mapping("controls").entries},
        references=fields.texts("references"),
        examples=(),
        python=fields.optional_text("python"),
        when=fields.optional_text("when"),
        require=fields.optional_text("require"),
        at=fields.texts("at"),
        message=fields.text("message", ""),
        severity_when=tuple(_severity_when(entry) for entry in fields.mappings("severity_when")),
        source=fields.document.uri,
    )


def _check_keys(fields: Fields, python: bool, own: bool) -> None:
    if not python and "require" not in fields.entries:
        raise fields.error("require or python is missing", help=("add require with an expression, or python",))
    if python:
        for name in _OF_EXPRESSIONS:
            if name in fields.entries:
                help = ("remove it, or remove python",)
                raise fields.error(f"{name} does not go together with python", name, help=help, key=True)
    required = [name for name in _REQUIRED if not (own and name in _LEFT_TO_OWNERS)]
    required += ["python"] if python else ["require", "message"]
    fields.check(required, (*_OPTIONAL, *_LEFT_TO_OWNERS, *_OF_EXPRESSIONS, "examples"))


def _id(fields: Fields) -> str:
    id = fields.text("id")
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", id) is None:
        raise fields.error(f"{id!r} is no id of a rule", "id", help=("write at least two words like-this",))
    name = PurePath(fields.document.uri)
    if name.suffix in (".yaml", ".yml", ".json") and name.stem != id:
        raise fields.error(f"the id is {id!r}, but the file is called {name.name}", "id")
    return id


def _since(fields: Fields) -> str:
    since = fields.text("since")
    if re.fullmatch(r"\d+\.\d+\.\d+", since) is None:
        raise fields.error(f"since: expected a version such as 0.1.0, found {since!r}", "since")
    return since


def _subjects(fields: Fields, python: bool) -> tuple[str, ...]:
    """One kind, or for a Python rule several."""
    if not isinstance(fields.entries.get("subject"), list):
        return (fields.one_of("subject", KINDS),)
    if not python:
        raise fields.error("a rule with require has one subject", "subject", help=("write a Python check",))
    kinds = fields.texts("subject")
    for index, kind in enumerate(kinds):
        if kind not in KINDS:
            raise fields.error(f"subject: expected one of {', '.join(KINDS)}, found {kind!r}", "subject", index)
    if not kinds:
        raise fields.error("subject: expected at least one kind", "subject")
    return kinds


def _severity_when(fields: Fields) -> tuple[str, Severity]:
    fields.check(("if", "severity"))
    return fields.text("if"), Severity(fields.one_of("severity", [severity.value for severity in Severity]))


def _check_expressions(rule: Rule, document: Document) -> None:
    if rule.python is not None:
        return
    scope = scope_of(rule)
    for route, text, compiled in expressions(rule):
        try:
            compiled(text, scope)
        except ExpressionError as error:
            raise _misplaced(document, route, error) from error


def _misplaced(document: Document, route: Route, error: ExpressionError) -> RuleFileError:
    line, column = position(document, route, error.offset)
    name = ".".join(str(step) for step in route)
    message = f"{name}: {error.message}"
    return RuleFileError(message, source=document.uri, line=line, column=column, help=error.help)
