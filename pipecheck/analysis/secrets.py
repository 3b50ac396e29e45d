"""Which variables hold secrets, in which way they show them, and which texts must never be printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, told, undecided
from pipecheck.analysis.aws_literals import written_credentials
from pipecheck.analysis.buildspecs import commands
from pipecheck.analysis.environments import is_one_of
from pipecheck.analysis.names import words_of
from pipecheck.analysis.url_credentials import credentials_in
from pipecheck.data.environment_words import ELSEWHERE, PRODUCTION
from pipecheck.data.secret_words import (
    HARMLESS_ENDINGS,
    KEY_WORDS,
    LAST_WORDS,
    SECRET_ENDINGS,
    TOKEN_SHAPES,
    WORKING_DIRECTORIES,
)
from pipecheck.model.build_project import BuildProject, BuildSource
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.webhook import Webhook
from pipecheck.values import Absent, Known, Place, Reason, Step, Truth, Unknown, Value, agreed, ask, text, truth
from pipecheck.values.items import values
from pipecheck.values.record import record, replace

_HARMLESS_VALUE = re.compile(r"\s*(?:true|false|none|null|undefined|[-+]?\d+(?:\.\d+)?)?\s*", re.IGNORECASE)
_SECRET_REFERENCES = ("resolve:secretsmanager:", "resolve:ssm-secure:")
_SHORTEST_SECRET = 4
_SHORTEST_PART = 8
_TELLING = 8
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LONGEST_WORD = 12


class Way(Enum):
    """How a variable comes to show a secret."""

    LITERAL = "literal"
    NO_ECHO = "no-echo"
    DYNAMIC_REFERENCE = "dynamic-reference"


@record
class Exposure:
    """Whether a variable shows a secret in clear. `step` is the parameter or reference it comes from, if any."""

    shown: Answer
    way: Way = Way.LITERAL
    step: Step | None = None


def exposure(variable: EnvironmentVariable, patterns: tuple[str, ...] = ()) -> Exposure:
    """Whether a variable shows a secret in clear. `patterns` are globs of further names of secrets.

    A NoEcho parameter and a secret that is resolved at deployment are secrets under whatever name.
    """
    value = variable.value
    if isinstance(value, Unknown) and value.candidates:
        options = [exposure(replace(variable, value=candidate), patterns) for candidate in value.candidates]
        agreed_truth = agreed(option.shown.truth for option in options)
        return replace(options[0], shown=told(agreed_truth, value, variable.type, variable.name))
    clear = is_plaintext(variable)
    if clear.truth is Truth.FALSE:
        return Exposure(clear)
    way, step = _way(value)
    if way is Way.NO_ECHO or (step is not None and step.name.startswith(_SECRET_REFERENCES)):
        return Exposure(clear, way, step)
    named = told(ask(variable.name, is_secret_like) | is_one_of(variable.name, patterns), variable.name)
    if named.truth is Truth.FALSE:
        return Exposure(named)
    held = YES if way is Way.DYNAMIC_REFERENCE else _holds_secret(value)
    return Exposure(all_hold([held, clear, named]), way, step)


def is_secret_like(name: str) -> bool:
    """Whether the words of a name say that it holds a secret, and not only where one is kept."""
    words = [word.text for word in words_of(name) if not word.text.isdigit()]
    meaning = [word for word in words if word not in PRODUCTION and word not in ELSEWHERE]
    if not meaning or meaning[-1] in HARMLESS_ENDINGS:
        return False
    if any(word.endswith(SECRET_ENDINGS) for word in words) or _means_password(words):
        return True
    return any(first in KEY_WORDS and second == "key" for first, second in pairwise(words))


def _means_password(words: list[str]) -> bool:
    last = words[-1]
    return (len(words) > 1 and last in LAST_WORDS) or (last.endswith("pwd") and last not in WORKING_DIRECTORIES)


_KEPT_ELSEWHERE = frozenset({"PARAMETER_STORE", "SECRETS_MANAGER"})


def is_plaintext(variable: EnvironmentVariable) -> Answer:
    """Whether a variable holds its value itself, as it does by default.

    https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html
    """
    return told(ask(variable.type, lambda kind: kind not in _KEPT_ELSEWHERE, absent=Truth.TRUE), variable.type)


def way_of(value: Value[str]) -> Way:
    """How a value comes to show what it holds."""
    return _way(value)[0]


def _way(value: Value[str]) -> tuple[Way, Step | None]:
    via = () if isinstance(value, Absent) else value.via
    for way in (Way.NO_ECHO, Way.DYNAMIC_REFERENCE):
        steps = [step for step in via if step.kind == way.value]
        if steps:
            return way, next((step for step in steps if step.name.startswith(_SECRET_REFERENCES)), steps[0])
    return Way.LITERAL, None


def _holds_secret(value: Value[str]) -> Answer:
    """Whether what a secret-like name holds can be a secret: no blank, switch, number, ARN or name of a resource."""
    match value:
        case Absent():
            return NO
        case Known(known):
            return _literal_secret(value, known)
        case Unknown(candidates=candidates) if candidates:
            answers = {_holds_secret(candidate).truth for candidate in candidates}
            return told(answers.pop() if len(answers) == 1 else Truth.UNKNOWN, value)
        case Unknown(reason=Reason.GENERATED_NAME):
            return NO
        case Unknown():
            return told(~text.starts_with(value, "arn:") & Truth.UNKNOWN, value)


def _literal_secret(value: Known[str], known: str) -> Answer:
    if known and not known.strip("*"):
        return undecided(Unknown(Reason.NOT_RETURNED, "the value is masked in the input", value.place))
    default = next((step for step in value.via if step.kind == "parameter-default"), None)
    if default is not None and not known.strip():
        detail = f"parameter {default.name} is empty unless it is given"
        return undecided(Unknown(Reason.DEFAULT_NOT_ASSUMED, detail, value.place, via=value.via))
    refers = any(step.reference is not None for step in value.via)
    harmless = refers or _HARMLESS_VALUE.fullmatch(known) is not None or known.startswith("arn:")
    return told(truth(not harmless), value)


def secret_texts(inventory: Inventory) -> frozenset[str]:
    """Every text of the inventory that no output may show, as it is and as it stands inside JSON.

    Values of secret-like variables and settings, and whatever has the shape of an access key. A value that may as
    well be a word of something else, such as `deploy`, is not among them: see `ordinary_secrets`.
    """
    return _texts(_held(inventory))


def buildspec_secrets(buildspec: Buildspec) -> frozenset[str]:
    """The same of one build specification."""
    return _texts(_buildspec(Known(buildspec, buildspec.place)))


def _texts(held: Iterable[tuple[bool, Value[str]]]) -> frozenset[str]:
    found: set[str] = set()
    for secret, value in held:
        for written in _written(value):
            found |= {match.group() for shape in TOKEN_SHAPES for match in re.finditer(shape, written)}
        if secret:
            found |= {shown for shown in _shown(value) if not _is_ordinary(shown)}
    return frozenset(found | {json.dumps(text)[1:-1] for text in found})


def ordinary_secrets(inventory: Inventory) -> Iterator[tuple[str, Place]]:
    """The secrets that are short or one word, each with a place where it is written and must not be shown.

    Such a text is no secret where it stands elsewhere, as in the name of an action.
    """
    for secret, value in _held(inventory):
        if secret:
            for shown in filter(_is_ordinary, _shown(value)):
                for place in _writings(value):
                    yield shown, place


def _is_ordinary(shown: str) -> bool:
    return len(shown) < _TELLING or (len(shown) <= _LONGEST_WORD and _WORD.fullmatch(shown) is not None)


def _writings(value: Value[str]) -> Iterator[Place]:
    """Where a value may be written: where it is used, and where the definitions stand that it came through."""
    yield value.place
    if isinstance(value, Absent):
        return
    for step in value.via:
        if step.place is not None:
            yield from (step.place, step.place.child("Default"))
    for candidate in value.candidates if isinstance(value, Unknown) else ():
        yield from _writings(candidate)


def _held(inventory: Inventory) -> Iterator[tuple[bool, Value[str]]]:
    """Every value that may hold a secret; TRUE where its name or origin says that it does."""
    for project in values(inventory.all(BuildProject)):
        yield from _variables(values(project.environment_variables))
        yield from _source(project.source)
        for secondary in values(project.secondary_sources):
            yield from _source(Known(secondary, secondary.place))
        yield from _buildspec(project.buildspec)
    for webhook in values(inventory.all(Webhook)):
        yield True, webhook.secret_token
    for pipeline in values(inventory.all(Pipeline)):
        for stage in values(pipeline.stages):
            for action in values(stage.actions):
                yield from _variables(values(action.environment_variables))
                yield from _buildspec(action.buildspec)
                yield from _commands(values(action.commands))
                for key, value in action.configuration.entries.items():
                    yield is_secret_like(key) or _way(value)[0] is Way.NO_ECHO, value
                    yield from _in_setting(key, value)
        for variable in values(pipeline.variables):
            name = variable.name.value if isinstance(variable.name, Known) else ""
            yield is_secret_like(name), variable.default


def _source(source: Value[BuildSource]) -> Iterator[tuple[bool, Value[str]]]:
    """The text of a build specification may show a secret where it cannot be read, too, and so may a URL."""
    if isinstance(source, Known):
        for written in _written(source.value.location):
            secret = credentials_in(written)
            if secret is not None:
                yield True, Known(secret, source.value.location.place)
        yield False, source.value.buildspec


def _buildspec(buildspec: Value[Buildspec]) -> Iterator[tuple[bool, Value[str]]]:
    if isinstance(buildspec, Known):
        for name, value in buildspec.value.variables.entries.items():
            yield is_secret_like(name), value
        yield from _commands(commands(buildspec.value))


def _in_setting(name: str, value: Value[str]) -> Iterator[tuple[bool, Value[str]]]:
    """The secrets in a setting that holds more, such as a JSON object."""
    from pipecheck.analysis.written_secrets import secrets_in_setting  # noqa: PLC0415 - it asks this module for names

    for written in _written(value):
        for secret in secrets_in_setting(name, written):
            yield True, Known(secret, value.place)


def _commands(written: Iterable[Value[str]]) -> Iterator[tuple[bool, Value[str]]]:
    from pipecheck.analysis.written_secrets import secrets_in_command  # noqa: PLC0415 - it asks this module for names

    for command in written:
        yield False, command
        for text_of in _written(command):
            found = [credential.value for credential in written_credentials(text_of)]
            for secret in (*found, *(one.value for one in secrets_in_command(text_of))):
                yield True, Known(secret, command.place)


def _variables(variables: Iterable[EnvironmentVariable]) -> Iterator[tuple[bool, Value[str]]]:
    for variable in variables:
        named = isinstance(variable.name, Known) and is_secret_like(variable.name.value)
        clear = is_plaintext(variable).truth is not Truth.FALSE
        yield clear and (named or _way(variable.value)[0] is Way.NO_ECHO), variable.value


def _written(value: Value[str]) -> Iterator[str]:
    """The known texts and parts of texts in a value."""
    match value:
        case Known(known):
            yield known
        case Absent():
            return
        case Unknown(candidates=candidates, pieces=pieces):
            for candidate in candidates:
                yield from _written(candidate)
            yield from (piece for piece in pieces if isinstance(piece, str))


def _shown(value: Value[str]) -> Iterator[str]:
    """What a secret shows of itself: the whole and each of its lines; of a partly known one its longer parts."""
    shortest = _SHORTEST_PART if isinstance(value, Unknown) and value.pieces else _SHORTEST_SECRET
    for written in _written(value):
        if _holds_secret(Known(written, value.place)).truth is Truth.TRUE:
            lines = {written, *(line.strip() for line in written.splitlines())}
            yield from (line for line in lines if len(line) >= shortest)
