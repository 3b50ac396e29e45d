"""What an action with wildcards in a policy covers. IAM compares actions without regard to case.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from __future__ import annotations

import re
from enum import Enum
from fnmatch import fnmatchcase

from pipecheck.data.iam_verbs import BEANSTALK_SERVICES, DATA_READS, OTHER_READS, READ_VERBS, VARIANTS

_WILDCARD = re.compile(r"[*?]")
_EVERYTHING = re.compile(r"[*?]*\*[*?]*(?::[*?]*\*[*?]*)?")
_WELL_FORMED = re.compile(r"[a-z0-9*?-]+(?::[a-z0-9*?]+)?")


class Breadth(Enum):
    """How much an action of a policy covers."""

    EXPLICIT = "one action"
    VARIANTS = "variants of one action"
    READS = "a group of reading actions"
    DATA = "a group of reading actions that hand out data or credentials"
    WRITES = "a group of actions that may change things"
    SERVICE = "every action of a service"
    EVERYTHING = "every action"


def breadth(action: str) -> Breadth:
    """How much an action such as `s3:Get*` covers; what is not known to be harmless counts as changing things.

    A pattern with a character that no action has, such as a quote, allows nothing and counts as explicit.
    """
    pattern = action.strip().lower()
    if covers_everything(pattern):
        return Breadth.EVERYTHING
    if _WILDCARD.search(pattern) is None or _WELL_FORMED.fullmatch(pattern) is None:
        return Breadth.EXPLICIT
    if pattern in VARIANTS:
        return Breadth.VARIANTS
    service, _, name = pattern.partition(":")
    if not name or not name.strip("*?"):
        return Breadth.SERVICE
    verb = _WILDCARD.split(name)[0]
    if name == f"{verb}*" and verb in DATA_READS.get(service, ()):
        return Breadth.VARIANTS
    if not any(verb.startswith(reading) for reading in READ_VERBS):
        return Breadth.WRITES
    return Breadth.DATA if _hands_out_data(service, name) else Breadth.READS


def covers_everything(action: str) -> bool:
    """Whether an action is `*` or means the same, such as `?*`: no name of an action is so short."""
    return _EVERYTHING.fullmatch(action.strip()) is not None


def reads(action: str) -> bool:
    """Whether an action, or every action a wildcard covers, reads: its verb says so."""
    service, _, name = action.strip().lower().partition(":")
    verb = _WILDCARD.split(name)[0]
    return f"{service}:{name}" in OTHER_READS or any(verb.startswith(reading) for reading in READ_VERBS)


def covers(action: str, wanted: str) -> bool:
    """Whether an action with its wildcards covers `wanted`, an action in lower case."""
    return covers_everything(action) or fnmatchcase(wanted, action.strip().lower())


def is_documented_for_beanstalk(action: str) -> bool:
    """Whether AWS documents the action as it stands for the role of an Elastic Beanstalk action."""
    service, _, name = action.strip().lower().partition(":")
    return name == "*" and service in BEANSTALK_SERVICES


def _hands_out_data(service: str, name: str) -> bool:
    services = [known for known in DATA_READS if fnmatchcase(known, service)]
    return any(fnmatchcase(read, name) for known in services for read in DATA_READS[known])
