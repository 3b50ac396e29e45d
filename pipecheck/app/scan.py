"""Scan templates and pipeline files: from paths to a report."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipecheck.app.prepare import prepared_rules
from pipecheck.app.rule_set import RuleSet, rule_set
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.run import Prepared, merged, run
from pipecheck.errors import InputError
from pipecheck.findings.finding import Finding, Report
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.loaders.source_tree import Folders
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.syntax.document import Document
from pipecheck.values.record import record

if TYPE_CHECKING:
    from pipecheck.findings.coverage import Coverage

STDIN = "-"
STDIN_URI = "stdin"


@record
class ScanRequest:
    """What to scan and how.

    `paths` are folders, files or `-`; `stdin` is the text behind `-`. `cwd` is the absolute folder that reported
    names are relative to. `report_only` names the files whose findings are wanted; empty means all. `severity` is
    the mildest that is reported. `unknowns` False leaves cannot-tells out of the findings. `jobs` is how many
    processes may work on it. `allow_python_rules` lets Python checks run that stand in folders of rules.
    `frameworks` are the slugs of those whose rules run, and of whose controls the report speaks.
    """

    paths: tuple[str, ...]
    cwd: Path
    stdin: bytes | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    report_only: tuple[str, ...] = ()
    assumptions: Assumptions = field(default_factory=Assumptions)
    severity: Severity = Severity.INFO
    unknowns: bool = True
    jobs: int = 1
    allow_python_rules: bool = False
    frameworks: tuple[str, ...] = ()


@record
class ScanResult:
    """The report, the documents its places speak of by uri, and notes on what was passed over."""

    report: Report
    documents: dict[str, Document]
    notes: tuple[str, ...]


@record
class Group:
    """Inputs that make one inventory, with those that could not even be opened.

    `tree` holds the files that they may name.
    """

    inputs: tuple[Input, ...]
    errors: tuple[InputError, ...]
    notes: tuple[str, ...]
    tree: Folders


def scan(request: ScanRequest, configuration: Configuration) -> ScanResult:
    """The report on everything the paths name. Raises UsageError and RuleFileError before anything is scanned."""
    known = rule_set(configuration, request.cwd, allow_python=request.allow_python_rules)
    select = (*request.select, *(f"framework:{slug}" for slug in request.frameworks))
    rules = prepared_rules(select, request.ignore, configuration, known)
    found = groups(request)
    reports: list[Report] = []
    errors: list[InputError] = []
    documents: dict[str, Document] = {}
    for group in found:
        loaded = load(group.inputs, request.assumptions, group.tree)
        reports.append(run(loaded.inventory, rules, loaded.documents, jobs=request.jobs))
        errors += (*group.errors, *loaded.errors)
        documents.update(loaded.documents)
    whole = merged(reports, errors)
    report = _narrowed(whole, request)
    if request.frameworks:
        covered = _coverage(request.frameworks, known, rules, whole)
        report = replace(report, coverage=covered)
    return ScanResult(report, documents, tuple(note for group in found for note in group.notes))


def _coverage(
    slugs: Iterable[str], known: RuleSet, rules: Iterable[Prepared], report: Report
) -> tuple[Coverage, ...]:
    """What all that was scanned says of each framework, whatever is reported of it."""
    from pipecheck.findings.coverage import coverage  # noqa: PLC0415 - only where a framework is asked for
    from pipecheck.rules.frameworks import framework_of  # noqa: PLC0415

    every = known.catalog.rules.values()
    ran = {prepared.rule.id for prepared in rules}
    return tuple(coverage(framework_of(slug, every), every, ran, report.outcomes) for slug in dict.fromkeys(slugs))


def groups(request: ScanRequest) -> list[Group]:
    """One inventory per folder, and one for all the files that are named one by one."""
    folders: list[Group] = []
    named: list[Input] = []
    errors: list[InputError] = []
    for path in request.paths:
        if path == STDIN:
            named.append(Input(STDIN_URI, request.stdin or b"", named=True))
        elif Path(path).is_dir():
            folders.append(_folder(path, request))
        else:
            try:
                named.append(Input(_uri(path, request.cwd), _bytes(path), named=True))
            except OSError as error:
                errors.append(_unreadable(path, error))
    if not named and not errors:
        return folders
    outside = (entry.uri for entry in named if entry.uri.startswith("/"))
    roots = (".", *dict.fromkeys(posixpath.dirname(uri) for uri in outside))
    return [*folders, Group(tuple(named), tuple(errors), (), Folders(request.cwd, roots))]


def _folder(path: str, request: ScanRequest) -> Group:
    from pipecheck.loaders.discover import Candidate, candidates  # noqa: PLC0415 - only folders need it

    inputs: list[Input] = []
    notes: list[str] = []
    folder = _uri(path, request.cwd)
    for found in candidates(Path(folder), request.exclude):
        if isinstance(found, Candidate):
            inputs.append(Input(found.uri, found.data))
        else:
            notes.append(f"{found.uri} {found.why}")
    return Group(tuple(inputs), (), tuple(notes), Folders(request.cwd, (folder,)))


def _bytes(path: str) -> bytes:
    return Path(path).read_bytes()


def _unreadable(path: str, error: OSError) -> InputError:
    return InputError(f"cannot be read: {error.strerror or error}", source=path)


def _uri(path: str, cwd: Path) -> str:
    """The path relative to the current folder where it lies below it, with forward slashes."""
    absolute = Path(os.path.abspath(cwd / path))  # noqa: PTH100 - resolve() would follow links
    return (absolute.relative_to(cwd) if absolute.is_relative_to(cwd) else absolute).as_posix()


def _narrowed(report: Report, request: ScanRequest) -> Report:
    """The report without the findings that were not asked for; its summary still counts them."""
    wanted = {_uri(path, request.cwd) for path in request.report_only}
    return replace(
        report,
        findings=tuple(f for f in report.findings if _is_wanted(f, request, wanted)),
        outcomes=tuple(o for o in report.outcomes if not wanted or o.location.uri in wanted),
        errors=tuple(e for e in report.errors if not wanted or e.source in wanted),
    )


def _is_wanted(finding: Finding, request: ScanRequest, report_only: set[str]) -> bool:
    if report_only and finding.location.uri not in report_only:
        return False
    if finding.verdict is Verdict.UNKNOWN and not request.unknowns:
        return False
    return finding.verdict is Verdict.ERROR or finding.severity.rank >= request.severity.rank
