"""Whether tasks of a batch that scan or test may fail unnoticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, presence, told, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.names import words_of
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Batch, BatchEntry
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Absent, Reason, Truth, Unknown, ask, bind, exists, known
from pipecheck.values.text import equals

_CHECKING = frozenset(
    {"audit", "bandit", "check", "checkov", "checks", "gitleaks", "lint", "sast", "scan", "scans", "secrets"}
    | {"security", "semgrep", "snyk", "test", "tests", "trivy", "unit", "verify", "e2e", "dast", "sca"}
)


def scan_batch_ignore_failure(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the batch, and one for each task that checks something, or may, and whose failure is ignored."""
    owner = subject.value
    assert isinstance(owner, BuildProject | Action)  # noqa: S101 - the rule file names the kinds of subject
    meant = _runs_batches(owner)
    batch = bind(owner.buildspec, lambda spec: spec.batch)
    if meant.truth is Truth.FALSE or isinstance(batch, Absent):
        return
    yield clause_of(YES, batch.place, "no failure of a task that checks something is ignored")
    if isinstance(batch, Unknown):
        answer = undecided(batch).about("whether failures of a batch are ignored is not known")
        yield clause_of(answer, batch.place, "the batch is not in view", applies=meant)
        return
    for clause in _clauses(batch.value, meant):
        if clause_verdict(clause) in (Verdict.FAIL, Verdict.UNKNOWN):
            yield clause


def _runs_batches(owner: BuildProject | Action) -> Answer:
    """A project runs batches where it says how, an action where it asks for one."""
    if isinstance(owner, BuildProject):
        return told(exists(owner.batch), owner.batch)
    enabled = owner.configuration.get("BatchEnabled")
    return told(equals(enabled, "true"), enabled)


def _clauses(batch: Batch, meant: Answer) -> Iterator[Clause]:
    for member in batch.entries.members:
        entry = member.value
        label = f"task {quoted(entry.identifier, 'without a name')}"
        yield clause_of(
            told(ask(entry.ignore_failure, lambda on: not on, absent=Truth.TRUE), entry.ignore_failure),
            entry.ignore_failure.place,
            f"{label} of the batch checks something, and its failure is ignored",
            applies=all_hold([meant, presence(member, entry.place), _checks(entry, label)]),
        )
    if batch.entries.open is not None:
        yield clause_of(undecided(batch.entries.open), batch.entries.place, "the tasks", applies=meant)
    everything = batch.ignore_failure
    unseen = Unknown(Reason.OPAQUE_ACTION, "what the builds of the batch do is not looked into", everything.place)
    yield clause_of(
        told(ask(everything, lambda on: not on, absent=Truth.TRUE), everything),
        everything.place,
        "failures of all builds of the batch are ignored",
        applies=all_hold([meant, undecided(unseen)]),
    )


def _checks(entry: BatchEntry, label: str) -> Answer:
    """Whether a task scans or tests, as far as its name and that of its build specification say."""
    named = f"{known(entry.identifier) or ''} {known(entry.buildspec) or ''}"
    if not _CHECKING.isdisjoint(word.text for word in words_of(named)):
        return YES
    return undecided(Unknown(Reason.OPAQUE_ACTION, f"what {label} does is not looked into", entry.place))
