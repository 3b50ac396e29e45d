"""What is said of a control: the worst of its rules, and why nothing can be said."""

from __future__ import annotations

import pytest

from pipecheck.findings.coverage import coverage
from pipecheck.findings.finding import Location, Outcome
from pipecheck.model.subject import SubjectName
from pipecheck.rules.frameworks import Framework
from pipecheck.rules.rule import Rule
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Span
from tests.rules.test_catalog import rule

FRAMEWORK = Framework("soc2", "SOC 2", "", "", "own", "ours", {"X-1": "mapped", "Y-1": "not mapped"})
RULES: tuple[Rule, ...] = (rule("iam-one", "iam", framework="soc2"), rule("iam-two", "iam", framework="soc2"))


def outcome(id: str, verdict: Verdict) -> Outcome:
    subject = SubjectName("pipeline", "Pipeline", pipeline="shop")
    return Outcome(id, subject, Location("t.yaml", Span(1, 1, 1, 2)), verdict, ())


@pytest.mark.parametrize(
    ("one", "two", "state", "deciding"),
    [
        (Verdict.PASS, Verdict.PASS, "pass", ("iam-one", "iam-two")),
        (Verdict.PASS, Verdict.FAIL, "fail", ("iam-two",)),
        (Verdict.UNKNOWN, Verdict.PASS, "cannot tell", ("iam-one",)),
        (Verdict.UNKNOWN, Verdict.FAIL, "fail", ("iam-two",)),
        (Verdict.ERROR, Verdict.PASS, "cannot tell", ("iam-one",)),
        (Verdict.NOT_APPLICABLE, Verdict.PASS, "pass", ("iam-two",)),
        (Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE, "not assessable", ()),
    ],
)
def test_the_worst_verdict_decides(one: Verdict, two: Verdict, state: str, deciding: tuple[str, ...]) -> None:
    outcomes = [outcome("iam-one", one), outcome("iam-two", two)]
    mapped, other = coverage(FRAMEWORK, RULES, {"iam-one", "iam-two"}, outcomes).controls
    assert (mapped.state, mapped.rules) == (state, deciding)
    assert (other.state, other.why) == ("not assessable", "no rule looks at it")


def test_a_rule_that_passes_on_one_subject_and_crashes_on_another_cannot_tell() -> None:
    outcomes = [outcome("iam-one", Verdict.ERROR), outcome("iam-one", Verdict.PASS)]
    assert coverage(FRAMEWORK, RULES, {"iam-one"}, outcomes).controls[0].state == "cannot tell"


def test_rules_that_did_not_run_are_named() -> None:
    mapped, _ = coverage(FRAMEWORK, RULES, {"iam-one"}, [outcome("iam-one", Verdict.PASS)]).controls
    assert mapped.why == "what its rules require is met; iam-two did not run"
