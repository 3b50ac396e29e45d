"""Whether a privileged build needs its privileges."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import told
from pipecheck.analysis.containers import builds_for_others, needs_engine, project_label
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import ask


def build_privileged_mode(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the project."""
    project = subject.value
    assert isinstance(project, BuildProject)  # noqa: S101 - the rule file names the kind of subject
    privileged = project.environment.privileged
    label = project_label(project)
    yield clause_of(
        needs_engine(project, inventory).about(f"whether {label} needs privileged mode is not known"),
        privileged.place,
        f"{label} runs in privileged mode, and nothing in its build uses containers",
        applies=told(ask(privileged, lambda on: on), privileged),
        severity=Severity.HIGH if builds_for_others(project) else None,
    )
