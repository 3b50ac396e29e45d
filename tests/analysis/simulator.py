"""CodePipeline's own semantics, as small as they can be said: is there a run in which an action starts unapproved?

Nobody ever agrees: a manual approval is rejected, and a condition that counts as a gate never lets anything in.
Everything else may go either way. What is left is walked through run by run.

https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html,
https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, product
from random import Random

APPROVALS = ("Approval", "Manual")


@dataclass(frozen=True)
class SimAction:
    name: str
    category: str
    provider: str
    run_order: int
    condition: tuple[str, bool] | None = None


@dataclass(frozen=True)
class SimStage:
    """`entry` is the result and the provider of the condition before entry; `on_failure` the result of that slot."""

    name: str
    actions: tuple[SimAction, ...]
    entry: tuple[str, str] | None = None
    on_failure: str | None = None
    condition: tuple[str, bool] | None = None


@dataclass(frozen=True)
class SimPipeline:
    """`choices` are the values of the parameters, each of which decides the condition of its name."""

    stages: tuple[SimStage, ...]
    choices: tuple[str, ...] = ()

    def cases(self) -> Iterator[dict[str, bool]]:
        for values in product((True, False), repeat=len(self.choices)):
            yield dict(zip(self.choices, values, strict=True))

    def deployed(self, case: dict[str, bool]) -> tuple[SimStage, ...]:
        """The stages that are there in a case, with the actions that are."""

        def there(condition: tuple[str, bool] | None) -> bool:
            return condition is None or case[condition[0]] is condition[1]

        return tuple(
            replace(stage, actions=tuple(action for action in stage.actions if there(action.condition)))
            for stage in self.stages
            if there(stage.condition)
        )


def starts_unapproved(pipeline: SimPipeline, effect: str, accepted: frozenset[str]) -> bool | None:
    """Whether in some case some run starts the action although nobody agreed; None where no case has the action."""
    cases = [pipeline.deployed(case) for case in pipeline.cases()]
    having = [stages for stages in cases if any(one.name == effect for stage in stages for one in stage.actions)]
    if not having:
        return None
    return any(effect in _started(stages, accepted) for stages in having)


def _started(stages: tuple[SimStage, ...], accepted: frozenset[str]) -> frozenset[str]:
    """The actions that start in some run of the stages."""
    if not stages:
        return frozenset()
    first, later = stages[0], stages[1:]
    found: set[str] = set()
    for goes_in, goes_on in _entries(first, accepted):
        succeeded = goes_on
        if goes_in:
            started, succeeded = _ran(first)
            found |= started
        if succeeded or (goes_in and first.on_failure == "SKIP"):
            found |= _started(later, accepted)
    return frozenset(found)


def _entries(stage: SimStage, accepted: frozenset[str]) -> Iterator[tuple[bool, bool]]:
    """How a stage may be entered: whether it runs, and whether the pipeline goes on where it does not."""
    if stage.entry is None:
        yield True, False
        return
    result, provider = stage.entry
    if provider not in accepted:
        yield True, False
    yield False, result == "SKIP"
    if provider in accepted and result == "SKIP":
        yield True, False


def _ran(stage: SimStage) -> tuple[set[str], bool]:
    """The actions of a stage that start, and whether the stage can succeed."""
    started: set[str] = set()
    in_order = sorted(stage.actions, key=lambda action: action.run_order)
    for _, side_by_side in groupby(in_order, key=lambda action: action.run_order):
        together = list(side_by_side)
        started |= {action.name for action in together}
        if any((action.category, action.provider) == APPROVALS for action in together):
            return started, False
    return started, True


def random_pipeline(random: Random) -> SimPipeline:
    """A small pipeline in which everything that matters to gates is likely."""
    choices = tuple(f"C{n}" for n in range(random.randint(0, 3)))

    def condition() -> tuple[str, bool] | None:
        return (random.choice(choices), random.random() < 0.5) if choices and random.random() < 0.3 else None

    def action(name: str) -> SimAction:
        category, provider = random.choice(
            [APPROVALS, APPROVALS, ("Build", "CodeBuild"), ("Deploy", "CodeDeploy"), ("Approval", "Other")]
        )
        return SimAction(name, category, provider, random.randint(1, 3), condition())

    def stage(number: int) -> SimStage:
        return SimStage(
            f"S{number}",
            tuple(action(f"S{number}A{index}") for index in range(random.randint(1, 4))),
            random.choice([None, None, None, ("FAIL", "LambdaInvoke"), ("SKIP", "LambdaInvoke"), ("FAIL", "Other")]),
            random.choice([None, None, None, None, "SKIP", "ROLLBACK"]),
            condition(),
        )

    return SimPipeline(tuple(stage(number) for number in range(random.randint(1, 5))), choices)
