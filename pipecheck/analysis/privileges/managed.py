"""AWS managed policies by their ARN, and which of them are broad."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from pipecheck.analysis.answer import NO, Answer, told
from pipecheck.data.managed_policies import ADMINISTRATORS, BROAD, BROAD_NAMES
from pipecheck.values import Absent, Known, Truth, Unknown, Value, agreed, truth
from pipecheck.values.text import spelled

_POLICY = re.compile(r"arn:(?:\$\{[^}]*\}|[^:$]*):iam::(?P<account>\$\{[^}]*\}|[^:$]*):policy/(?P<name>.*)")
_AWS = "aws"


def is_broad_policy(arn: Value[str], allowed: Iterable[str]) -> Answer:
    """Whether an attached policy is one of AWS's that hand out a whole service; one's own policies are not.

    Those that make an administrator are none of them. `allowed` are globs of names and ARNs that are not either.
    """
    globs = tuple(allowed)
    match arn:
        case Absent():
            return NO
        case Known(written):
            return told(truth(_is_broad(written, globs)), arn)
        case Unknown(candidates=candidates) if candidates:
            return told(agreed(is_broad_policy(one, globs).truth for one in candidates), arn)
        case Unknown():
            written = spelled(arn) or ""
            found = _POLICY.fullmatch(written)
            if found is None or (found["account"] == _AWS and "${" in found["name"]):
                return told(Truth.UNKNOWN, arn)
            return told(truth(_is_broad(written, globs)), arn)


def _is_broad(arn: str, allowed: tuple[str, ...]) -> bool:
    found = _POLICY.fullmatch(arn)
    if found is None or found["account"] != _AWS:
        return False
    name = found["name"]
    if name in ADMINISTRATORS or any(fnmatchcase(text, glob) for text in (name, arn) for glob in allowed):
        return False
    last = name.rsplit("/", 1)[-1]
    return last in BROAD or any(word in last for word in BROAD_NAMES)
