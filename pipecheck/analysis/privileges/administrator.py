"""Which grants make a role an administrator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.privileges.actions import covers_everything
from pipecheck.data.iam_verbs import KEEPS_ADMINISTRATOR
from pipecheck.data.managed_policies import ADMINISTRATORS, READ_ONLY
from pipecheck.model.policy import PolicyCondition, Statement
from pipecheck.values import Absent, Items, Known, Place, Reason, Truth, Unknown, Value, ask, known, truth
from pipecheck.values.text import contains, equals, matches

_ALL_RESOURCES = re.compile(r"[*?]*\*[*?]*|(?:a|ar|arn)[*?]*\*|arn:(?:[^:]*:)?\*+(?::\*+)*")
_AWS_MANAGED = ":iam::aws:policy/"


def is_shaped_like_administrator(statement: Statement) -> Answer:
    """Whether a statement allows everything, or all but a few actions, on all resources, conditions aside."""
    answers = []
    for asked in (_allows, _all_actions, _all_resources):
        answer = asked(statement)
        if answer.truth is Truth.FALSE:
            return answer
        answers.append(answer)
    return all_hold(answers)


def _allows(statement: Statement) -> Answer:
    return told(equals(statement.effect, "Allow"), statement.effect)


def grants_administrator(statement: Statement) -> Answer:
    """Whether a statement makes its role an administrator; undecided where a condition may take that away."""
    shape = is_shaped_like_administrator(statement)
    if shape.truth is Truth.FALSE:
        return shape
    return all_hold([shape, _condition_leaves_it(statement)])


def everything_in(statement: Statement) -> Place:
    """The element that grants everything: the `*`, else the first excepted action."""
    for member in statement.actions.members:
        if ask(member.value, covers_everything) is not Truth.FALSE:
            return member.value.place
    return next((member.value.place for member in statement.not_actions.members), statement.place)


def is_administrator_policy(arn: Value[str], extra: Iterable[str]) -> Answer:
    """Whether an attached policy makes its role an administrator. `extra` are further names or ARNs of such policies.

    A policy of the customer that is not in the input cannot be told; one of AWS's that is not known to be so is not.
    """
    names = "|".join(re.escape(name) for name in sorted(ADMINISTRATORS))
    forbidden = "|".join(re.escape(name) for name in extra)
    if forbidden and matches(arn, rf"(?:^|/)(?:{forbidden})$") is Truth.TRUE:
        return told(Truth.TRUE, arn)
    match arn:
        case Absent():
            return NO
        case Known(written) if _AWS_MANAGED in written:
            return told(truth(re.search(rf"{_AWS_MANAGED}(?:{names})$", written) is not None), arn)
        case Known(written):
            detail = f"the managed policy {written} is not in the input"
            return undecided(Unknown(Reason.MANAGED_POLICY_NOT_KNOWN, detail, arn.place, via=arn.via))
        case Unknown():
            return _partly_known_policy(arn)


def _partly_known_policy(arn: Unknown) -> Answer:
    """Of an ARN such as `arn:${AWS::Partition}:iam::aws:policy/…` the end decides."""
    if arn.candidates:
        answers = {is_administrator_policy(candidate, ()).truth for candidate in arn.candidates}
        return told(answers.pop() if len(answers) == 1 else Truth.UNKNOWN, arn)
    last = arn.pieces[-1] if arn.pieces else None
    if isinstance(last, str) and contains(arn, _AWS_MANAGED) is Truth.TRUE and _AWS_MANAGED in last:
        return told(truth(last.split(_AWS_MANAGED)[-1] in ADMINISTRATORS), arn)
    return undecided(arn)


def boundary_takes_it_away(boundary: Value[str]) -> bool:
    """Whether a permissions boundary is known to leave nothing of an administrator: one of AWS's that only read."""
    names = "|".join(re.escape(name) for name in sorted(READ_ONLY))
    return matches(boundary, rf"{_AWS_MANAGED}(?:{names})$") is Truth.TRUE


def _all_actions(statement: Statement) -> Answer:
    """By `*` or by NotAction."""
    return any_holds([_some(statement.actions, covers_everything), _written(statement.not_actions)])


def _all_resources(statement: Statement) -> Answer:
    """By `*` or by NotResource."""
    return any_holds([_some(statement.resources, _is_every_resource), _written(statement.not_resources)])


def _is_every_resource(resource: str) -> bool:
    return _ALL_RESOURCES.fullmatch(resource.strip()) is not None


def _some(items: Items[Value[str]], is_all: Callable[[str], bool]) -> Answer:
    return any_holds(
        [
            *(all_hold([presence(member, items.place), _is_all(member.value, is_all)]) for member in items.members),
            *([] if items.open is None else [undecided(items.open)]),
        ]
    )


def _is_all(value: Value[str], is_all: Callable[[str], bool]) -> Answer:
    """Whether a pattern covers all; one that is partly known does not where its known parts name something."""
    if isinstance(value, Unknown) and value.pieces:
        head = value.pieces[0]
        parts = value.pieces[1:] if isinstance(head, str) and head.startswith("arn:") else value.pieces
        if any(isinstance(part, str) and re.search(r"[A-Za-z0-9/]", part) for part in parts):
            return NO
    return told(ask(value, is_all), value)


def _written(items: Items[Value[str]]) -> Answer:
    return any_holds(
        [
            *(presence(member, items.place) for member in items.members),
            *([] if items.open is None else [undecided(items.open)]),
        ]
    )


def _condition_leaves_it(statement: Statement) -> Answer:
    """Whether what a statement demands besides takes nothing of an administrator away."""
    return all_hold(
        [
            *(
                any_holds([~presence(test, test.value.place), _leaves_it(test.value)])
                for test in statement.conditions.members
            ),
            *([] if statement.conditions.open is None else [undecided(statement.conditions.open)]),
        ]
    )


def _leaves_it(test: PolicyCondition) -> Answer:
    match test.key:
        case Known(key) if key.lower() in KEEPS_ADMINISTRATOR:
            return YES
        case Unknown() as unknown:
            return undecided(unknown)
        case key:
            detail = f"the condition on {known(key)} is not evaluated"
            return undecided(Unknown(Reason.CONDITION_NOT_EVALUATED, detail, test.place))
