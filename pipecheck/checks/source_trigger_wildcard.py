"""Whether pushes to any branch or tag start a pipeline that reaches production, and whether filters let any in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.environments import production_settings
from pipecheck.analysis.labels import pipeline_label, quoted
from pipecheck.analysis.reaching import reaches_production
from pipecheck.analysis.ref_globs import is_covered, is_everything
from pipecheck.analysis.triggers import KINDS, Filter, hidden_filters, pattern_list, push_filters
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.model.trigger import Patterns
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Known, Truth, Unknown, Value, ask, bind


def source_trigger_wildcard(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the pipeline, and one for each pattern that lets everything in or nothing, or that may."""
    pipeline = subject.value
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - the rule file names the kind of subject
    filters = list(push_filters(pipeline))
    hidden = list(hidden_filters(pipeline))
    if not filters and not hidden:
        return
    meant = reaches_production(pipeline, production_settings(params))
    if meant.truth is Truth.FALSE:
        return
    yield clause_of(YES, pipeline.triggers.place, "no push of just any branch starts the pipeline")
    label = f'pipeline "{pipeline_label(pipeline)}"'
    for one in filters:
        applies = all_hold([meant, one.present])
        for kind in KINDS:
            found = _clauses(one, kind, applies, label)
            yield from (clause for clause in found if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN))
    for unseen in hidden:
        yield clause_of(undecided(unseen), unseen.place, f"what pushes start {label}", applies=meant)


def _clauses(one: Filter, kind: str, applies: Answer, label: str) -> Iterator[Clause]:
    patterns = one.patterns(kind)
    if isinstance(patterns, Unknown):
        yield clause_of(undecided(patterns), patterns.place, f"the {kind} that start {label}", applies=applies)
    if not isinstance(patterns, Known):
        return
    included = list(pattern_list(patterns, "includes"))
    excluded = list(pattern_list(patterns, "excludes"))
    unseen = patterns.value.includes.open
    if unseen is not None:
        yield clause_of(undecided(unseen), unseen.place, f"the {kind} that start {label}", applies=applies)
    elif not included:
        message = f"pushes to all {kind} but those left out start {label}, which reaches production"
        yield clause_of(NO, patterns.value.place, message, applies=applies)
    for pattern, there in included:
        yield clause_of(
            told(ask(pattern, lambda text: not is_everything(text)), pattern),
            pattern.place,
            f"pushes to any of the {kind} start {label}, which reaches production: {quoted(pattern, 'a pattern')}",
            applies=all_hold([applies, there]),
        )
        yield clause_of(
            ~_is_left_out(pattern, excluded, patterns.value),
            pattern.place,
            f"{quoted(pattern, 'a pattern')} never starts {label}: all of it is left out again",
            applies=all_hold([applies, there]),
        )


def _is_left_out(pattern: Value[str], excluded: list[tuple[Value[str], Answer]], patterns: Patterns) -> Answer:
    """Whether one of the excluded patterns covers all that an included one lets in."""
    answers = [all_hold([there, _covers(glob, pattern)]) for glob, there in excluded]
    unseen = patterns.excludes.open
    return any_holds([*answers, *([] if unseen is None else [undecided(unseen)])])


def _covers(glob: Value[str], pattern: Value[str]) -> Answer:
    met = bind(glob, lambda one: bind(pattern, lambda other: Known(is_covered(other, [one]), pattern.place)))
    return told(ask(met, bool), pattern, glob)
