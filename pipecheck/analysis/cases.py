"""Whether something holds in every case that the conditions of a definition allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pipecheck.analysis.answer import Answer, undecided
from pipecheck.model.conditions import OTHER, Assignment, Conditions
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import ALWAYS, Guard, Place, Reason, Truth, Unknown
from pipecheck.values.record import record


@record
class InCases:
    """The answer over all cases: FALSE where it is so in any. `case` is that case in words, "" if it needs none."""

    answer: Answer
    case: str = ""


def in_every_case(
    conditions: Conditions,
    within: Guard,
    guards: Iterable[Guard],
    place: Place,
    holds: Callable[[Assignment], Answer],
) -> InCases | None:
    """What `holds` says over all cases that allow `within`; None where there is no such case.

    `guards` are those that the answer depends on besides. An outcome that is only guessed cannot make it FALSE.
    """
    names = {name for guard in (within, *guards) for name, _ in guard}
    answers = [(case, holds(case)) for case in conditions.assignments(names) if case.allows(within)]
    if not answers:
        return None
    failing = [(case, answer) for case, answer in answers if answer.truth is Truth.FALSE]
    certain = next(((case, answer) for case, answer in failing if not case.guessed), None)
    if certain is not None or len(failing) == len(answers):
        case, answer = certain or failing[0]
        told = {name for name, _ in within} if len(failing) == len(answers) else names
        return InCases(answer, _in_words(case, told))
    if failing:
        return InCases(undecided(_not_evaluated(sorted(failing[0][0].guessed), place)))
    open_answer = next((answer for _, answer in answers if answer.truth is Truth.UNKNOWN), None)
    if open_answer is None and not conditions.are_exhausted(names):
        return InCases(undecided(_not_evaluated(sorted(names), place)))
    return InCases(open_answer or answers[0][1])


def guard_of(pipeline: Pipeline, inventory: Inventory) -> Guard:
    """What the pipeline itself needs to be there."""
    return inventory.once(_guards).get(id(pipeline), ALWAYS)


def _guards(inventory: Inventory) -> Mapping[int, Guard]:
    return {id(member.value): member.guard for member in inventory.all(Pipeline).members}


def _not_evaluated(names: list[str], place: Place) -> Unknown:
    several = "conditions" if len(names) > 1 else "condition"
    return Unknown(Reason.CONDITION_UNDECIDED, f"it depends on {several} {', '.join(names)}", place)


def _in_words(case: Assignment, names: Iterable[str]) -> str:
    """`when Stage is "prod" (condition IsProd is true)`; "" where no condition is named."""
    conditions = ", ".join(f"condition {name} is {str(case.outcomes[name]).lower()}" for name in sorted(names))
    given = {name: value for name, value in case.parameters.items() if name.isalnum()}
    if not conditions or not given:
        return f"when {conditions}" if conditions else ""
    parameters = " and ".join(
        f"{name} is something else" if value == OTHER else f'{name} is "{value}"' for name, value in given.items()
    )
    return f"when {parameters} ({conditions})"
