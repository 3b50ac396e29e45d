"""What a scan says of the controls of a framework."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from pipecheck.findings.finding import Outcome
from pipecheck.rules.frameworks import Framework
from pipecheck.rules.rule import Rule
from pipecheck.rules.verdict import Verdict, worst
from pipecheck.values.record import record

NOT_ASSESSABLE = "not assessable"
_STATES = (
    ("fail", (Verdict.FAIL,), "a requirement is not met"),
    ("cannot tell", (Verdict.UNKNOWN, Verdict.ERROR), "the input does not show it"),
    ("pass", (Verdict.PASS,), "what its rules require is met"),
)
STATES = (*(state for state, _, _ in _STATES), NOT_ASSESSABLE)
"""What can be said of a control, the worst first."""


@record
class ControlCoverage:
    """What the rules that map to a control say together: one of STATES, and why. `rules` are those that decided."""

    id: str
    title: str
    state: str
    rules: tuple[str, ...]
    why: str


@record
class Coverage:
    """The controls of a framework, in the order of its file."""

    framework: Framework
    controls: tuple[ControlCoverage, ...]


def coverage(
    framework: Framework, known: Iterable[Rule], ran: Collection[str], outcomes: Iterable[Outcome]
) -> Coverage:
    """The coverage of a framework; `known` are all rules there are, `ran` the ids of those that ran."""
    verdicts: dict[str, Verdict] = {}
    for outcome in outcomes:
        verdicts[outcome.rule] = worst((outcome.verdict, verdicts.get(outcome.rule, Verdict.NOT_APPLICABLE)))
    mapped: dict[str, list[str]] = {id: [] for id in framework.controls}
    for rule in known:
        for id in rule.controls.get(framework.slug, ()):
            mapped.setdefault(id, []).append(rule.id)
    titles = framework.controls
    return Coverage(
        framework, tuple(_control(id, titles.get(id, ""), rules, ran, verdicts) for id, rules in mapped.items())
    )


def _control(
    id: str, title: str, rules: Sequence[str], ran: Collection[str], verdicts: Mapping[str, Verdict]
) -> ControlCoverage:
    if not rules:
        return ControlCoverage(id, title, NOT_ASSESSABLE, (), "no rule looks at it")
    left_out = [rule for rule in rules if rule not in ran]
    without = f"; {', '.join(left_out)} did not run" if left_out else ""
    for state, deciding_verdicts, why in _STATES:
        deciding = tuple(rule for rule in rules if verdicts.get(rule) in deciding_verdicts)
        if deciding:
            return ControlCoverage(id, title, state, deciding, f"{why}{without}")
    return ControlCoverage(id, title, NOT_ASSESSABLE, (), f"there is nothing here that its rules look at{without}")
