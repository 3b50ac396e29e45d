"""Run a rule on its examples: the verdict and the lines it points at must be those that the example states."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.app.prepare import prepared
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.config.parse import parse_configuration
from pipecheck.engine.run import Prepared, run
from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Report
from pipecheck.findings.proof import Mismatch
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, Loaded, load
from pipecheck.loaders.source_tree import Texts
from pipecheck.rules.examples import strip_markers
from pipecheck.rules.rule import Check, Example, Rule
from pipecheck.rules.verdict import Verdict, worst
from pipecheck.values.record import record, replace

_FILE_NAMES = {"cloudformation": "template.yaml", "pipeline": "pipeline.json"}


@record
class Case:
    """One rendering of an example, loaded. `marked` are the lines, by file, that a finding must point at."""

    rule: Rule
    check: Check
    example: Example
    format: str
    loaded: Loaded
    configuration: Configuration
    verdict: Verdict
    marked: frozenset[tuple[str, int]]

    def __str__(self) -> str:
        """`rule: case (format)`."""
        return f"{self.rule.id}: {self.example.case} ({self.format})"


def cases(rule: Rule, check: Check) -> Iterator[Case]:
    """Every rendering of every example of a rule, loaded. Raises PipecheckError where one cannot be read."""
    for example in rule.examples:
        yield from renderings(rule, check, example)


def renderings(rule: Rule, check: Check, example: Example) -> Iterator[Case]:
    """Every rendering of an example, loaded. Raises PipecheckError where one cannot be read."""
    for format in example.renderings or {"files": ""}:
        yield _case(rule, check, example, format)


def _case(rule: Rule, check: Check, example: Example, format: str) -> Case:
    texts = dict(example.files)
    if format in example.renderings:
        texts[_FILE_NAMES[format]] = example.renderings[format]
    marked: set[tuple[str, int]] = set()
    inputs: list[Input] = []
    for name, text in texts.items():
        clean, lines = strip_markers(text)
        marked |= {(name, line) for line in lines}
        inputs.append(Input(name, clean))
    tree = Texts({entry.uri: entry.text.encode() for entry in inputs if isinstance(entry.text, str)})
    loaded = load(inputs, Assumptions(), tree)
    for error in loaded.errors:
        raise PipecheckError(f"{rule.id}: {example.case}: {error.message}", source=error.location)
    verdict = example.verdicts.get(format, example.verdict)
    return Case(rule, check, example, format, loaded, _configuration(example), verdict, frozenset(marked))


def _configuration(example: Example) -> Configuration:
    return parse_configuration(example.configuration, "pipecheck.yaml")


def outcome(case: Case, check: Check | None = None) -> Report:
    """What the rule says of a case; `check` stands in for the rule's own."""
    return run(case.loaded.inventory, [ready(case, check)], case.loaded.documents)


def ready(case: Case, check: Check | None = None) -> Prepared:
    """The rule of a case with the parameters that the case sets."""
    own = prepared(case.rule, check or case.check, case.configuration)
    return replace(own, params={**own.params, **case.example.params})


def verdict_of(report: Report) -> Verdict:
    """The worst verdict over all subjects; NOT_APPLICABLE where there is none."""
    return worst(entry.verdict for entry in report.outcomes)


def mismatches(case: Case) -> Iterator[Mismatch]:
    """What does not hold of a case: its verdict, the lines of its findings, the severity of a failure."""
    report = outcome(case)
    got = verdict_of(report)
    if got is not case.verdict:
        messages = "; ".join(finding.message for finding in report.findings)
        yield Mismatch(str(case), case.verdict.value, f"{got.value} {messages}".strip())
        return
    found = {(f.location.uri, f.location.span.line) for f in report.findings if f.verdict is got}
    if case.marked and found != case.marked:
        yield Mismatch(str(case), _lines(case.marked), _lines(found))
    if case.example.severity is not None:
        severities = {finding.severity for finding in report.findings if finding.verdict is Verdict.FAIL}
        if severities - {case.example.severity}:
            got_severities = ", ".join(sorted(severity.value for severity in severities))
            yield Mismatch(str(case), case.example.severity.value, got_severities)


def _lines(places: frozenset[tuple[str, int]] | set[tuple[str, int]]) -> str:
    return ", ".join(f"{name}:{line}" for name, line in sorted(places)) or "no finding"
