"""What the configuration of an action says of where it works: targets, roles, parameters and variables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pipecheck.analysis.names import said_in_words
from pipecheck.data import environment_words as words
from pipecheck.data.action_targets import EXECUTION_ROLES, OVERRIDES, TARGET_WORDS, TARGETS
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.pipeline import Action
from pipecheck.values import Absent, Known, Reason, Unknown, Value, known
from pipecheck.values.items import values
from pipecheck.values.record import record, replace

_HOLE = "\ue000"
_LISTED_PARAMETER = re.compile(r"ParameterKey=([^,\s]+),ParameterValue=([^,\s]+)")


@record
class Named:
    """A name and what it is the name of, as a noun: `stack`, `deployment group` …"""

    noun: str
    name: Value[str]


def targets(action: Action) -> tuple[Named, ...]:
    """The names of what the action deploys to or runs, the closest first; of a custom action what looks like it."""
    provider = known(action.provider)
    if provider is None:
        return (Named("provider", _unseen(action.provider)),)
    settings = action.configuration
    if provider in TARGETS:
        return tuple(Named(noun, settings.get(key)) for key, noun in TARGETS[provider])
    return tuple(
        Named(key, value)
        for key, value in settings.entries.items()
        if not TARGET_WORDS.isdisjoint(said_in_words(key))
    )


def _unseen(provider: Value[str]) -> Value[str]:
    """Which provider it may be says nothing of what its target is called."""
    return replace(provider, candidates=(), pieces=()) if isinstance(provider, Unknown) else provider


def roles(action: Action) -> tuple[Named, ...]:
    """The ARNs or names of the role handed on and of the action's own; absent where it runs with the pipeline's."""
    return tuple(Named("role", arn) for arn in role_arns(action))


def role_arns(action: Action) -> tuple[Value[str], ...]:
    """The ARNs of the role handed on and of the action's own, in this order."""
    keys = EXECUTION_ROLES.get(known(action.provider) or "", ())
    return (*(action.configuration.get(key) for key in keys), action.role_arn)


def environment_settings(action: Action) -> Iterator[Named]:
    """The parameters and environment variables that name an environment, and the template configuration."""
    for key in OVERRIDES:
        value = action.configuration.get(key)
        if key == "TemplateConfiguration":
            yield Named("template configuration", value)
        else:
            yield from _parameters(value)
    for variable in values(action.environment_variables):
        if _names_environment(variable):
            yield Named(f"environment variable {known(variable.name)}", variable.value)
    if action.environment_variables.open is not None:
        yield Named("environment variables", action.environment_variables.open)


def _names_environment(variable: EnvironmentVariable) -> bool:
    name = known(variable.name)
    return name is not None and is_environment_key(name)


def is_environment_key(name: str) -> bool:
    """Whether a parameter or variable of this name says which environment something is for."""
    return name.lower() not in words.BUILD_MODES and not words.ENVIRONMENT_KEYS.isdisjoint(said_in_words(name))


def _parameters(text: Value[str]) -> Iterator[Named]:
    """The parameters in a JSON object, or in `ParameterKey=…,ParameterValue=…` pairs."""
    if isinstance(text, Absent):
        return
    written = _with_holes(text)
    pairs = _json_object(written)
    if pairs is None:
        pairs = dict(_LISTED_PARAMETER.findall(written))
        if not pairs and isinstance(text, Unknown):
            yield Named("parameters", text)
            return
    for name, value in pairs.items():
        if is_environment_key(name):
            yield Named(f"parameter {name}", _setting(value, text))


def _with_holes(text: Value[str]) -> str:
    match text:
        case Known(written):
            return written
        case Unknown(pieces=pieces) if pieces:
            return "".join(piece if isinstance(piece, str) else _HOLE for piece in pieces)
        case _:
            return _HOLE


def _json_object(text: str) -> dict[str, object] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _setting(value: object, text: Known[str] | Unknown) -> Value[str]:
    """A parameter's value, at the place of the text; unknown where a part of it, or a file, gives it."""
    if isinstance(value, str) and _HOLE not in value:
        return Known(value, text.place, text.via)
    if isinstance(text, Unknown):
        return Unknown(text.reason, text.detail, text.place, via=text.via)
    return Unknown(Reason.RUNTIME_VARIABLE, "a file of an artifact gives the parameter", text.place)
