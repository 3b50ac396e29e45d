"""Whether what reaches production comes from branches and tags that are meant for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.environments import production_settings
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.reaching import reaches_production
from pipecheck.analysis.ref_globs import is_covered, is_everything
from pipecheck.analysis.triggers import KINDS, Filter, hidden_filters, is_for, pattern_list, push_filters
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, ask
from pipecheck.values.text import equals

_BRANCH_KEYS = {"CodeCommit": "BranchName", "CodeStarSourceConnection": "BranchName", "GitHub": "Branch"}
_NOUNS = {"branches": "branch", "tags": "tag"}


def source_branch_allowed(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the action, and one for its branch, or a pattern of pushes in its place, that is not allowed."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - actions have a pipeline
    of_git = told(ask(action.provider, _BRANCH_KEYS.__contains__), action.provider)
    source = all_hold([told(equals(action.category, "Source"), action.category), of_git])
    if source.truth is Truth.FALSE:
        return
    meant = all_hold([source, reaches_production(pipeline, production_settings(params))])
    filters = [(one, all_hold([one.present, is_for(one.trigger, action)])) for one in push_filters(pipeline)]
    hidden = [undecided(unseen) for unseen in hidden_filters(pipeline)]
    filtered = any_holds([*(mine for _, mine in filters), *hidden])
    if meant.truth is Truth.FALSE:
        return
    yield clause_of(YES, action.place, "production comes from branches that are meant for it")
    found = [_branch(action, all_hold([meant, ~filtered]), _globs(params, "branches"))]
    for one, mine in filters:
        found += _patterns(one, action, all_hold([meant, mine]), params)
    yield from (clause for clause in found if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN))
    for answer in hidden:
        yield clause_of(answer, pipeline.triggers.place, "what pushes start the pipeline", applies=meant)


def _globs(params: Params, name: str) -> tuple[str, ...]:
    globs = params.get(name)
    return tuple(str(glob) for glob in globs) if isinstance(globs, list | tuple) else ()


def _branch(action: Action, applies: Answer, globs: tuple[str, ...]) -> Clause:
    branch = _branch_of(action)
    allowed = told(ask(branch, lambda name: is_covered(name, globs), absent=Truth.TRUE), branch)
    label = quoted(action.name, "without a name")
    return clause_of(
        allowed.about(f"whether the branch of source action {label} is meant for production is not known"),
        branch.place,
        f"source action {label} takes branch {quoted(branch, 'of an unknown name')} to production, which is not "
        "one of the branches meant for it",
        applies=applies,
    )


def _is_meant(pattern: str, globs: tuple[str, ...]) -> bool:
    return is_everything(pattern) or is_covered(pattern, globs)


def _branch_of(action: Action) -> Value[str]:
    if isinstance(action.provider, Known):
        return action.configuration.get(_BRANCH_KEYS.get(action.provider.value, "BranchName"))
    written = [value for key in ("BranchName", "Branch") if isinstance(value := action.configuration.get(key), Known)]
    return written[0] if written else action.provider


def _patterns(one: Filter, action: Action, applies: Answer, params: Params) -> Iterator[Clause]:
    label = quoted(action.name, "without a name")
    for kind in KINDS:
        patterns = one.patterns(kind)
        if isinstance(patterns, Unknown):
            yield clause_of(undecided(patterns), patterns.place, f"the {kind} that start it", applies=applies)
        elif isinstance(patterns, Known) and patterns.value.includes.open is not None:
            unseen = patterns.value.includes.open
            yield clause_of(undecided(unseen), unseen.place, f"the {kind} that start it", applies=applies)
        globs = _globs(params, kind)
        for pattern, there in pattern_list(patterns, "includes"):
            allowed = ask(pattern, partial(_is_meant, globs=globs))
            yield clause_of(
                told(allowed, pattern).about(f"whether the {kind} that start {label} are meant for production"),
                pattern.place,
                f"pushes to {_NOUNS[kind]} {quoted(pattern, 'of an unknown name')} start the pipeline and reach "
                f"production: it is not one of the {kind} meant for it",
                applies=all_hold([applies, there]),
            )
    if isinstance(one.push.branches, Absent) and isinstance(one.push.tags, Absent):
        detail = f"the filter of pushes for source action {label} names neither branches nor tags"
        unstated = Unknown(Reason.CONDITION_NOT_EVALUATED, detail, one.push.place)
        yield clause_of(undecided(unstated), one.push.place, detail, applies=applies)
