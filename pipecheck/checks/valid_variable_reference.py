"""Whether the variables that an action reads are there when it runs.

https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipecheck.analysis.action_kind import kind_of
from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.cases import guard_of, in_every_case
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.limits import is_given
from pipecheck.analysis.order import Position, finishes_before, position_of, positions_of
from pipecheck.data.action_types import VARIABLES
from pipecheck.model.conditions import Assignment
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Guard, Reason, Truth, Unknown, Value, truth
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import equals

_VARIABLE = re.compile(r"#\{\s*([A-Za-z0-9@_-]+)\.([A-Za-z0-9@_-]+)\s*\}")
_OWN, _PIPELINES = "codepipeline", "variables"


@record
class _Use:
    """A variable that is read: `#{namespace.name}`, and the value that it stands in."""

    namespace: str
    name: str
    value: Value[str]

    @property
    def label(self) -> str:
        """As it is written."""
        return f"#{{{self.namespace}.{self.name}}}"


def valid_variable_reference(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per variable that is not there, and one for what is right or not known; none where none is read."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    uses = [use for value in _texts(action) for use in _uses(value)]
    opaque = [value for value in _texts(action) if isinstance(value, Unknown) and not is_given(value)]
    opaque += [hidden for hidden in (action.configuration.open, action.commands.open) if hidden is not None]
    if not uses and not opaque:
        return
    label = f"action {quoted(action.name, 'without a name')}"
    reader = position_of(action, pipeline, inventory)
    within = guard_of(pipeline, inventory) | reader.guard
    demands = [Demand(undecided(value), value.place, "") for value in opaque]
    for use in uses:
        met, fault = _met(use, reader, within, pipeline, inventory)
        demands.append(Demand(met, use.value.place, f"{label} reads {use.label}, {fault}"))
    yield from clauses_of(demands, action.place, f"whether the variables that {label} reads are there is not known")


def _texts(action: Action) -> Iterator[Value[str]]:
    yield from action.configuration.entries.values()
    yield from values(action.commands)
    for variable in values(action.environment_variables):
        if variable.value not in action.configuration.entries.values():
            yield variable.value


def _uses(value: Value[str]) -> Iterator[_Use]:
    if not isinstance(value, Unknown):
        return
    for piece in value.pieces or (value,):
        found = None
        if isinstance(piece, Unknown) and piece.reason is Reason.RUNTIME_VARIABLE:
            found = _VARIABLE.fullmatch(piece.spelling)
        if found is not None:
            yield _Use(found.group(1), found.group(2), value)


def _met(use: _Use, reader: Position, within: Guard, pipeline: Pipeline, inventory: Inventory) -> tuple[Answer, str]:
    """Whether a variable is there, and what is wrong where it is not."""
    if use.namespace == _OWN:
        return YES, ""
    if use.namespace == _PIPELINES:
        names = [told(equals(one.name, use.name), one.name) for one in values(pipeline.variables)]
        hidden = [] if pipeline.variables.open is None else [undecided(pipeline.variables.open)]
        return any_holds([NO, *names, *hidden]), "and the pipeline has no variable of that name"
    named = inventory.once(_named)
    if id(pipeline) not in named:
        having = (one for one in positions_of(pipeline, inventory) if not isinstance(one.action.namespace, Absent))
        named[id(pipeline)] = _Makers(tuple(having), pipeline.stages.spread(lambda stage: stage.actions).open)
    return _made(use, reader, within, pipeline, named[id(pipeline)])


@record
class _Makers:
    """The actions of a pipeline that have a namespace; `hidden` says why there may be more."""

    actions: tuple[Position, ...]
    hidden: Unknown | None


def _named(inventory: Inventory) -> dict[int, _Makers]:  # noqa: ARG001 - one for each inventory
    return {}


def _made(use: _Use, reader: Position, within: Guard, pipeline: Pipeline, having: _Makers) -> tuple[Answer, str]:
    makers = [
        (one, named)
        for one in having.actions
        if (named := told(equals(one.action.namespace, use.namespace), one.action.namespace)).truth is not Truth.FALSE
    ]
    unseen = having.hidden

    def holds(case: Assignment) -> Answer:
        made = (
            all_hold([named, finishes_before(one, reader), _makes(one.action, use.name)])
            for one, named in makers
            if case.allows(one.guard)
        )
        return any_holds([NO, *made, *([] if unseen is None else [undecided(unseen)])])

    guards = [one.guard for one, _ in makers]
    found = in_every_case(pipeline.conditions, within, guards, use.value.place, holds)
    if found is None:
        return YES, ""
    return found.answer, f"{_fault(use, reader, makers)} {found.case}".rstrip()


def _fault(use: _Use, reader: Position, makers: list[tuple[Position, Answer]]) -> str:
    if not makers:
        return f"and no action has the namespace {use.namespace}"
    maker = quoted(makers[0][0].action.name, "the action")
    if finishes_before(makers[0][0], reader).truth is not Truth.TRUE:
        return f"but {maker}, whose namespace that is, does not run before"
    if _makes(makers[0][0].action, use.name).truth is Truth.FALSE:
        return f"but {maker}, whose namespace that is, makes no {use.name}"
    return f"but {maker}, whose namespace that is, is not there in every case"


def _makes(action: Action, name: str) -> Answer:
    """Whether an action makes a variable; what a build, a function or a stack makes depends on itself."""
    kind = kind_of(action)
    if kind.hidden is not None:
        return undecided(kind.hidden)
    made = VARIABLES.get(kind.name or "")
    return YES if made is None else Answer(truth(name in made.split()))
