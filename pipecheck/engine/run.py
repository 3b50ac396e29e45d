"""Calls rules on subjects, turns clauses into verdicts and findings, and keeps a crash to the rule that crashed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipecheck.analysis.secrets import secret_texts
from pipecheck.engine.processes import results
from pipecheck.engine.subjects import Found, Unseen, subjects
from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Finding, Location, Outcome, RelatedLocation, Report, Summary
from pipecheck.findings.fingerprint import finding_identity, property_path
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Check, Params, Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict, clause_verdict, worst
from pipecheck.syntax.document import Document, resolved
from pipecheck.values import Place, Step, Unknown
from pipecheck.values.record import record


@record
class Prepared:
    """A rule with its check and parameters, ready to be called."""

    rule: Rule
    check: Check
    params: Params


def run(inventory: Inventory, rules: Sequence[Prepared], sources: Mapping[str, Document], *, jobs: int = 1) -> Report:
    """What the rules say of everything in the inventory, by up to `jobs` processes.

    `sources` holds every document that places speak of.
    """
    kinds = {kind for prepared in rules for kind in prepared.rule.subjects}
    found = {kind: subjects(kind, inventory) for kind in kinds}
    calls = [(rule, subject) for rule in rules for kind in rule.rule.subjects for subject in found[kind]]
    without_subject = sum(not any(found[kind] for kind in rule.rule.subjects) for rule in rules)
    outcomes = results(lambda call: _outcome(*call, sources), calls, jobs)
    outcomes.sort(key=_outcome_order)
    findings = sorted((finding for outcome in outcomes for finding in outcome.findings), key=_finding_order)
    return Report(
        findings=tuple(findings),
        outcomes=tuple(outcomes),
        summary=_summary(outcomes, without_subject),
        inputs=inventory.inputs,
        errors=(),
        rules={prepared.rule.id: prepared.rule for prepared in rules},
        secrets=secret_texts(inventory),
    )


def _outcome(prepared: Prepared, subject: Found, sources: Mapping[str, Document]) -> Outcome:
    writer = _Writer(prepared.rule, subject, sources)
    if isinstance(subject, Unseen):
        return writer.outcome(Verdict.UNKNOWN, [writer.unseen(subject)])
    try:
        clauses = list(prepared.check(subject, subject.inventory, prepared.params))
    except Exception as error:  # noqa: BLE001 - a rule may crash in any way; the others go on
        return writer.outcome(Verdict.ERROR, [writer.crash(subject, error)])
    findings = [writer.finding(clause) for clause in clauses if clause_verdict(clause) in _REPORTED]
    return writer.outcome(worst(clause_verdict(clause) for clause in clauses), findings)


_REPORTED = frozenset({Verdict.FAIL, Verdict.UNKNOWN})


@record
class _Writer:
    """Writes what one rule says of one subject."""

    rule: Rule
    subject: Found
    sources: Mapping[str, Document]

    def outcome(self, verdict: Verdict, findings: list[Finding]) -> Outcome:
        name = self.subject.name
        return Outcome(self.rule.id, name, self._location(self.subject.place), verdict, tuple(findings))

    def finding(self, clause: Clause) -> Finding:
        verdict = clause_verdict(clause)
        undecided = verdict is Verdict.UNKNOWN
        message = _undecided(clause) if undecided else clause.say
        return self._finding(
            verdict,
            message,
            clause.primary,
            severity=clause.severity,
            cause=clause.cause if undecided else None,
            related=self._related(clause),
            assumptions=tuple(dict.fromkeys(filter(None, map(_assumption, clause.assumptions)))),
        )

    def unseen(self, subject: Unseen) -> Finding:
        return self._finding(
            Verdict.UNKNOWN, f"cannot tell: {subject.cause.detail}", subject.place, cause=subject.cause
        )

    def crash(self, subject: Subject, error: Exception) -> Finding:
        message = f"the rule crashed: {type(error).__name__}: {error}"
        return self._finding(Verdict.ERROR, message, subject.place)

    def _finding(
        self,
        verdict: Verdict,
        message: str,
        place: Place,
        *,
        severity: Severity | None = None,
        cause: Unknown | None = None,
        related: tuple[RelatedLocation, ...] = (),
        assumptions: tuple[str, ...] = (),
    ) -> Finding:
        document = self.sources.get(place.source)
        path = property_path(document, place, self.subject.place) if document is not None else ()
        return Finding(
            rule=self.rule.id,
            severity=severity or self.rule.severity,
            verdict=verdict,
            message=message,
            subject=self.subject.name,
            location=self._location(place),
            identity=finding_identity(self.rule.id, self.subject.identity, path),
            reason=None if cause is None else cause.reason,
            related=related,
            assumptions=assumptions,
            controls=self.rule.controls,
        )

    def _related(self, clause: Clause) -> tuple[RelatedLocation, ...]:
        stated = [(related.place, related.message) for related in clause.related]
        assumed = [
            (step.place, f"{_assumption(step)} here")
            for step in clause.assumptions
            if step.kind == "parameter-default" and step.place is not None
        ]
        return tuple(
            RelatedLocation(self._location(place), message) for place, message in dict.fromkeys([*stated, *assumed])
        )

    def _location(self, place: Place) -> Location:
        return Location(*resolved(place, self.sources))


def _undecided(clause: Clause) -> str:
    detail = clause.cause.detail if clause.cause is not None else "what would decide it is not known"
    return f"cannot tell: {detail}"


def _assumption(step: Step) -> str | None:
    match step.kind:
        case "parameter-default":
            return f"parameter {step.name} gets its default"
        case "condition":
            return f"condition {step.name}, as the defaults say"
        case "stack-file":
            return f"nested stack {step.name}"
        case "buildspec-file":
            return f"the build specification is the scanned file {step.name}"
        case _:
            return None


def _summary(outcomes: Sequence[Outcome], without_subject: int) -> Summary:
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    verdicts[Verdict.NOT_APPLICABLE] += without_subject
    failed = Counter(
        max((finding.severity for finding in outcome.findings if finding.verdict is Verdict.FAIL), key=_rank)
        for outcome in outcomes
        if outcome.verdict is Verdict.FAIL
    )
    return Summary({v: verdicts[v] for v in Verdict}, {s: failed[s] for s in reversed(Severity)})


def _rank(severity: Severity) -> int:
    return severity.rank


def merged(reports: Iterable[Report], errors: Iterable[PipecheckError]) -> Report:
    """The reports of several inventories as one, with the errors of reading them."""
    parts = list(reports)
    verdicts: Counter[Verdict] = Counter()
    failed: Counter[Severity] = Counter()
    for part in parts:
        verdicts.update(part.summary.verdicts)
        failed.update(part.summary.failed_by_severity)
    return Report(
        findings=tuple(sorted((f for part in parts for f in part.findings), key=_finding_order)),
        outcomes=tuple(sorted((o for part in parts for o in part.outcomes), key=_outcome_order)),
        summary=Summary({v: verdicts[v] for v in Verdict}, {s: failed[s] for s in reversed(Severity)}),
        inputs=tuple(entry for part in parts for entry in part.inputs),
        errors=tuple(errors),
        rules={id: rule for part in parts for id, rule in part.rules.items()},
        secrets=frozenset().union(*(part.secrets for part in parts)),
    )


def _finding_order(finding: Finding) -> tuple[str, int, int, str]:
    span = finding.location.span
    return finding.location.uri, span.line, span.column, finding.rule


def _outcome_order(outcome: Outcome) -> tuple[str, int, int, str]:
    span = outcome.location.span
    return outcome.location.uri, span.line, span.column, outcome.rule
