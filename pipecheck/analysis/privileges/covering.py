"""Which actions a statement of a resource's policy is about."""

from __future__ import annotations

from collections.abc import Callable

from pipecheck.analysis.answer import Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.privileges.actions import covers_everything
from pipecheck.analysis.privileges.requests import wildcard
from pipecheck.model.policy import Statement
from pipecheck.values import Reason, Unknown, ask


def covers_service(statement: Statement, service: str) -> Answer:
    """Whether a statement is about every action of a service such as `s3`, the one that its policy is for."""
    return _some_action(statement, lambda action: _is_every_action(action, service))


def covers_action(statement: Statement, action: str) -> Answer:
    """Whether a statement is about an action such as `kms:Decrypt`."""
    wanted = action.lower()
    return _some_action(statement, lambda written: wildcard(written.strip().lower()).fullmatch(wanted) is not None)


def exceptions(statement: Statement) -> Unknown:
    """Why it is not known what a statement is about that says what it is not about."""
    detail = "what a statement with NotAction or NotResource leaves out is not evaluated"
    return Unknown(Reason.CONDITION_NOT_EVALUATED, detail, statement.place)


def _is_every_action(action: str, service: str) -> bool:
    prefix, _, name = action.strip().lower().partition(":")
    return covers_everything(action) or (prefix == service and name != "" and not name.strip("*"))


def _some_action(statement: Statement, holds: Callable[[str], bool]) -> Answer:
    actions = statement.actions
    return any_holds(
        [
            *(
                all_hold([presence(member, actions.place), told(ask(member.value, holds), member.value)])
                for member in actions.members
            ),
            *(undecided(items.open) for items in (actions, statement.not_actions) if items.open is not None),
            *(undecided(exceptions(statement)) for _ in statement.not_actions.members[:1]),
        ]
    )
