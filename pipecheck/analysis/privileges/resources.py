"""How far the resources of a policy reach.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from pipecheck.analysis.answer import NO, Answer, told
from pipecheck.analysis.names import words_of
from pipecheck.values import Absent, Known, Reason, Unknown, Value, agreed, reference, truth
from pipecheck.values.text import renderings

_UNSEEN = "\ue000"
"""Stands for an unknown part of an ARN. It is held to name something: nobody hands over a `*` for it."""

_NOTHING_NAMED = re.compile(r"[*?/:]*\*[*?/:]*")
_ARN_PARTS = 6


class Reach(Enum):
    """How much a resource of a policy covers."""

    ALL = "everything"
    KIND = "everything of a kind"
    PATTERN = "what fits a pattern"
    ONE = "what it names"


def reach(resource: str) -> Reach:
    """How much a resource such as `arn:aws:iam::111122223333:role/*` covers.

    An ARN of which only the part after the account is `*` covers everything: all of a service.
    """
    pattern = resource.strip()
    parts = pattern.split(":", _ARN_PARTS - 1)
    if _NOTHING_NAMED.fullmatch(pattern):
        return Reach.ALL
    if len(parts) < _ARN_PARTS:
        return Reach.ALL if pattern.endswith("*") else Reach.ONE
    named = parts[-1]
    if _NOTHING_NAMED.fullmatch(named):
        return Reach.ALL
    kind = re.split(r"[/:]", named, maxsplit=1)
    if len(kind) > 1 and _NOTHING_NAMED.fullmatch(kind[1]):
        return Reach.KIND
    return Reach.PATTERN if re.search(r"[*?]", named) else Reach.ONE


def service_of(resource: str) -> str:
    """The service in an ARN, in lower case; `*` where it stands for any."""
    parts = resource.strip().split(":")
    service = parts[2].lower() if len(parts) > 2 and parts[0] == "arn" else "*"
    return "*" if "*" in service or _UNSEEN in service else service


def resource_is(resource: Value[str], holds: Callable[[str], bool]) -> Answer:
    """Whether something holds of a resource, of which parts may be unknown.

    Unknown parts of an ARN name something, and so do what another resource of the template returns and a parameter or
    an import whose name says that it is an ARN.
    """
    match resource:
        case Absent():
            return NO
        case Known(text):
            return told(truth(holds(text)), resource)
        case Unknown(candidates=candidates) if candidates:
            return told(agreed(resource_is(one, holds).truth for one in candidates), resource)
        case Unknown(pieces=pieces):
            options = renderings(resource) or _assumed(pieces)
            if options:
                return told(agreed(truth(holds(text)) for text in options), resource)
            if reference(resource) is not None or resource.reason is Reason.GENERATED_NAME or _is_arn(resource):
                return NO
            return told(agreed(()), resource)


def _is_arn(resource: Unknown) -> bool:
    """Whether something is called an ARN, as the parameter ConnectionArn is."""
    words = words_of(resource.spelling)
    return bool(words) and words[-1].text == "arn"


def _assumed(pieces: tuple[str | Unknown, ...]) -> tuple[str, ...]:
    """The text with its unknown parts marked; none where what is known of it is no part of an ARN."""
    text = "".join(piece if isinstance(piece, str) else _UNSEEN for piece in pieces)
    return (text,) if text.startswith("arn:") else ()
