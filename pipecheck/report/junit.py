"""JUnit XML, for the test views of CI services: each rule on each subject is a test case of the input it stands in.

What cannot be told is skipped, with the reason: a CI view must neither call it passed nor fail the build for it. What
does not apply is left out unless the report is verbose; a check of which every finding was filtered out is left out.

JUnit XML has no standard. This is the dialect of Jenkins' xUnit plugin, whose junit-10.xsd has `file` and `line` on
test cases (https://github.com/jenkinsci/xunit-plugin, as of commit 14c6e39c38408b9ed6280361484a13c6f5becca7).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Finding, Location, Outcome, Report
from pipecheck.report.options import RenderOptions
from pipecheck.report.places import position
from pipecheck.report.redaction import Redaction, printable
from pipecheck.report.reported import Reported
from pipecheck.report.sources import Sources
from pipecheck.report.subject_text import subject_in_context, subject_text
from pipecheck.report.xml import attributes, escaped
from pipecheck.rules.verdict import Verdict
from pipecheck.values.record import record

Result: TypeAlias = Literal["failure", "error", "skipped"]

_LONGEST_NAME = 250
_LONGEST_MESSAGE = 1_000
_NO_INPUT = "pipecheck"


@record
class _Case:
    """One test case; `result` is None where it passes. `type` and `body` may be empty."""

    suite: str
    classname: str
    name: str
    line: int | None = None
    result: Result | None = None
    message: str = ""
    type: str = ""
    body: str = ""


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """One suite per input, also for inputs without a case and for those that could not be read."""
    writer = _CaseWriter(report, options)
    suites: dict[str, list[_Case]] = {one.uri: [] for one in report.inputs}
    for case in writer.cases():
        suites.setdefault(case.suite, []).append(case)
    cases = [case for suite in suites.values() for case in suite]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites{attributes(name='pipecheck', **_counts(cases))}>",
    ]
    for uri, suite in suites.items():
        lines += _suite(uri, suite)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


class _CaseWriter:
    """Makes the test cases of one report."""

    def __init__(self, report: Report, options: RenderOptions) -> None:
        self._report = report
        self._options = options
        self._redaction = Redaction(report.secrets)
        self._reported = Reported(report)

    def cases(self) -> Iterator[_Case]:
        """The cases of all outcomes, then those of the inputs that could not be read."""
        for outcome in self._report.outcomes:
            yield from self._outcome(outcome)
        yield from map(self._input_error, self._report.errors)

    def _outcome(self, outcome: Outcome) -> Iterator[_Case]:
        match outcome.verdict:
            case Verdict.PASS:
                yield self._case(outcome, outcome.location)
            case Verdict.NOT_APPLICABLE:
                if self._options.verbose:
                    yield self._case(outcome, outcome.location, "skipped", "not applicable")
            case Verdict.FAIL | Verdict.UNKNOWN | Verdict.ERROR:
                yield from self._found(outcome, self._reported.of(outcome))

    def _found(self, outcome: Outcome, findings: list[Finding]) -> Iterator[_Case]:
        """The case of the worst verdict that is among the findings; what else they say goes into its body."""
        results: tuple[tuple[Verdict, Result], ...] = (
            (Verdict.ERROR, "error"),
            (Verdict.FAIL, "failure"),
            (Verdict.UNKNOWN, "skipped"),
        )
        accepted = [finding for finding in findings if finding.suppressed is not None]
        findings = [finding for finding in findings if finding.suppressed is None]
        if accepted and not findings:
            reasons = dict.fromkeys(finding.suppressed.reason for finding in accepted if finding.suppressed)
            message = self._line(f"suppressed: {'; '.join(reasons)}")
            yield self._case(outcome, accepted[0].location, "skipped", message, body=self._body(accepted))
            return
        for verdict, result in results:
            worst = [finding for finding in findings if finding.verdict is verdict]
            if worst:
                more = f" (and {len(worst) - 1} more)" if len(worst) > 1 else ""
                message = self._line(self._message(worst[0])) + more
                severity = max((finding.severity for finding in worst), key=lambda severity: severity.rank)
                type = "" if result == "skipped" else "crash" if result == "error" else severity.value
                yield self._case(outcome, worst[0].location, result, message, type, self._body(findings))
                return

    def _message(self, finding: Finding) -> str:
        return f"{finding.message} – {finding.reason.advice}" if finding.reason is not None else finding.message

    def _case(
        self,
        outcome: Outcome,
        location: Location,
        result: Result | None = None,
        message: str = "",
        type: str = "",
        body: str = "",
    ) -> _Case:
        name = self._redaction.line(subject_text(outcome.subject), _LONGEST_NAME)
        classname = f"pipecheck.{outcome.rule}"
        return _Case(location.uri, classname, name, location.span.line, result, message, type, body)

    def _input_error(self, error: PipecheckError) -> _Case:
        message = self._line(error.message)
        place = [self._redaction.line(error.location)] if error.location is not None else []
        body = "\n".join([message, *place, *(f"help: {self._line(line)}" for line in error.help)])
        suite = error.source or _NO_INPUT
        return _Case(suite, "pipecheck.input", "is read", error.line, "error", message, type(error).__name__, body)

    def _body(self, findings: Iterable[Finding]) -> str:
        return "\n\n".join("\n".join(self._paragraph(finding)) for finding in findings)

    def _paragraph(self, finding: Finding) -> Iterator[str]:
        label = finding.severity.value if finding.verdict is Verdict.FAIL else finding.verdict.value
        yield f"{label}: {self._line(finding.message)}"
        yield f"at: {self._place(finding.location)}"
        yield f"in: {self._line(subject_in_context(finding.subject))}"
        yield from (f"note: {self._line(one.message)} ({self._place(one.location)})" for one in finding.related)
        yield from (f"assumes: {self._line(assumption)}" for assumption in finding.assumptions)
        rule = self._report.rules.get(finding.rule)
        if finding.reason is not None:
            yield f"help: {finding.reason.advice}"
        elif rule is not None and finding.verdict is Verdict.FAIL:
            yield f"help: {self._redaction.block(rule.remediation.strip())}"

    def _place(self, location: Location) -> str:
        return printable(position(location.uri, location.span))

    def _line(self, text: str) -> str:
        return self._redaction.line(text, _LONGEST_MESSAGE)


def _suite(uri: str, cases: list[_Case]) -> Iterator[str]:
    yield f"  <testsuite{attributes(name=uri, file=uri, **_counts(cases), skipped=_count(cases, 'skipped'))}>"
    taken: Counter[tuple[str, str]] = Counter()
    for case in cases:
        taken[case.classname, case.name] += 1
        number = taken[case.classname, case.name]
        yield from _element(case, case.name if number == 1 else f"{case.name} #{number}")
    yield "  </testsuite>"


def _element(case: _Case, name: str) -> Iterator[str]:
    opening = f"    <testcase{attributes(classname=case.classname, name=name, file=case.suite, line=case.line)}"
    if case.result is None:
        yield f"{opening}/>"
        return
    yield f"{opening}>"
    result = f"      <{case.result}{attributes(message=case.message, type=case.type or None)}"
    yield f"{result}>{escaped(case.body)}</{case.result}>" if case.body else f"{result}/>"
    yield "    </testcase>"


def _counts(cases: list[_Case]) -> dict[str, int]:
    return {"tests": len(cases), "failures": _count(cases, "failure"), "errors": _count(cases, "error")}


def _count(cases: list[_Case], result: Result) -> int:
    return sum(case.result == result for case in cases)
