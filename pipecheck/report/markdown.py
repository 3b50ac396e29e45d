"""Markdown for job summaries and comments: a table per severity, and how to mend it behind a fold.

No text of the input can become markup, a mention, a reference or a link: see `_inert`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Finding, Location, Report, Suppression
from pipecheck.report.options import RenderOptions
from pipecheck.report.places import below_root, relative_uri
from pipecheck.report.redaction import Redaction, printable
from pipecheck.report.sources import Sources
from pipecheck.report.subject_text import listed
from pipecheck.report.summary_line import count, scanned, verdict_counts
from pipecheck.report.undecided import Undecided, gathered
from pipecheck.rules.rule import Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

_LONGEST_MESSAGE = 500
_MOST_PLACES = 3
_ROOM_FOR_CLOSING = 200

_MARKUP = re.compile(r"([\\`*_\[\]()#|~<>&$])")
"""What is markup within a line; no text of the input begins one."""
_ACTIVE = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=www)(?=\.)|(?<=:)(?=//)|(?<=GH-)(?=\d)", re.IGNORECASE)
_APART = "\u200b"


def render(report: Report, sources: Sources, options: RenderOptions) -> str:  # noqa: ARG001 - quotes no source
    """The report in at most `markdown_bytes` bytes; a note says how many findings did not fit."""
    page = _Page(report, options)
    head = page.head()
    room = options.markdown_bytes - len(head.encode()) - _ROOM_FOR_CLOSING
    kept: list[str] = [head]
    left_out = 0
    for block, findings in page.blocks():
        size = len(block.encode()) + 2
        if left_out or size > room:
            left_out += findings
        else:
            kept.append(block)
            room -= size
    if left_out:
        kept.append(f"*{count(left_out, 'finding')} did not fit here: see the full report.*")
    return "\n\n".join(kept) + "\n"


class _Page:
    """Writes the blocks of one report."""

    def __init__(self, report: Report, options: RenderOptions) -> None:
        self._report = report
        self._options = options
        self._redaction = Redaction(report.secrets)

    def head(self) -> str:
        """What was found, counted."""
        failed = sum(finding.verdict is Verdict.FAIL for finding in self._report.findings)
        title = f"pipecheck: {count(failed, 'finding')}" if failed else "pipecheck: no findings"
        counts = " · ".join(text for _, _, text in verdict_counts(self._report))
        return f"## {title}\n\n{counts} in {scanned(self._report)}"

    def blocks(self) -> Iterator[tuple[str, int]]:
        """Every block after the head with the number of findings in it, the worst first."""
        if self._report.errors:
            yield self._errors(self._report.errors), len(self._report.errors)
        crashed = [finding for finding in self._report.findings if finding.verdict is Verdict.ERROR]
        if crashed:
            yield from self._table("Rules that crashed", crashed)
        for severity in reversed(Severity):
            failed = [f for f in self._report.findings if f.verdict is Verdict.FAIL and f.severity is severity]
            if failed:
                yield from self._table(severity.value.capitalize(), failed)
                yield self._help(failed), 0
        undecided = gathered(self._report.findings)
        if undecided:
            yield self._undecided(undecided), sum(len(one.findings) for one in undecided)
        if self._report.suppressed:
            yield self._accepted(self._report.suppressed), 0

    def _table(self, title: str, findings: list[Finding]) -> Iterator[tuple[str, int]]:
        header = "| Finding | Where | Rule |\n| --- | --- | --- |"
        for start in range(0, len(findings), 100):
            part = findings[start : start + 100]
            heading = f"### {title} ({len(findings)})" if start == 0 else f"### {title}, continued"
            yield "\n".join([f"{heading}\n", header, *map(self._row, part)]), len(part)

    def _row(self, finding: Finding) -> str:
        return f"| {self._text(finding.message)} | {self._place(finding.location)} | {self._rule(finding.rule)} |"

    def _help(self, findings: Iterable[Finding]) -> str:
        rules = [self._report.rules[id] for id in dict.fromkeys(f.rule for f in findings) if id in self._report.rules]
        return _folded("How to mend", "\n\n".join(map(self._rule_help, rules)))

    def _rule_help(self, rule: Rule) -> str:
        """A rule's own text is Markdown of whoever wrote the rule, but for HTML."""
        parts = (
            f"**{self._rule(rule.id)}** {_inert(rule.title)}",
            _no_html(rule.rationale),
            _no_html(rule.remediation),
        )
        return "\n\n".join(part for part in parts if part)

    def _undecided(self, undecided: list[Undecided]) -> str:
        header = "| Cannot tell | Where | Rules | What would decide it |\n| --- | --- | --- | --- |"
        rows = [
            f"| {self._text(one.what)} | {self._places(one)} | {', '.join(map(self._rule, one.rules))} "
            f"| {_inert(one.reason.advice) if one.reason else ''} |"
            for one in undecided
        ]
        findings = sum(len(one.findings) for one in undecided)
        return _folded(f"{findings} cannot tell", "\n".join([header, *rows]))

    def _accepted(self, findings: Sequence[Finding]) -> str:
        header = "| Accepted | Where | Rule | Why |\n| --- | --- | --- | --- |"
        rows = [f"{self._row(finding)} {self._reason(finding.suppressed)} |" for finding in findings]
        return _folded(count(len(findings), "accepted finding"), "\n".join([header, *rows]))

    def _reason(self, suppression: Suppression | None) -> str:
        if suppression is None:
            return ""
        owner = f" (owner {suppression.owner})" if suppression.owner else ""
        until = f", until {suppression.expires}" if suppression.expires else ""
        return self._text(f"{suppression.kind}: {suppression.reason}{owner}{until}")

    def _places(self, undecided: Undecided) -> str:
        return listed([self._place(location) for location in undecided.locations], _MOST_PLACES)

    def _errors(self, errors: Iterable[PipecheckError]) -> str:
        rows = [f"- {_inert(printable(error.location or 'input'))}: {self._text(error.message)}" for error in errors]
        return "\n".join(["### Inputs that could not be read\n", *rows])

    def _place(self, location: Location) -> str:
        inside = below_root(location.uri, self._options.base, self._options.root)
        text = _inert(printable(f"{inside or location.uri}:{location.span.line}"))
        if inside is None or self._options.source_url is None:
            return text
        lines = f"#L{location.span.line}"
        if location.span.end_line > location.span.line:
            lines += f"-L{location.span.end_line}"
        return f"[{text}]({self._options.source_url.rstrip('/')}/{_link_path(inside)}{lines})"

    def _rule(self, id: str) -> str:
        base = self._options.rule_pages
        return _inert(id) if base is None else f"[{_inert(id)}]({base.rstrip('/')}/{_link_path(id)}.md)"

    def _text(self, text: str) -> str:
        return _inert(self._redaction.line(text, _LONGEST_MESSAGE))


def _inert(text: str) -> str:
    """The text with all that Markdown or GitHub would act on escaped: markup, HTML, mentions, references, links."""
    return _MARKUP.sub(r"\\\1", _ACTIVE.sub(_APART, text))


def _no_html(text: str) -> str:
    return "\n".join(map(printable, text.strip().splitlines())).replace("<", "&lt;")


def _link_path(path: str) -> str:
    return relative_uri(path).replace("(", "%28").replace(")", "%29")


def _folded(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"
