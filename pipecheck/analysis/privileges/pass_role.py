"""Which roles a statement lets a role hand to a service.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from __future__ import annotations

import re
from enum import Enum

from pipecheck.analysis.answer import Answer, told
from pipecheck.analysis.privileges.actions import covers
from pipecheck.analysis.privileges.limiting import PASSING
from pipecheck.analysis.privileges.resources import Reach, reach, service_of
from pipecheck.analysis.privileges.statements import some_text
from pipecheck.model.policy import Statement
from pipecheck.values import Value, ask

_EVERY_ROLE = re.compile(r"role[*?/]*\*[*?/]*")
_ROLE = re.compile(r"[*?]|role(?:$|[*?/])")


class Roles(Enum):
    """The roles that a resource of a policy names."""

    ALL = "every role"
    SOME = "every role that fits a pattern"
    ONE = "one role"
    NONE = "no role"


def roles_in(resource: str) -> Roles:
    """The roles that a resource such as `arn:aws:iam::111122223333:role/app-*` names."""
    if service_of(resource) not in ("*", "iam"):
        return Roles.NONE
    if reach(resource) is Reach.ALL:
        return Roles.ALL
    named = resource.strip().split(":", 5)[-1]
    if _EVERY_ROLE.fullmatch(named):
        return Roles.ALL
    if not _ROLE.match(named):
        return Roles.NONE
    return Roles.SOME if re.search(r"[*?]", named) else Roles.ONE


def allows_passing(statement: Statement) -> Answer:
    """Whether an action of a statement is, or covers, iam:PassRole."""
    return some_text(statement.actions, _covers_pass_role)


def _covers_pass_role(action: Value[str]) -> Answer:
    return told(ask(action, lambda text: covers(text, PASSING)), action)
