"""Where commands print secrets: CodeBuild masks a secret in a log only where it stands there exactly as it is.

https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from pipecheck.analysis.buildspecs import Command
from pipecheck.analysis.secrets import is_secret_like
from pipecheck.values import Place
from pipecheck.values.record import record

_ECHO = re.compile(
    r"(?m)(?:^|[;&|({]|\b(?:then|do|else))[ \t]*(?:echo|printf)\b(?P<printed>[^|;&\n>]*)(?P<next>[^\n]?[^\n]*)"
)
_VARIABLE = re.compile(r"\$(?:\{!?)?([A-Za-z_]\w*)")
_TRANSFORM = re.compile(r"\|\s*(?:base64|rev|xxd|od|tr|sed|cut|fold|hexdump)\b(?P<rest>[^\n;&]*)")
_ALL = re.compile(r"(?m)(?:^|[;&|][ \t]*)[ \t]*(?P<what>printenv|env|export -p|declare -p|set)[ \t]*(?:$|;|&&|\|\|)")
_TRACE = re.compile(r"(?m)(?:^|[;&|][ \t]*)[ \t]*(?:set[ \t]+-\w*x\w*|(?:ba|z)?sh[ \t]+-\w*x\w*)")
_CURL = re.compile(
    r"(?i)\bcurl\b(?=[^\n;|]*\s(?:-v|-\w*v\w*|--verbose|--trace\S*)\s)[^\n;|]*(?:authorization|\s-u\s|--user\b)"
)
_BUILD_ARG = re.compile(r"--build-arg[= \t]+[\"']?(?P<name>[A-Za-z_]\w*)")
_COMMENT = re.compile(r"(?m)^[ \t]*#[^\n]*")


class Way(Enum):
    """How a secret comes to be printed; the first two print everything, so they need one that is there."""

    ALL = "prints all variables, and secrets are among them"
    TRACED = "prints every command with its values, and secrets are among them"
    PRINTED = "prints a secret"
    SENT = "prints the header with which it logs in"
    IN_IMAGE = "hands a secret to the build of an image, which keeps it in its history"


NEEDS_SECRETS = frozenset({Way.ALL, Way.TRACED})


@record
class Printed:
    """Where something is printed, and how. `name` is the variable, where one is named."""

    place: Place
    way: Way
    name: str = ""


def printed_secrets(command: Command) -> Iterator[Printed]:
    """Each way in which a command prints a secret, or would if there were one."""
    text = _COMMENT.sub(lambda found: " " * len(found.group()), command.text)
    for found in _ECHO.finditer(text):
        names = [name for name in _VARIABLE.findall(found["printed"]) if is_secret_like(name)]
        if names and _reaches_the_log(found["next"]):
            yield Printed(command.below(found.start("printed")), Way.PRINTED, names[0])
    for found in _ALL.finditer(text):
        yield Printed(command.below(found.start("what")), Way.ALL)
    for found in _TRACE.finditer(text):
        yield Printed(command.below(found.end()), Way.TRACED)
    for found in _CURL.finditer(text):
        yield Printed(command.below(found.start()), Way.SENT)
    for found in _BUILD_ARG.finditer(text):
        if is_secret_like(found["name"]):
            yield Printed(command.below(found.start()), Way.IN_IMAGE, found["name"])


def _reaches_the_log(rest: str) -> bool:
    """Whether what is printed goes to the log: not into a file or program, unless that one only rewrites it."""
    if rest.startswith(("||", "&", ";")) or not rest.startswith((">", "|")):
        return not rest.startswith(">")
    found = _TRANSFORM.match(rest)
    return found is not None and not {"|", ">"} & set(found["rest"])
