"""Every bundled rule does what its file says: examples, parity, blur, mutants, purity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pytest

from pipecheck.app.kit.blur import guesses
from pipecheck.app.kit.examples import Case, cases, mismatches, outcome
from pipecheck.app.kit.mutants import missing_verdicts, survivors
from pipecheck.app.kit.parity import differences
from pipecheck.app.rule_set import RuleSet
from pipecheck.findings.proof import Mismatch
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.rule import Rule

RULES = sorted(load_bundled(examples=True).rules)


@cache
def rule(id: str) -> Rule:
    return load_bundled(examples=True).rules[id]


@cache
def cases_of(id: str) -> tuple[Case, ...]:
    return tuple(cases(rule(id), RuleSet(load_bundled()).check(rule(id))))


def all_of(id: str, find: Callable[[Case], Iterable[Mismatch]]) -> list[Mismatch]:
    return [mismatch for case in cases_of(id) for mismatch in find(case)]


@pytest.mark.parametrize("id", RULES)
def test_examples_have_their_verdict_at_their_line(id: str) -> None:
    assert all_of(id, mismatches) == []


@pytest.mark.parametrize("id", RULES)
def test_there_is_an_example_for_each_verdict(id: str) -> None:
    assert list(missing_verdicts(rule(id))) == []


@pytest.mark.parametrize("id", RULES)
def test_all_renderings_of_a_case_decode_to_the_same_pipelines(id: str) -> None:
    by_example: dict[str, list[Case]] = {}
    for case in cases_of(id):
        by_example.setdefault(case.example.case, []).append(case)
    assert [difference for group in by_example.values() for difference in differences(group)] == []


@pytest.mark.parametrize("id", RULES)
def test_hiding_a_value_never_changes_the_answer_to_another_definite_one(id: str) -> None:
    assert all_of(id, guesses) == []


@pytest.mark.parametrize("id", RULES)
def test_every_part_of_the_rule_is_needed_by_some_example(id: str) -> None:
    assert list(survivors(rule(id), cases_of(id))) == []


@pytest.mark.parametrize("id", RULES)
def test_the_same_case_twice_says_the_same(id: str) -> None:
    for case in cases_of(id):
        assert outcome(case) == outcome(case)
