"""The results of a SARIF log as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipecheck.findings.finding import Finding, KnownFinding, Location, Outcome, Report
from pipecheck.findings.fingerprint import FINGERPRINT
from pipecheck.model.subject import SubjectName
from pipecheck.report.line_hash import LineHashes
from pipecheck.report.listing import Listing, Listings
from pipecheck.report.options import RenderOptions
from pipecheck.report.places import absolute, below_root, file_uri, relative_uri
from pipecheck.report.redaction import Redaction
from pipecheck.report.reported import clean_outcomes
from pipecheck.report.sources import Sources
from pipecheck.report.subject_text import subject_path, subject_text
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Span

ROOT_ID = "%SRCROOT%"

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}

_KINDS = {
    Verdict.FAIL: "fail",
    Verdict.UNKNOWN: "open",
    Verdict.PASS: "pass",
    Verdict.NOT_APPLICABLE: "notApplicable",
}
_CONTEXT = 2
_LONGEST_SNIPPET = 2_000
_LONGEST_MESSAGE = 1_000


class ResultWriter:
    """Writes what SARIF says of the findings of one report."""

    def __init__(self, report: Report, sources: Sources, options: RenderOptions) -> None:
        self._report = report
        self._sources = sources
        self._options = options
        self._redaction = Redaction(report.secrets)
        self._listings = Listings(sources, self._redaction, report.hidden)
        self._hashes: dict[str, LineHashes] = {}
        self._indices = {id: index for index, id in enumerate(sorted(report.rules))}

    def results(self) -> list[dict[str, Any]]:
        """FAIL and UNKNOWN, the worst first, then in report order; in the full profile with `verbose` all others."""
        github = self._options.sarif_profile == "github"
        wanted = {Verdict.FAIL, Verdict.UNKNOWN}
        if github and not self._options.unknown_in_github:
            wanted.remove(Verdict.UNKNOWN)
        comparison = self._report.comparison
        known = () if comparison is None or github else comparison.remaining
        found = (*self._report.findings, *self._report.suppressed, *known)
        findings = [finding for finding in found if finding.verdict in wanted]
        findings.sort(key=lambda finding: (finding.verdict is Verdict.UNKNOWN, -finding.severity.rank))
        results = [self._for_github(finding) if github else self._finding(finding) for finding in findings]
        if comparison is not None:
            unchanged = {id(finding) for finding in known}
            for finding, result in zip(findings, results, strict=True):
                result["baselineState"] = "unchanged" if id(finding) in unchanged else "new"
            results += [] if github else map(self._fixed, comparison.fixed)
        if self._options.verbose and not github:
            results += map(self._clean, clean_outcomes(self._report))
        return results

    def crashes(self) -> Iterator[dict[str, Any]]:
        """Rules that crashed, as notifications: they say nothing of the input."""
        for finding in self._report.findings:
            if finding.verdict is Verdict.ERROR:
                yield {
                    "level": "error",
                    "message": {"text": self.sentence(finding.message)},
                    "associatedRule": self._rule_reference(finding.rule),
                    "locations": [self._location(finding.location, finding.subject)],
                }

    def artifact(self, uri: str) -> dict[str, Any]:
        """A source as an artifact location: relative to the root where it lies below it, else absolute."""
        inside = below_root(uri, self._options.base, self._options.root)
        if inside is not None:
            return {"uri": relative_uri(inside), "uriBaseId": ROOT_ID}
        path = absolute(uri, self._options.base)
        return {"uri": relative_uri(uri) if path is None else file_uri(path)}

    def sentence(self, text: str) -> str:
        """The text as a plain text message: it ends like a sentence and holds no embedded link."""
        line = self._redaction.line(text, _LONGEST_MESSAGE).replace("](", "] (")
        return line if line.endswith((".", "!", "?", "…")) else f"{line}."

    def _finding(self, finding: Finding) -> dict[str, Any]:
        fails = finding.verdict is Verdict.FAIL
        return {
            **self._result(finding.rule, finding.message, finding.location, finding.subject),
            "kind": _KINDS[finding.verdict],
            "level": LEVELS[finding.severity] if fails else "none",
            **self._related(finding),
            "partialFingerprints": self._fingerprints(finding),
            **self._suppressions(finding),
            **self._properties(finding),
        }

    def _for_github(self, finding: Finding) -> dict[str, Any]:
        """The finding without a kind, which GitHub does not read: what cannot be told says so in its text."""
        fails = finding.verdict is Verdict.FAIL
        message = finding.message if fails else f"Cannot tell: {finding.message.removeprefix('cannot tell: ')}"
        return {
            **self._result(finding.rule, message, finding.location, finding.subject),
            "level": LEVELS[finding.severity] if fails else "note",
            **self._related(finding),
            "partialFingerprints": self._fingerprints(finding),
            **self._suppressions(finding),
        }

    def _suppressions(self, finding: Finding) -> Mapping[str, Any]:
        """What SARIF calls external is kept outside the scanned file: a waiver."""
        suppression = finding.suppressed
        if suppression is None:
            return {}
        said = {
            "kind": "external" if suppression.kind == "waiver" else "inSource",
            "status": "accepted",
            "justification": self._redaction.line(suppression.reason, _LONGEST_MESSAGE),
            "location": self._physical(suppression.location),
        }
        stated = {"owner": suppression.owner, "expires": suppression.expires}
        properties = {name: self._redaction.line(text) for name, text in stated.items() if text}
        return {"suppressions": [said | ({"properties": properties} if properties else {})]}

    def _fixed(self, known: KnownFinding) -> dict[str, Any]:
        """A finding that is no longer there; where it was is no more than a hint."""
        reference = self._rule_reference(known.rule)
        return {
            "ruleId": reference["id"],
            **({"ruleIndex": reference["index"]} if "index" in reference else {}),
            "message": {"text": "This finding is no longer there."},
            "kind": "pass",
            "level": "none",
            "locations": [{"physicalLocation": {"artifactLocation": self.artifact(known.path)}}]
            if known.path
            else [],
            "partialFingerprints": {FINGERPRINT: known.fingerprint},
            "baselineState": "absent",
        }

    def _clean(self, outcome: Outcome) -> dict[str, Any]:
        message = "the requirement is met" if outcome.verdict is Verdict.PASS else "the rule does not apply"
        return {
            **self._result(outcome.rule, message, outcome.location, outcome.subject),
            "kind": _KINDS[outcome.verdict],
            "level": "none",
        }

    def _result(self, rule: str, message: str, location: Location, subject: SubjectName) -> dict[str, Any]:
        reference = self._rule_reference(rule)
        return {
            "ruleId": reference["id"],
            **({"ruleIndex": reference["index"]} if "index" in reference else {}),
            "message": {"text": self.sentence(message)},
            "locations": [self._location(location, subject)],
        }

    def _rule_reference(self, rule: str) -> dict[str, Any]:
        index = self._indices.get(rule)
        return {"id": rule} if index is None else {"id": rule, "index": index}

    def _related(self, finding: Finding) -> Mapping[str, Any]:
        related = [
            {"id": number, "message": {"text": self.sentence(one.message)}, **self._physical(one.location)}
            for number, one in enumerate(finding.related, 1)
        ]
        return {"relatedLocations": related} if related else {}

    def _properties(self, finding: Finding) -> Mapping[str, Any]:
        stated: dict[str, Any] = {}
        if finding.reason is not None:
            stated["reason"] = finding.reason.value
        if finding.assumptions:
            stated["assumptions"] = [self._redaction.line(assumption) for assumption in finding.assumptions]
        return {"properties": stated} if stated else {}

    def _location(self, location: Location, subject: SubjectName) -> dict[str, Any]:
        return {**self._physical(location), "logicalLocations": [self._logical(subject)]}

    def _logical(self, subject: SubjectName) -> dict[str, Any]:
        path = subject_path(subject) if subject.kind in ("pipeline", "stage", "action") else []
        name = path[-1] if path else subject.address
        qualified = subject.arn or ("/".join(path) if path else subject_text(subject))
        if subject.arn is not None and len(path) > 1:
            qualified = "/".join([subject.arn, *path[1:]])
        return {
            "name": self._redaction.line(name, _LONGEST_MESSAGE),
            "fullyQualifiedName": self._redaction.line(qualified, _LONGEST_MESSAGE),
            "kind": subject.kind,
        }

    def _physical(self, location: Location) -> dict[str, Any]:
        listing = self._listings.of(location.uri)
        span = location.span
        region: dict[str, Any] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
        context = None
        if listing is not None and listing.has(span.line):
            region |= _snippet(_lines_of(listing, span))
            context = _context_region(listing, span)
        physical = {"artifactLocation": self.artifact(location.uri), "region": region}
        return {"physicalLocation": physical | ({"contextRegion": context} if context else {})}

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        line_hash = self._line_hash(finding.location)
        ours = {FINGERPRINT: finding.fingerprint}
        return ours if line_hash is None else {"primaryLocationLineHash": line_hash} | ours

    def _line_hash(self, location: Location) -> str | None:
        """None where a secret goes into the hash: from the hash of a line a short secret can be found by trying."""
        source, listing = self._sources.get(location.uri), self._listings.of(location.uri)
        if source is None or listing is None:
            return None
        if location.uri not in self._hashes:
            self._hashes[location.uri] = LineHashes(source.text)
        hashes, line = self._hashes[location.uri], location.span.line
        value = hashes.of(line)
        return None if value is None or listing.hides(line, hashes.last_line(line)) else value


def _lines_of(listing: Listing, span: Span) -> Iterator[str]:
    for line in range(span.line, span.end_line + 1):
        start = span.column - 1 if line == span.line else 0
        yield listing.part(line, start, span.end_column - 1 if line == span.end_line else listing.length(line))


def _context_region(listing: Listing, span: Span) -> dict[str, Any] | None:
    """Whole lines around the span; None where they would be long, or no more than the span itself."""
    first = max(1, span.line - _CONTEXT)
    last = max(
        line
        for line in range(span.end_line, span.end_line + _CONTEXT + 1)
        if listing.has(line) or line == span.end_line
    )
    if first == span.line and last == span.end_line and not _within_lines(listing, span):
        return None
    snippet = _snippet(listing.text(line) for line in range(first, last + 1))
    return {"startLine": first, "endLine": last, **snippet} if snippet else None


def _within_lines(listing: Listing, span: Span) -> bool:
    """Whether the lines of the span hold more than the span."""
    return span.column > 1 or span.end_column <= listing.length(span.end_line)


def _snippet(lines: Iterable[str]) -> dict[str, Any]:
    """The lines as a snippet; empty where they are too long to be read or were nothing."""
    text = "\n".join(lines)
    return {"snippet": {"text": text}} if 0 < len(text) <= _LONGEST_SNIPPET else {}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a rule's text, each on one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
