"""Whether the conditions of a stage are such that CodePipeline takes them.

https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.limits import least_length
from pipecheck.data.action_types import OPERATORS, RULE_REQUIRED, SKIPPING_RULES
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline, Stage
from pipecheck.model.stage_condition import ConditionRule, StageCondition
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Items, Known, Place, Truth, Value, ask, exists
from pipecheck.values.items import values
from pipecheck.values.text import equals

_MOST_RULES = 5
_LONGEST_VALUE = 10_000
_SHORTEST_TIMEOUT, _LONGEST_TIMEOUT = 5, 86_400


def valid_condition(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per fault, and one for what is right or not known; none for a stage without conditions."""
    stage, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(stage, Stage)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what a stage is bound in
    label = f"stage {quoted(stage.name, 'without a name')}"
    demands = [
        *_slot(stage.before_entry, ("FAIL", "SKIP"), f"before entry of {label}"),
        *_slot(stage.on_success, ("FAIL", "ROLLBACK"), f"on success of {label}"),
        *_slot(stage.on_failure, ("ROLLBACK",), f"on failure of {label}"),
        *_on_failure(stage, label),
        *_rollback(stage, pipeline, label),
    ]
    if demands:
        yield from clauses_of(demands, stage.place, f"whether the conditions of {label} are valid is not known")


def _slot(conditions: Items[StageCondition], results: tuple[str, ...], label: str) -> Iterator[Demand]:
    if conditions.open is not None:
        yield Demand(undecided(conditions.open), conditions.place, "")
    if len(conditions.members) > 1:
        several = all(member.present is Truth.TRUE for member in conditions.members)
        if several:
            say = f"there are {len(conditions.members)} conditions {label}: there can be one"
            yield Demand(NO, conditions.members[1].value.place, say)
    for condition in values(conditions):
        result = condition.result
        if exists(result) is not Truth.FALSE:
            say = f"the result of a condition {label} is {quoted(result, '')}: it can be {' or '.join(results)}"
            yield Demand(_is_one_of(result, results), result.place, say)
        yield from _rules(condition, label)


def _rules(condition: StageCondition, label: str) -> Iterator[Demand]:
    rules = condition.rules
    if rules.open is not None:
        yield Demand(undecided(rules.open), rules.place, "")
    elif not rules.members:
        yield Demand(NO, rules.place, f"a condition {label} has no rules")
    if len(rules.members) > _MOST_RULES and all(member.present is Truth.TRUE for member in rules.members):
        yield Demand(
            NO, rules.place, f"a condition {label} has {len(rules.members)} rules: it can have {_MOST_RULES}"
        )
    skips = told(equals(condition.result, "SKIP"), condition.result)
    for rule in values(rules):
        provider = rule.provider
        allowed = told(ask(provider, lambda name: name in SKIPPING_RULES), provider)
        say = f"a condition {label} skips it, which rule {quoted(rule.name, '')} of {quoted(provider, 'none')} cannot"
        yield Demand(any_holds([~skips, allowed]), provider.place, say)
        yield from _rule(rule)


def _rule(rule: ConditionRule) -> Iterator[Demand]:
    provider, settings = rule.provider, rule.configuration
    name = f"rule {quoted(rule.name, 'without a name')}"
    say = f"{name} is of provider {quoted(provider, 'none')}, which there is not"
    yield Demand(told(ask(provider, lambda known: known in RULE_REQUIRED), provider), provider.place, say)
    if isinstance(provider, Known):
        for key in RULE_REQUIRED.get(provider.value, "").split():
            value = settings.get(key)
            say = f"{name} has no {key} in its configuration, which {provider.value} needs"
            yield Demand(told(exists(value), value), settings.place, say)
        operator = settings.get("Operator")
        if provider.value == "VariableCheck" and not isinstance(operator, Absent):
            say = f"the operator of {name} is {quoted(operator, '')}: it can be {', '.join(sorted(OPERATORS))}"
            yield Demand(_is_one_of(operator, tuple(OPERATORS)), operator.place, say)
        if provider.value == "Commands" and not rule.commands.members and rule.commands.open is None:
            yield Demand(NO, rule.place, f"{name} of provider Commands has no commands")
    for key, value in settings.entries.items():
        if least_length(value) > _LONGEST_VALUE:
            say = f"{key} of {name} has more than {_LONGEST_VALUE} characters"
            yield Demand(told(Truth.FALSE, value), value.place, say)
    minutes = rule.timeout_minutes
    if not isinstance(minutes, Absent):
        say = (
            f"{name} has a timeout of {_number(minutes)} minutes: it can be {_SHORTEST_TIMEOUT} to {_LONGEST_TIMEOUT}"
        )
        fits = told(ask(minutes, lambda number: _SHORTEST_TIMEOUT <= number <= _LONGEST_TIMEOUT), minutes)
        yield Demand(fits, minutes.place, say)


def _on_failure(stage: Stage, label: str) -> Iterator[Demand]:
    result = stage.failure_result
    if exists(result) is Truth.FALSE:
        return
    retries = told(equals(result, "RETRY"), result)
    if stage.on_failure.members:
        say = f"{label} retries on failure and has conditions on failure: it can have one of the two"
        yield Demand(~retries, result.place, say)
    say = f"{label} skips on failure, which there is not"
    yield Demand(~told(equals(result, "SKIP"), result), result.place, say)


def _rollback(stage: Stage, pipeline: Pipeline, label: str) -> Iterator[Demand]:
    """A stage cannot be rolled back where executions run side by side, nor the one of the sources."""
    mode = pipeline.execution_mode
    parallel = told(equals(mode, "PARALLEL"), mode)
    sources = any_holds(told(equals(action.category, "Source"), action.category) for action in values(stage.actions))
    for result, place in _results(stage):
        rolls = told(equals(result, "ROLLBACK"), result)
        say = f"{label} is rolled back, which a pipeline in mode PARALLEL cannot do"
        yield Demand(~all_hold([rolls, parallel]), place, say)
        say = f"{label} is rolled back, which a stage of sources cannot be"
        yield Demand(~all_hold([rolls, sources]), place, say)


def _results(stage: Stage) -> Iterator[tuple[Value[str], Place]]:
    found = [condition.result for slot in (stage.on_success, stage.on_failure) for condition in values(slot)]
    for result in (*found, stage.failure_result):
        if exists(result) is not Truth.FALSE:
            yield result, result.place


def _is_one_of(value: Value[str], wanted: tuple[str, ...]) -> Answer:
    return told(ask(value, lambda text: text in wanted), value)


def _number(value: Value[int]) -> str:
    return str(value.value) if isinstance(value, Known) else "so many"
