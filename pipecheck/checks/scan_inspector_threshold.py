"""Whether an InspectorScan action fails on what Amazon Inspector finds."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import Answer, told
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Value, ask
from pipecheck.values.text import equals, spelled

_SEVERITIES = (("CriticalThreshold", "critical", "max_critical"), ("HighThreshold", "high", "max_high"))


def scan_inspector_threshold(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for each severity that must have a threshold."""
    action = subject.value
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    applies = told(equals(action.provider, "InspectorScan"), action.provider)
    for key, severity, param in _SEVERITIES:
        threshold = action.configuration.get(key)
        most = params[param]
        assert isinstance(most, int)  # noqa: S101 - the rule file says so
        if isinstance(threshold, Absent):
            say = f"{key} is not set, so that the action succeeds with any number of {severity} findings"
        else:
            say = f"{key} lets {spelled(threshold)} {severity} findings pass; at most {most} should"
        yield clause_of(_at_most(threshold, most), threshold.place, say, applies=applies)


def _at_most(threshold: Value[str], most: int) -> Answer:
    """https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html"""
    return told(ask(threshold, lambda text: text.strip().isdecimal() and int(text) <= most), threshold)
