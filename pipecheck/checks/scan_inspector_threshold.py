"""Whether findings of an InspectorScan action fail it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, told
from pipecheck.analysis.labels import quoted
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Absent, Truth, ask, exists
from pipecheck.values.record import replace
from pipecheck.values.text import equals


def scan_inspector_threshold(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for each threshold, and for the image where images are scanned."""
    action = subject.value
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    applies = told(equals(action.provider, "InspectorScan"), action.provider)
    if applies.truth is Truth.FALSE:
        return
    yield clause_of(YES, action.place, "findings stop the pipeline")
    keys = (("CriticalThreshold", "critical"), ("HighThreshold", "high"))
    clauses = [_threshold(action, key, params.get(parameter), applies) for key, parameter in keys]
    if all(isinstance(action.configuration.get(key), Absent) for key, _ in keys):
        clauses = [replace(clauses[0], say=clauses[0].say.replace("CriticalThreshold", "threshold"))]
    for clause in (*clauses, *_image(action, applies)):
        if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
            yield clause


def _threshold(action: Action, key: str, most: object, applies: Answer) -> Clause:
    limit = most if isinstance(most, int) else 0
    value = action.configuration.get(key)
    label = quoted(action.name, "without a name")
    said = "has no" if isinstance(value, Absent) else f"passes with {quoted(value, 'too many findings')} as its"
    return clause_of(
        told(ask(value, lambda text: re.fullmatch(r"\s*\d+\s*", text) is not None and int(text) <= limit), value),
        value.place,
        f"scan {label} {said} {key}: findings do not stop the pipeline",
        applies=applies,
    )


def _image(action: Action, applies: Answer) -> Iterator[Clause]:
    mode = action.configuration.get("InspectorRunMode")
    of_image = told(equals(mode, "ECRImageScan"), mode)
    for key in ("ECRRepositoryName", "ImageTag"):
        value = action.configuration.get(key)
        yield clause_of(
            told(exists(value), value),
            value.place,
            f"scan {quoted(action.name, 'without a name')} of an image names no {key}",
            applies=all_hold([applies, of_image]),
        )
