"""The named functions of the language of rules, beyond those of CEL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pipecheck.model.pipeline import Pipeline
from pipecheck.rules.cel import Decision, Evidence, Function, function_of
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, agreed, any_of, truth
from pipecheck.values.record import record
from pipecheck.values.text import spelled

_OWN_ACCOUNT = "${AWS::AccountId}"
_PRIVATE_USE = 0xE000
_ACCOUNT = re.compile(r"arn:[^:]*:iam::(\d{12}|[\ue000-\uf8ff]):")


@cache
def named_functions() -> Mapping[str, Function]:
    """Every function that an expression may call by name."""
    return {call.__name__: function_of(call) for call in (cross_account,)}


def cross_account(pipeline: Pipeline) -> Decision:
    """Whether an action certainly runs with a role of another account than the pipeline's.

    UNKNOWN where the account of one of the roles cannot be told. A pipeline can only be given a role of its own
    account (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html), and what a template writes
    as `${AWS::AccountId}` is that account too.
    """
    answers = tuple(_answers(pipeline))
    answer = any_of(elsewhere for elsewhere, _ in answers)
    deciding = (evidence for elsewhere, evidence in answers if elsewhere is answer)
    return Decision(answer, () if answer is Truth.FALSE else tuple(deciding))


def _answers(pipeline: Pipeline) -> Iterator[tuple[Truth, Evidence]]:
    """For each action whether it runs in another account, and for each hidden part that it may."""
    stages = pipeline.stages
    for stage in stages.members:
        actions = stage.value.actions
        for action in actions.members:
            elsewhere, evidence = _elsewhere(action.value.role_arn, pipeline.role_arn)
            yield stage.present & action.present & elsewhere, evidence
        if actions.open is not None:
            yield stage.present & Truth.UNKNOWN, Evidence(actions.place, actions.open)
    if stages.open is not None:
        yield Truth.UNKNOWN, Evidence(stages.place, stages.open)


def _elsewhere(role: Value[str], home_role: Value[str]) -> tuple[Truth, Evidence]:
    if isinstance(role, Absent):
        return Truth.FALSE, Evidence(role.place)
    if isinstance(role, Unknown) and role.candidates:
        answer = agreed(_elsewhere(candidate, home_role)[0] for candidate in role.candidates)
        return answer, Evidence(role.place, role, role.via)
    account, home = _account(role), _account(home_role)
    evidence = Evidence(role.place, account.hidden or home.hidden, role.via)
    if account.number is not None and home.number is not None:
        return truth(account.number != home.number), evidence
    same = account.spelling in (_OWN_ACCOUNT, home.spelling) and account.spelling is not None
    return (Truth.FALSE if same or _written_alike(role, home_role) else Truth.UNKNOWN), evidence


@record
class _Account:
    """The account in an ARN: its number, else how the unknown number is written, else neither.

    `hidden` is what hides the number; None where it is known.
    """

    number: str | None = None
    spelling: str | None = None
    hidden: Unknown | None = None


def _account(arn: Value[str]) -> _Account:
    if isinstance(arn, Absent):
        return _Account(hidden=Unknown(Reason.INVALID_VALUE, "the pipeline names no role", arn.place))
    if isinstance(arn, Unknown) and not arn.pieces:
        return _Account(hidden=arn)
    pieces = (arn.value,) if isinstance(arn, Known) else arn.pieces
    holes = {chr(_PRIVATE_USE + index): piece for index, piece in enumerate(pieces) if isinstance(piece, Unknown)}
    marked = "".join(p if isinstance(p, str) else chr(_PRIVATE_USE + index) for index, p in enumerate(pieces))
    found = _ACCOUNT.match(marked)
    if found is None:
        hidden = arn if isinstance(arn, Unknown) else None
        detail = "the role is not written as an ARN"
        return _Account(hidden=hidden or Unknown(Reason.INVALID_VALUE, detail, arn.place))
    written = found.group(1)
    if written in holes:
        return _Account(spelling=spelled(holes[written]), hidden=holes[written])
    return _Account(number=written)


def _written_alike(role: Value[str], other: Value[str]) -> bool:
    spelling = spelled(role)
    return spelling is not None and spelling == spelled(other) and role.place.source == other.place.source
