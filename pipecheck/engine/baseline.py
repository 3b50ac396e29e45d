"""What was found before: the file that remembers it, and what of a report is new beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from pipecheck.errors import UsageError
from pipecheck.findings.finding import Comparison, Finding, KnownFinding, Report
from pipecheck.findings.fingerprint import FINGERPRINT
from pipecheck.rules.verdict import Verdict
from pipecheck.values.record import record, replace

_KIND = "pipecheck/baseline/"
SCHEMA = f"{_KIND}v1"
_COMPARED = frozenset({Verdict.FAIL, Verdict.UNKNOWN})
_VERDICTS = frozenset(verdict.value for verdict in _COMPARED)
_HELP = ("write one with: pipecheck baseline write FILE",)


@record
class Baseline:
    """Findings of an earlier scan, each as often as it was found. `source` is what messages call it.

    `own` says that it is a file of ours, not the SARIF of an earlier scan.
    """

    source: str
    counts: Mapping[KnownFinding, int]
    own: bool = True


def baseline_of(findings: Iterable[Finding], source: str, hint: Callable[[str], str] = str) -> Baseline:
    """What a later scan has to know of some findings. `hint` makes a path of the name of a file."""
    counts = Counter(_known(finding, hint) for finding in findings if finding.verdict in _COMPARED)
    return Baseline(source, counts)


def _known(finding: Finding, hint: Callable[[str], str]) -> KnownFinding:
    return KnownFinding(finding.fingerprint, finding.rule, finding.verdict.value, hint(finding.location.uri))


def baseline_text(baseline: Baseline) -> str:
    """The text of the file: one finding a line, so that changes of it can be read and merged."""
    entries = sorted(baseline.counts.items(), key=lambda item: _order(item[0]))
    lines = [
        json.dumps(
            {
                "rule": known.rule,
                "path": known.path,
                "verdict": known.verdict,
                "fingerprint": known.fingerprint,
                "count": count,
            },
            ensure_ascii=False,
        )
        for known, count in entries
    ]
    inside = "\n    " + ",\n    ".join(lines) + "\n  " if lines else ""
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": [{inside}]\n}}\n'


def _order(known: KnownFinding) -> tuple[str, str, str, str]:
    return known.path, known.rule, known.fingerprint, known.verdict


def read_baseline(text: bytes, source: str, name: Callable[[str, bool], str] = lambda hint, _: hint) -> Baseline:
    """The baseline in a file of ours, or in the SARIF that an earlier scan wrote. Raises UsageError.

    `name` makes the name of a file of its path in a baseline of ours (True) or in SARIF.
    """
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
        message = f"the baseline is no JSON: {getattr(error, 'msg', type(error).__name__)}"
        raise UsageError(message, source=source, line=line, column=column, help=_HELP) from None
    schema = root.get("schema") if isinstance(root, dict) else None
    if schema == SCHEMA:
        return Baseline(source, _counted(_entries(root.get("findings"), source), lambda hint: name(hint, True)))
    if isinstance(schema, str) and schema.startswith(_KIND):
        message = f"the baseline has the format {schema}, and this version reads {SCHEMA}"
        raise UsageError(message, source=source, help=("use the pipecheck that wrote it, or write it anew",))
    if isinstance(root, dict) and isinstance(root.get("runs"), list):
        return Baseline(source, _counted(_results(root["runs"]), lambda hint: name(hint, False)), own=False)
    raise UsageError("is neither a baseline nor SARIF", source=source, help=_HELP)


def _counted(
    entries: Iterable[tuple[tuple[str, str, str, str], int]], name: Callable[[str], str]
) -> dict[KnownFinding, int]:
    counts: dict[KnownFinding, int] = {}
    names = {"": ""}
    for (fingerprint, rule, verdict, path), count in entries:
        if path not in names:
            names[path] = name(path)
        known = KnownFinding(fingerprint, rule, verdict, names[path])
        counts[known] = counts.get(known, 0) + count
    return counts


def _entries(entries: object, source: str) -> Iterator[tuple[tuple[str, str, str, str], int]]:
    if not isinstance(entries, list):
        raise UsageError("the baseline holds no list of findings", source=source, help=_HELP)
    for number, entry in enumerate(entries, 1):
        try:
            known = (entry["fingerprint"], entry["rule"], entry["verdict"], entry["path"])
            count = entry["count"]
            if known[2] in _VERDICTS and "".join(known) and type(count) is int and count > 0:
                yield known, count
                continue
        except (TypeError, KeyError):
            pass
        expected = "fingerprint, rule, verdict, path and count"
        message = f"finding {number} of the baseline is broken: expected {expected}"
        raise UsageError(message, source=source, help=_HELP)


def _results(runs: list[Any]) -> Iterator[tuple[tuple[str, str, str, str], int]]:
    """The results of pipecheck in SARIF, without those that were suppressed or are gone."""
    for run in runs:
        results = run.get("results") if isinstance(run, dict) else None
        for result in results if isinstance(results, list) else ():
            match result:
                case {"ruleId": str(rule), "partialFingerprints": {**fingerprints}}:
                    fingerprint = fingerprints.get(FINGERPRINT)
                    gone = result.get("baselineState") == "absent" or result.get("suppressions")
                    if isinstance(fingerprint, str) and not gone:
                        undecided = result.get("kind") == "open"
                        yield (fingerprint, rule, "unknown" if undecided else "fail", _uri(result)), 1
                case _:
                    continue


def _uri(result: dict[str, Any]) -> str:
    match result:
        case {"locations": [{"physicalLocation": {"artifactLocation": {"uri": str(uri)}}}, *_]}:
            from urllib.parse import unquote  # noqa: PLC0415 - only for SARIF

            return unquote(uri)
        case _:
            return ""


def compared(report: Report, baseline: Baseline, was_looked_at: Callable[[KnownFinding], bool]) -> Report:
    """The report with its new findings alone, and what became of those of the baseline.

    What was a failure may have become a cannot-tell and is still known; a cannot-tell that fails now is new. What is
    not found any more counts as fixed where `was_looked_at`. Crashes are never known.
    """
    left = _Left(baseline, {finding.fingerprint for finding in (*report.findings, *report.suppressed)})
    order = sorted(report.findings, key=lambda finding: finding.verdict is Verdict.UNKNOWN)
    remaining = {id(finding) for finding in order if left.takes_at_its_path(finding)}
    remaining |= {id(finding) for finding in order if id(finding) not in remaining and left.takes(finding)}
    for finding in report.suppressed:
        left.takes(finding)
    return replace(
        report,
        findings=tuple(finding for finding in report.findings if id(finding) not in remaining),
        comparison=Comparison(
            baseline.source,
            tuple(finding for finding in report.findings if id(finding) in remaining),
            tuple(known for known in left.over() if was_looked_at(known)),
        ),
    )


class _Left:
    """What of a baseline has not been found again."""

    __slots__ = ("_counts", "_paths")

    def __init__(self, baseline: Baseline, wanted: Collection[str]) -> None:
        self._counts = dict(baseline.counts)
        self._paths: dict[tuple[str, str], list[KnownFinding]] = {}
        for known in baseline.counts:
            if known[0] in wanted:
                self._paths.setdefault((known.fingerprint, known.verdict), []).append(known)

    def takes_at_its_path(self, finding: Finding) -> bool:
        """Whether the finding was there, in the same file; it is then no longer left."""
        return any(known.path == finding.location.uri and self._take(known) for known in self._like(finding))

    def takes(self, finding: Finding) -> bool:
        """Whether the finding was there, in any file; it is then no longer left."""
        return any(self._take(known) for known in self._like(finding))

    def over(self) -> Iterator[KnownFinding]:
        """Everything that is left, as often as it is."""
        for known, count in self._counts.items():
            for _ in range(count):
                yield known

    def _like(self, finding: Finding) -> Iterator[KnownFinding]:
        verdicts = {Verdict.FAIL: ("fail",), Verdict.UNKNOWN: ("unknown", "fail")}.get(finding.verdict, ())
        for verdict in verdicts:
            yield from self._paths.get((finding.fingerprint, verdict), ())

    def _take(self, known: KnownFinding) -> bool:
        if self._counts[known] == 0:
            return False
        self._counts[known] -= 1
        return True


def without(baseline: Baseline, fixed: Iterable[KnownFinding]) -> Baseline:
    """The baseline without what was fixed."""
    counts = Counter(baseline.counts)
    counts.subtract(Counter(fixed))
    return replace(baseline, counts={known: count for known, count in counts.items() if count > 0})


def moved(baseline: Baseline, rename: Callable[[str], str]) -> Baseline:
    """The baseline with other names for its paths; "" stays."""
    return replace(baseline, counts=_counted(baseline.counts.items(), rename))
