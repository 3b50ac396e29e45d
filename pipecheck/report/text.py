"""The report for people: a code frame per finding, what could not be told, and one line that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from pipecheck.findings.finding import Finding, Location, Outcome, Report
from pipecheck.report.excerpt import Row, excerpt
from pipecheck.report.first_sentences import first_sentences
from pipecheck.report.listing import Listings
from pipecheck.report.options import RenderOptions
from pipecheck.report.places import absolute, file_uri, position
from pipecheck.report.redaction import Redaction, printable
from pipecheck.report.reported import Reported, clean_outcomes
from pipecheck.report.sources import Sources
from pipecheck.report.style import BLUE, BOLD, DIM, GREEN, RED, SEVERITY_STYLES, YELLOW, Style
from pipecheck.report.subject_text import listed, subject_in_context, subject_text
from pipecheck.report.summary_line import count, scanned, verdict_counts
from pipecheck.report.undecided import Undecided, batched
from pipecheck.rules.verdict import Verdict
from pipecheck.values.record import record

_LONGEST_MESSAGE = 500
_LONGEST_NAME = 160
_MOST_PLACES = 3
_CRASH_HELP = "a rule must not crash, whatever it reads: please report this to those who maintain the rule"


@record
class _Note:
    """A line below a frame; `location` is a place that it ends with."""

    label: str
    text: str
    location: Location | None = None


def render(report: Report, sources: Sources, options: RenderOptions) -> str:
    """The report as text for a terminal or a log."""
    page = _Page(report, sources, options)
    return "\n\n".join([*page.blocks(), *page.coverage(), page.summary()]) + "\n"


class _Page:
    """Writes the blocks of one report."""

    def __init__(self, report: Report, sources: Sources, options: RenderOptions) -> None:
        self._report = report
        self._options = options
        self._style = Style(options.color, options.hyperlinks)
        self._redaction = Redaction(report.secrets)
        self._listings = Listings(sources, self._redaction, report.hidden)

    def blocks(self) -> Iterator[str]:
        """Every block but the summary: failures by file, what cannot be told, what went wrong, what is fine."""
        failed = [finding for finding in self._report.findings if finding.verdict is Verdict.FAIL]
        files = [(uri, list(findings)) for uri, findings in groupby(failed, key=lambda f: f.location.uri)]
        for uri, findings in files:
            if len(files) > 1:
                yield self._heading(uri, findings)
            yield from map(self._failure, findings)
        yield from map(self._undecided, batched(self._report.findings))
        yield from (self._crash(f) for f in self._report.findings if f.verdict is Verdict.ERROR)
        if self._options.verbose:
            yield from map(self._suppressed, self._report.suppressed)
            yield from self._clean(clean_outcomes(self._report))

    def coverage(self) -> Iterator[str]:
        """The tables of the frameworks that were asked for."""
        for one in self._report.coverage:
            from pipecheck.report.coverage_table import coverage_table  # noqa: PLC0415 - seldom asked for

            yield coverage_table(one, self._style, self._options.width)

    def summary(self) -> str:
        """The last line, and before it one about what was left out where something was."""
        paints = {
            Verdict.FAIL: (BOLD, RED),
            Verdict.UNKNOWN: (YELLOW,),
            Verdict.PASS: (GREEN,),
            Verdict.ERROR: (BOLD, RED),
        }
        parts = [
            self._style.paint(text, *(paints.get(verdict, ()) if number else (DIM,)))
            for verdict, number, text in verdict_counts(self._report)
        ]
        line = f"{' · '.join(parts)} in {scanned(self._report)}"
        return "\n".join([*self._left_out(), line])

    def _left_out(self) -> Iterator[str]:
        comparison = self._report.comparison
        reported = Reported(self._report, comparison.remaining if comparison else ())
        hidden = sum(
            outcome.verdict is Verdict.FAIL
            and not any(finding.verdict is Verdict.FAIL for finding in reported.of(outcome))
            for outcome in self._report.outcomes
        )
        if hidden:
            yield f"{count(hidden, 'failed check')} {'is' if hidden == 1 else 'are'} counted below and not shown"
        suppressed = self._report.summary.suppressed
        if suppressed:
            counted = f"{count(suppressed, 'finding')} {'is' if suppressed == 1 else 'are'} suppressed"
            yield (
                counted
                if self._options.verbose
                else f"{counted}: --verbose shows {'it' if suppressed == 1 else 'them'}"
            )
        if comparison is not None:
            known, fixed = len(comparison.remaining), len(comparison.fixed)
            new = sum(finding.verdict is not Verdict.ERROR for finding in self._report.findings)
            yield f"{new} new, {known} known, {fixed} fixed since {printable(comparison.against)}"

    def _heading(self, uri: str, findings: list[Finding]) -> str:
        return self._style.paint(f"{self._line(uri)}: {count(len(findings), 'finding')}", BOLD)

    def _failure(self, finding: Finding) -> str:
        label = self._style.paint(finding.severity.value, *SEVERITY_STYLES[finding.severity])
        rule = self._report.rules.get(finding.rule)
        notes = [
            *(_Note("note", self._message(related.message), related.location) for related in finding.related),
            *(_Note("assumes", self._message(assumption)) for assumption in finding.assumptions),
            *([_Note("help", printable(first_sentences(rule.remediation)))] if rule else []),
        ]
        return self._framed(f"{label}{self._rule(finding.rule)}", finding, notes)

    def _suppressed(self, finding: Finding) -> str:
        label = self._style.paint(f"suppressed {finding.verdict.value}", DIM)
        suppression = finding.suppressed
        notes = []
        if suppression is not None:
            owner = f" (owner {suppression.owner})" if suppression.owner else ""
            until = f", until {suppression.expires}" if suppression.expires else ""
            text = self._message(f"{suppression.kind}: {suppression.reason}{owner}{until}")
            notes.append(_Note("accepted", text, suppression.location))
        return self._framed(f"{label}{self._rule(finding.rule)}", finding, notes)

    def _crash(self, finding: Finding) -> str:
        label = self._style.paint("error", BOLD, RED)
        return self._framed(f"{label}{self._rule(finding.rule)}", finding, [_Note("help", _CRASH_HELP)])

    def _framed(self, label: str, finding: Finding, notes: Iterable[_Note]) -> str:
        title = self._style.paint(f": {self._message(finding.message)}", BOLD)
        subject = _Note("in", self._line(subject_in_context(finding.subject), _LONGEST_NAME))
        return self._block(f"{label}{title}", finding.location, [subject, *notes])

    def _block(self, title: str, location: Location, notes: Iterable[_Note]) -> str:
        rows = self._rows(location)
        gutter = max((len(str(row.number)) for row in rows if row.number), default=1)
        arrow = self._style.paint("-->", BLUE)
        lines = [title, f"{' ' * gutter}{arrow} {self._place(location)}", *self._frame(rows, gutter)]
        return "\n".join([*lines, *self._notes(notes, gutter)])

    def _rows(self, location: Location) -> list[Row]:
        listing = self._listings.of(location.uri)
        if listing is None:
            return []
        room = self._options.width - len(str(location.span.end_line)) - len(" | ")
        return excerpt(listing, location.span, max(room, 20))

    def _frame(self, rows: list[Row], gutter: int) -> Iterator[str]:
        bar = self._style.paint("|", BLUE)
        blank = " " * gutter
        if rows:
            yield f"{blank} {bar}"
        for row in rows:
            number = self._style.paint(f"{row.number or '':>{gutter}}", BLUE)
            yield f"{number} {bar} {row.text}".rstrip()
            if row.marks:
                carets = row.marks.lstrip()
                indent = row.marks[: len(row.marks) - len(carets)]
                yield f"{blank} {bar} {indent}{self._style.paint(carets, BOLD, RED)}"
        if rows:
            yield f"{blank} {bar}"

    def _notes(self, notes: Iterable[_Note], gutter: int) -> Iterator[str]:
        for note in notes:
            lead = f"{' ' * gutter} = {note.label}: "
            hanging = " " * len(lead)
            room = max(self._options.width - len(lead), 40)
            lines = wrap(note.text, room, break_long_words=False, break_on_hyphens=False) or [""]
            painted = f"{self._style.paint('=', BLUE)} {self._style.paint(f'{note.label}:', BOLD)}"
            text = f"\n{hanging}".join(lines)
            yield f"{' ' * gutter} {painted} {text}{self._note_place(note, room - len(lines[-1]), hanging)}"

    def _note_place(self, note: _Note, room: int, hanging: str) -> str:
        if note.location is None:
            return ""
        fits = len(position(note.location.uri, note.location.span)) + len(" ()") <= room
        lead = " " if fits else f"\n{hanging}"
        return f"{lead}({self._place(note.location)})"

    def _undecided(self, batch: list[Undecided]) -> str:
        titles = [line for undecided in batch for line in self._open_question(undecided)]
        notes = [_Note(count(len(batch[0].rules), "rule"), printable(", ".join(batch[0].rules)))]
        if len(batch) == 1:
            subjects = [self._line(subject, _LONGEST_NAME) for subject in batch[0].subjects]
            notes.insert(0, _Note("in", listed(subjects, _MOST_PLACES)))
        if batch[0].reason is not None:
            notes.append(_Note("help", batch[0].reason.advice))
        return "\n".join([*titles, *self._notes(notes, 1)])

    def _open_question(self, undecided: Undecided) -> Iterator[str]:
        label = self._style.paint("cannot tell", BOLD, YELLOW)
        yield f"{label}{self._style.paint(f': {self._message(undecided.what)}', BOLD)}"
        arrow = self._style.paint("-->", BLUE)
        places = [f" {arrow} {self._place(location)}" for location in undecided.locations]
        # One place more is no longer than the line that would stand for it.
        most = len(places) if len(places) <= _MOST_PLACES + 1 else _MOST_PLACES
        yield from places[:most]
        if most < len(places):
            yield f" {arrow} and {len(places) - most} more"

    def _clean(self, outcomes: list[Outcome]) -> Iterator[str]:
        lines = [
            f"{self._style.paint(label, *codes)}{self._rule(outcome.rule)}: "
            f"{self._line(subject_text(outcome.subject), _LONGEST_NAME)} ({self._place(outcome.location)})"
            for verdict, label, codes in ((Verdict.PASS, "pass", (GREEN,)), (Verdict.NOT_APPLICABLE, "n/a", (DIM,)))
            for outcome in outcomes
            if outcome.verdict is verdict
        ]
        if lines:
            yield "\n".join(lines)

    def _rule(self, rule: str) -> str:
        return self._style.paint(f"[{printable(rule)}]", BOLD)

    def _place(self, location: Location) -> str:
        path = absolute(location.uri, self._options.base) if self._options.hyperlinks else None
        text = position(self._line(location.uri), location.span)
        return self._style.link(text, None if path is None else file_uri(path))

    def _message(self, text: str) -> str:
        return self._line(text, _LONGEST_MESSAGE)

    def _line(self, text: str, limit: int | None = None) -> str:
        return self._redaction.line(text, limit)
