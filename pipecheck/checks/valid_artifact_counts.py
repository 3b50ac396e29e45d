"""Whether an action takes and makes as many artifacts as its kind does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.action_kind import kind_of
from pipecheck.analysis.answer import undecided
from pipecheck.analysis.cases import guard_of
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.limits import count_fits
from pipecheck.analysis.order import position_of
from pipecheck.data.action_types import ARTIFACTS, CUSTOM_ARTIFACTS
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Guard, Items


def valid_artifact_counts(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the input artifacts and one for the output artifacts; none for kinds that are not known."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    kind = kind_of(action)
    label = f"action {quoted(action.name, 'without a name')}"
    if kind.hidden is not None:
        question = f"whether {label} has the artifacts that its kind needs is not known"
        yield clause_of(undecided(kind.hidden).about(question), kind.hidden.place, question)
    if kind.name is None:
        return
    limits = CUSTOM_ARTIFACTS if kind.is_custom else ARTIFACTS.get(kind.name)
    if limits is None:
        return
    within = guard_of(pipeline, inventory) | position_of(action, pipeline, inventory).guard
    provider = f"{kind.name.split('/')[2]} of category {kind.name.split('/')[0]}"
    yield from _count(pipeline, action.input_artifacts, limits[:2], within, f"{label} takes", "input", provider)
    yield from _count(pipeline, action.output_artifacts, limits[2:], within, f"{label} makes", "output", provider)


def _count(
    pipeline: Pipeline,
    items: Items[object],
    limits: tuple[int, ...],
    within: Guard,
    label: str,
    way: str,
    provider: str,
) -> Iterator[Clause]:
    least, most = limits
    found = count_fits(items, least, most, pipeline.conditions, within, items.place)
    if found is None:
        return
    question = f"whether {label} as many {way} artifacts as {provider} is not known"
    number = "too few" if found.case else str(len(items.members) or "no")
    allowed = str(most or "none") if least == most else f"{least} to {most}"
    say = f"{label} {number} {way} artifacts{f' {found.case}' * bool(found.case)}, {provider} {allowed}"
    yield clause_of(found.answer.about(question), items.place, say)
