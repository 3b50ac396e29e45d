"""Subjects in the words of a report."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.model.subject import SubjectName

_ON_THE_WAY = frozenset({"pipeline", "stage", "action"})
_MOST_USERS = 3


def subject_text(subject: SubjectName) -> str:
    """What tells the subject from all others: `shop > Deploy > Prod`, `role PipelineRole`."""
    way = subject_path(subject)
    if subject.kind in _ON_THE_WAY and way:
        return " > ".join(way)
    return f"{kind_text(subject.kind)} {subject.address.removeprefix('Resources.')}"


def subject_in_context(subject: SubjectName) -> str:
    """The subject as part of its pipeline, or with the pipelines that share it: `shop > artifact store`."""
    if subject.pipelines:
        noun = "pipelines" if len(subject.pipelines) > 1 else "pipeline"
        return f"{subject_text(subject)} of {noun} {listed(subject.pipelines, _MOST_USERS)}"
    if subject.kind not in _ON_THE_WAY and subject.pipeline:
        return " > ".join([*subject_path(subject), kind_text(subject.kind)])
    return subject_text(subject)


def subject_path(subject: SubjectName) -> list[str]:
    """The names of the pipeline, the stage and the action that the subject is or belongs to, as far as it does."""
    return [part for part in (subject.pipeline, subject.stage, subject.action) if part]


def kind_text(kind: str) -> str:
    """The kind in words: `artifact store`."""
    return kind.replace("_", " ")


def listed(texts: Sequence[str], most: int) -> str:
    """The first texts, and how many more there are: `a, b, c and 4 more`."""
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return f"{', '.join(texts[:most])}{more}"
