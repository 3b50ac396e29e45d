"""Calls rules on subjects, turns clauses into verdicts and findings, and keeps a crash to the rule that crashed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipecheck.analysis.secrets import ordinary_secrets, secret_texts
from pipecheck.engine.processes import results
from pipecheck.engine.subjects import Found, Unseen, subjects
from pipecheck.engine.variants import Form, Variant, forms
from pipecheck.engine.waivers import Waiver
from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import (
    Finding,
    Hidden,
    Location,
    Outcome,
    RelatedLocation,
    Report,
    Summary,
    place_order,
)
from pipecheck.findings.fingerprint import finding_identity, property_path
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Check, Params, Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict, clause_verdict, worst
from pipecheck.syntax.document import Document, resolved
from pipecheck.values import Place, Step, Unknown
from pipecheck.values.record import record, replace


@record
class Prepared:
    """A rule with its check and parameters, ready to be called.

    `severity` stands in for every severity that the rule and its check state; None leaves them. `variants` are what
    holds for some paths or pipelines alone. A rule on suppressions is asked of the `waivers` too.
    """

    rule: Rule
    check: Check
    params: Params
    severity: Severity | None = None
    variants: tuple[Variant, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def is_last(self) -> bool:
        """Whether it is called on suppressions, of which all other rules have to be asked before."""
        return "suppression" in self.rule.subjects


def run(inventory: Inventory, rules: Sequence[Prepared], sources: Mapping[str, Document], *, jobs: int = 1) -> Report:
    """What the rules say of everything in the inventory, by up to `jobs` processes.

    `sources` holds every document that places speak of. Rules on suppressions are asked last.
    """
    last = [prepared for prepared in rules if prepared.is_last]
    if last:
        from pipecheck.engine.suppress.apply import suppress  # noqa: PLC0415 - most scans have no suppression

        report = run(inventory, [prepared for prepared in rules if not prepared.is_last], sources, jobs=jobs)
        return suppress(report, sources, last[0].waivers, last)
    kinds = {kind for prepared in rules for kind in prepared.rule.subjects}
    found = {kind: subjects(kind, inventory) for kind in kinds}
    calls = [call for rule in rules for call in _calls(rule, found, sources)]
    without_subject = sum(not any(found[kind] for kind in rule.rule.subjects) for rule in rules)
    outcomes = results(lambda call: _outcome(*call, sources), calls, jobs)
    outcomes.sort(key=_outcome_order)
    findings = sorted((finding for outcome in outcomes for finding in outcome.findings), key=place_order)
    return Report(
        findings=tuple(findings),
        outcomes=tuple(outcomes),
        summary=_summary(outcomes, without_subject),
        inputs=inventory.inputs,
        errors=(),
        rules={prepared.rule.id: prepared.rule for prepared in rules},
        secrets=secret_texts(inventory),
        hidden=frozenset(_hidden(inventory, sources)),
    )


def _hidden(inventory: Inventory, sources: Mapping[str, Document]) -> Iterator[Hidden]:
    for text, place in ordinary_secrets(inventory):
        location = _located(place, sources)
        yield Hidden(location.uri, location.span, text)


def _calls(
    prepared: Prepared, found: Mapping[str, Sequence[Found]], sources: Mapping[str, Document]
) -> Iterator[tuple[Prepared, tuple[Form, ...], Found]]:
    usual = Form(prepared.params, prepared.severity)
    for subject in (subject for kind in prepared.rule.subjects for subject in found[kind]):
        called = _forms(prepared, usual, subject, sources) if prepared.variants else (usual,)
        if called:
            yield prepared, called, subject


def _forms(prepared: Prepared, usual: Form, subject: Found, sources: Mapping[str, Document]) -> tuple[Form, ...]:
    document = sources.get(subject.place.source)
    uri = subject.place.source if document is None else document.written(subject.place.route)[0].uri
    return forms(usual, prepared.variants, subject.name, uri)


def _outcome(
    prepared: Prepared, called: tuple[Form, ...], subject: Found, sources: Mapping[str, Document]
) -> Outcome:
    """What a rule says of a subject, in all forms in which it is called on it."""
    first, *others = [_judged(prepared, form, subject, sources) for form in called]
    if not others:
        return first
    findings: dict[tuple[object, ...], Finding] = {}
    for finding in (finding for one in (first, *others) for finding in one.findings):
        key = (finding.verdict, finding.identity, finding.message)
        if key not in findings or finding.severity.rank > findings[key].severity.rank:
            findings[key] = finding
    return replace(first, verdict=worst(one.verdict for one in (first, *others)), findings=tuple(findings.values()))


def _judged(prepared: Prepared, form: Form, subject: Found, sources: Mapping[str, Document]) -> Outcome:
    writer = _Writer(prepared.rule, subject, sources, form.severity)
    if isinstance(subject, Unseen):
        return writer.outcome(Verdict.UNKNOWN, [writer.unseen(subject)])
    try:
        clauses = list(prepared.check(subject, subject.inventory, form.params))
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
    severity: Severity | None = None

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
        arn = self.subject.name.arn
        if arn is not None and verdict is not Verdict.UNKNOWN and arn not in message:
            message = f"{message} ({arn})"
        if document is not None and place.line is not None:
            path = (*path, self._command(document, place))
        return Finding(
            rule=self.rule.id,
            severity=self.severity or severity or self.rule.severity,
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

    def _command(self, document: Document, place: Place) -> str:
        """What a line of a text is known by: the command, its options and the variables it sets, and no value."""
        import re  # noqa: PLC0415 - only for lines of a text

        document, route = document.written(place.route)
        span = document.content_line(route, place.line or 0)
        line = " ".join(document.lines(span.line, span.line)) if span is not None else ""
        parts = re.findall(r"^\W*([A-Za-z][\w./-]{0,30})|(?<!\S)(--[a-z][\w-]*)|\b([A-Za-z_]\w*)(?==)", line)
        return " ".join("".join(part) for part in parts)

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
        return _located(place, self.sources)


def _located(place: Place, sources: Mapping[str, Document]) -> Location:
    return Location(*resolved(place, sources))


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
        findings=tuple(sorted((f for part in parts for f in part.findings), key=place_order)),
        outcomes=tuple(sorted((o for part in parts for o in part.outcomes), key=_outcome_order)),
        summary=Summary({v: verdicts[v] for v in Verdict}, {s: failed[s] for s in reversed(Severity)}),
        inputs=tuple(entry for part in parts for entry in part.inputs),
        errors=tuple(errors),
        rules={id: rule for part in parts for id, rule in part.rules.items()},
        secrets=frozenset().union(*(part.secrets for part in parts)),
        hidden=frozenset().union(*(part.hidden for part in parts)),
    )


def _outcome_order(outcome: Outcome) -> tuple[str, int, int, str]:
    span = outcome.location.span
    return outcome.location.uri, span.line, span.column, outcome.rule
