"""Whether a role of a pipeline is allowed on everything what could be limited to resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import listed, role_label
from pipecheck.analysis.privileges.administrator import is_shaped_like_administrator
from pipecheck.analysis.privileges.limiting import Limit, Weight, acts_on, limit, weight
from pipecheck.analysis.privileges.narrowing import narrows, pins_account
from pipecheck.analysis.privileges.resources import Reach, reach, resource_is, service_of
from pipecheck.analysis.privileges.statements import Attached, allows, hidden_statements, some_text, statements
from pipecheck.model.inventory import Inventory
from pipecheck.model.policy import Statement
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Known, Place, Reason, Truth, Unknown, Value, ask, known
from pipecheck.values.record import record

_SEVERITY = {Weight.CHANGES: None, Weight.READS: Severity.MEDIUM, Weight.LOGS: Severity.LOW}


@record
class _Allowed:
    """An action of a statement: whether it is there, could be limited to resources, and is allowed on everything."""

    action: Value[str]
    exposed: Answer


def iam_wildcard_resource(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the role, and one per statement that allows, or may allow, too much on everything."""
    role = subject.value
    assert isinstance(role, Role)  # noqa: S101 - the rule file names the kind of subject
    label = role_label(role)
    accepted = params.get("condition_keys_accepted")
    keys = tuple(str(key) for key in accepted) if isinstance(accepted, list | tuple) else ()
    yield clause_of(YES, role.place, f"{label} is allowed actions on resources by name")
    for attached in statements(role):
        yield from _clauses(attached, label, keys)
    for unseen in hidden_statements(role):
        yield clause_of(undecided(unseen).about(_question(label)), unseen.place, _question(label))


def _question(label: str) -> str:
    return f"whether {label} is allowed actions on everything is not known"


def _clauses(attached: Attached, label: str, accepted: tuple[str, ...]) -> Iterator[Clause]:
    statement = attached.statement
    applies = all_hold([allows(attached), ~is_shaped_like_administrator(statement)])
    if applies.truth is Truth.FALSE:
        return
    allowed = list(_allowed(statement))
    exposed = sorted((one for one in allowed if one.exposed.truth is Truth.TRUE), key=_lightness)
    undecided_ones = [one for one in allowed if one.exposed.truth is Truth.UNKNOWN]
    narrowed = narrows(statement, accepted)
    if exposed:
        yield clause_of(
            narrowed.about(_question(label)),
            _everything_in(statement),
            f"{label} is allowed {listed([one.action for one in exposed], 'an action')} on all resources",
            applies=applies,
            severity=_severity(exposed, statement),
        )
    elif undecided_ones:
        first = undecided_ones[0]
        fine = any_holds([narrowed, ~first.exposed]).about(_question(label))
        place = first.action.place if fine.cause is None else fine.cause.place
        yield clause_of(fine, place, _question(label), applies=applies)


def _allowed(statement: Statement) -> Iterator[_Allowed]:
    """The actions that a statement may allow on everything, and one more where there may be some not in view."""
    for member in statement.actions.members:
        on_all = some_text(statement.resources, _everything_for(member.value))
        if on_all.truth is not Truth.FALSE:
            there = presence(member, member.value.place)
            yield _Allowed(member.value, all_hold([there, on_all, _limitable(member.value)]))
    if statement.actions.open is not None:
        hidden = statement.actions.open
        on_all = some_text(statement.resources, _everything_for(hidden))
        yield _Allowed(hidden, all_hold([on_all, undecided(hidden)]))


def _limitable(action: Value[str]) -> Answer:
    match action:
        case Known(text) if limit(text) is Limit.NOT_KNOWN:
            detail = f"{text} is not among the actions that are known"
            return undecided(Unknown(Reason.ACTION_NOT_KNOWN, detail, action.place, via=action.via))
        case _:
            return told(ask(action, lambda text: limit(text) is Limit.POSSIBLE), action)


def _everything_for(action: Value[str]) -> Callable[[Value[str]], Answer]:
    """Whether a resource is everything that an action works on."""

    def is_everything(resource: Value[str]) -> Answer:
        if isinstance(action, Known):
            return resource_is(resource, lambda arn: _is_everything(arn) and acts_on(action.value, service_of(arn)))
        return all_hold([resource_is(resource, _is_everything), _on_any_service(resource, action)])

    return is_everything


def _on_any_service(resource: Value[str], action: Value[str]) -> Answer:
    """Whether everything is everything for whatever action it is."""
    anything = resource_is(resource, lambda arn: service_of(arn) == "*")
    return anything if anything.truth is Truth.TRUE else told(Truth.UNKNOWN, action)


def _is_everything(arn: str) -> bool:
    return reach(arn) is Reach.ALL


def _everything_in(statement: Statement) -> Place:
    """The first resource that is everything."""
    wide = (
        one.value for one in statement.resources.members if resource_is(one.value, _is_everything).truth is Truth.TRUE
    )
    return next(wide, statement).place


def _lightness(one: _Allowed) -> int:
    """What matters most comes first, so that a message that cannot name all actions names those."""
    return -weight(known(one.action) or "").value


def _severity(exposed: list[_Allowed], statement: Statement) -> Severity | None:
    """That of the heaviest action, at most medium where a condition keeps it inside one account."""
    heaviest = weight(known(exposed[0].action) or "")
    if heaviest is Weight.CHANGES and pins_account(statement):
        return Severity.MEDIUM
    return _SEVERITY[heaviest]
