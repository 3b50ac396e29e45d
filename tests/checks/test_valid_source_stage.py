from __future__ import annotations

import pytest

from pipecheck.model.pipeline import Action, Stage
from pipecheck.rules.clause import Clause
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Member
from tests.checks.clauses import clauses, of, verdict
from tests.model_builder import (
    action,
    conditions,
    hidden,
    inventory,
    parameter,
    pipeline,
    stage,
    subject,
    when,
)

FAIL, PASS, UNKNOWN = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN
BUILD, CODE = 'action "Build"', 'action "Code"'
EARLY, LATE = ("Early", True), ("Early", False)
CASES = conditions(Early=("Mode", "early", ("early", "late"), "late"))


def source(name: str = "Code") -> Action:
    return action(name, "Source/S3")


def build(name: str = "Build") -> Action:
    return action(name, "Build/CodeBuild")


def checked(*stages: Stage | Member[Stage]) -> list[Clause]:
    whole = pipeline(*stages, conditions=CASES)
    return clauses("valid_source_stage", subject("pipeline", whole, inventory(whole)))


@pytest.mark.parametrize(
    ("stages", "messages"),
    [
        ([stage("S", source(), source("More")), stage("B", build())], []),
        ([stage("S", source(), build()), stage("B", build())], [f'{BUILD} is no source, but stage "S" is the first']),
        (
            [stage("S", source()), stage("B", build(), source())],
            [f'{CODE} is a source, but stage "B" is not the first'],
        ),
        ([stage("B", build())], ['stage "B" is the first and has no source action']),
        ([stage("S", source())], ["pipeline shop has no action besides its sources"]),
        ([], ["pipeline shop has no action besides its sources"]),
        ([stage("S"), stage("B", build())], ['stage "S" is the first and has no source action']),
    ],
)
def test_each_fault_is_one_finding(stages: list[Stage], messages: list[str]) -> None:
    found = checked(*stages)
    assert [clause.say for clause in of(found, FAIL)] == messages
    assert of(found, UNKNOWN) == []


def test_a_stage_that_comes_first_in_some_cases_is_named_with_them() -> None:
    [first, second] = of(
        checked(when(stage("B", build()), EARLY), stage("S", source()), stage("D", build("D"))), FAIL
    )
    assert first.say.startswith('stage "B" is the first and has no source action')
    assert second.say == (
        'action "Code" is a source, but stage "S" is not the first when Mode is "early" (condition Early is true)'
    )


def test_either_of_two_stages_may_be_the_first() -> None:
    one, other = when(stage("S1", source()), EARLY), when(stage("S2", source()), LATE)
    assert verdict(checked(one, other, stage("B", build()))) is PASS


def test_a_source_that_is_missing_in_some_case_leaves_the_stage_without_one() -> None:
    [clause] = of(checked(stage("S", when(source(), EARLY)), stage("B", build())), FAIL)
    assert clause.say.startswith('stage "S" is the first and has no source action when Mode is')


@pytest.mark.parametrize(
    "stages",
    [
        [stage("S", source(), unseen=hidden()), stage("B", build())],
        [stage("S", source()), stage("B", build(), unseen=hidden())],
        [stage("S", source()), stage("B", action("?", "Build/CodeBuild"), unseen=hidden())],
    ],
)
def test_actions_that_are_not_seen(stages: list[Stage]) -> None:
    assert verdict(checked(*stages)) is UNKNOWN


def test_stages_that_are_not_seen() -> None:
    whole = pipeline(stage("S", build()), conditions=CASES)
    object.__setattr__(whole, "stages", type(whole.stages)(whole.stages.members, whole.stages.place, hidden()))
    found = clauses("valid_source_stage", subject("pipeline", whole, inventory(whole)))
    assert verdict(found) is UNKNOWN


def test_a_category_that_is_not_known() -> None:
    unknown = action("?")
    object.__setattr__(unknown, "category", parameter("Category"))
    assert verdict(checked(stage("S", source(), unknown), stage("B", build()))) is UNKNOWN
    assert verdict(checked(stage("S", source()), stage("B", unknown))) is UNKNOWN
