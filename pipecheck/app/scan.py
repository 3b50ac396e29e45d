"""Scan templates and pipeline files: from paths to a report."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from pipecheck.app.prepare import prepared_rules
from pipecheck.app.rule_set import RuleSet, rule_set
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.run import Prepared, merged, run
from pipecheck.errors import InputError
from pipecheck.findings.finding import Comparison, Finding, Report
from pipecheck.loaders.cloudformation.template import Assumptions, parameter_names
from pipecheck.loaders.load import Input, load
from pipecheck.loaders.source_tree import Folders, SourceTree
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.syntax.document import Document
from pipecheck.syntax.limits import Limits
from pipecheck.values.record import record, replace

if TYPE_CHECKING:
    from pipecheck.engine.baseline import Baseline
    from pipecheck.findings.coverage import Coverage

STDIN = "-"
STDIN_URI = "stdin"


@record
class ScanRequest:
    """What to scan and how.

    `paths` are folders, files or `-`; `stdin` is the text behind `-`. `cwd` is the absolute folder that reported
    names are relative to. `report_only` names the files whose findings are wanted; empty means all. `severity` is
    the mildest that is reported. `unknowns` False leaves cannot-tells out of the findings. `jobs` is how many
    processes may work on it. `allow_python_rules` lets Python checks run that stand in folders of rules. `frameworks`
    are the slugs of those whose rules run, and of whose controls the report speaks. `baseline` is the file of known
    findings and `diff_base` the git revision whose findings are known; None: the baseline of the configuration, if it
    names one. Without `compare` nothing is known.
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
    baseline: str | None = None
    diff_base: str | None = None
    compare: bool = True


@record
class ScanResult:
    """The report, the documents its places speak of by uri, and notes on what was passed over.

    `baseline` holds what was known before, None where the report is not compared with a file.
    `unused` are sentences about what was asked for and touched nothing.
    """

    report: Report
    documents: dict[str, Document]
    notes: tuple[str, ...]
    baseline: Baseline | None = None
    unused: tuple[str, ...] = ()


@record
class Group:
    """Inputs that make one inventory, with those that could not even be opened.

    `tree` holds the files that they may name.
    """

    inputs: tuple[Input, ...]
    errors: tuple[InputError, ...]
    notes: tuple[str, ...]
    tree: SourceTree


def scan(request: ScanRequest, configuration: Configuration) -> ScanResult:
    """The report on everything the paths name. Raises UsageError and RuleFileError before anything is scanned."""
    known = rule_set(configuration, request.cwd, allow_python=request.allow_python_rules)
    select = (*request.select, *(f"framework:{slug}" for slug in request.frameworks))
    rules = prepared_rules(select, request.ignore, configuration, known)
    found = groups(request)
    baseline = _baseline(request, configuration, rules, known)
    report, documents = _looked_into(found, request, rules, configuration, known)
    if request.frameworks:
        report = replace(report, coverage=_coverage(request.frameworks, known, rules, report))
    if baseline is not None:
        report = _compared(report, baseline, request, documents, known)
    notes = tuple(note for group in found for note in group.notes)
    kept = baseline if request.diff_base is None else None
    unused = (*_unused_parameters(request, documents), *_missing_files(request, documents))
    return ScanResult(_narrowed(report, request), documents, notes, kept, unused)


def _looked_into(
    found: Sequence[Group],
    request: ScanRequest,
    rules: Sequence[Prepared],
    configuration: Configuration,
    known: RuleSet,
) -> tuple[Report, dict[str, Document]]:
    """What the rules say of some groups, before anything is left out, and the documents."""
    first = tuple(prepared for prepared in rules if not prepared.is_last)
    reports: list[Report] = []
    errors: list[InputError] = []
    documents: dict[str, Document] = {}
    for group in found:
        loaded = load(group.inputs, request.assumptions, group.tree)
        reports.append(run(loaded.inventory, first, loaded.documents, jobs=request.jobs))
        errors += (*group.errors, *loaded.errors)
        documents.update(loaded.documents)
    whole = merged(reports, errors)
    return _suppressed(whole, documents, rules, configuration, known), documents


def _baseline(
    request: ScanRequest, configuration: Configuration, rules: Sequence[Prepared], known: RuleSet
) -> Baseline | None:
    """What was known before; None where nothing is compared. Raises UsageError."""
    if not request.compare:
        return None
    if request.diff_base is not None:
        from pipecheck.app.known import groups_at  # noqa: PLC0415 - only where something is compared
        from pipecheck.engine.baseline import baseline_of  # noqa: PLC0415

        before, _ = _looked_into(groups_at(request), request, rules, configuration, known)
        return baseline_of(before.findings, request.diff_base)
    if request.baseline is None and configuration.baseline is None:
        return None
    from pipecheck.app.known import baseline_for  # noqa: PLC0415

    return baseline_for(request, configuration)


def _compared(
    report: Report, baseline: Baseline, request: ScanRequest, documents: Mapping[str, Document], known: RuleSet
) -> Report:
    from pipecheck.app.known import looked_at  # noqa: PLC0415 - only where something is compared
    from pipecheck.engine.baseline import compared  # noqa: PLC0415

    return compared(report, baseline, looked_at(request, documents, report.rules, known.catalog.rules))


def _suppressed(
    report: Report,
    documents: dict[str, Document],
    rules: Sequence[Prepared],
    configuration: Configuration,
    known: RuleSet,
) -> Report:
    """The report without what comments, metadata and waivers accept; what they cover is set apart in it."""
    last = [prepared for prepared in rules if prepared.is_last]
    if not configuration.waivers and not any("pipecheck" in document.text for document in documents.values()):
        verdicts = report.summary.verdicts
        counted = {**verdicts, Verdict.NOT_APPLICABLE: verdicts[Verdict.NOT_APPLICABLE] + len(last)}
        asked = {**report.rules, **{prepared.rule.id: prepared.rule for prepared in last}}
        return replace(report, summary=replace(report.summary, verdicts=counted), rules=asked)
    from pipecheck.engine.suppress.apply import suppress  # noqa: PLC0415 - most scans have no suppression

    ids = {*report.rules, *known.catalog.rules}
    suppressed = suppress(report, documents, configuration.waivers, last, known=lambda: ids)
    if configuration.document is not None and configuration.source is not None:
        documents.setdefault(configuration.source, configuration.document)
    return suppressed


def _unused_parameters(request: ScanRequest, documents: Mapping[str, Document]) -> Iterator[str]:
    given = {name for name in request.assumptions.parameters if not name.startswith("AWS::")}
    if not given:
        return
    declared = {name for document in documents.values() for name in parameter_names(document)}
    for name in sorted(given - declared):
        from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

        nearest = get_close_matches(name, declared, 1)
        yield f"no template has a parameter {name}" + (f": did you mean {nearest[0]}?" if nearest else "")


def _missing_files(request: ScanRequest, documents: Mapping[str, Document]) -> Iterator[str]:
    for file in request.report_only:
        if file not in documents and not (request.cwd / file).exists():
            yield f"--report-only {file}: there is no such file"


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
    folders: dict[str, Group] = {}
    named: dict[str, Input] = {}
    errors: list[InputError] = []
    for path in request.paths:
        if path == STDIN:
            named[STDIN_URI] = Input(STDIN_URI, request.stdin or b"", named=True)
        elif Path(path).is_dir():
            folders.setdefault(shown(path, request.cwd), _folder(path, request))
        else:
            uri = shown(path, request.cwd)
            try:
                named[uri] = Input(uri, _bytes(path), named=True)
            except OSError as error:
                errors.append(_unreadable(path, error))
    searched = _each_input_once(folders, named)
    found = {entry.uri for group in searched for entry in group.inputs}
    alone = tuple(entry for uri, entry in named.items() if uri not in found)
    if not alone and not errors:
        return searched
    outside = (entry.uri for entry in alone if entry.uri.startswith("/"))
    roots = (".", *dict.fromkeys(posixpath.dirname(uri) for uri in outside))
    return [*searched, Group(alone, tuple(errors), (), Folders(request.cwd, roots))]


def _each_input_once(folders: Mapping[str, Group], named: Mapping[str, Input]) -> list[Group]:
    """The groups of the folders, in which a file of several folders stands with the outermost one alone.

    A file that is named beside its folder stays in it, and has to be something we load.
    """
    taken: set[str] = set()
    kept = dict(folders)
    for folder in sorted(folders, key=lambda uri: len(Path(uri).parts)):
        inputs = [named.get(entry.uri, entry) for entry in folders[folder].inputs if entry.uri not in taken]
        taken |= {entry.uri for entry in inputs}
        kept[folder] = replace(folders[folder], inputs=tuple(inputs))
    return list(kept.values())


def _folder(path: str, request: ScanRequest) -> Group:
    from pipecheck.loaders.discover import Candidate, candidates  # noqa: PLC0415 - only folders need it

    inputs: list[Input] = []
    notes: list[str] = []
    folder = shown(path, request.cwd)
    for found in candidates(Path(folder), request.exclude):
        if isinstance(found, Candidate):
            inputs.append(Input(found.uri, found.data))
        else:
            notes.append(f"{found.uri} {found.why}")
    return Group(tuple(inputs), (), tuple(notes), Folders(request.cwd, (folder,)))


def _bytes(path: str) -> bytes:
    """No more than shows that a file is too large: a device has no end."""
    with Path(path).open("rb") as file:
        return file.read(Limits().bytes + 1)


def _unreadable(path: str, error: OSError) -> InputError:
    return InputError(f"cannot be read: {error.strerror or error}", source=path)


def shown(path: str, cwd: Path) -> str:
    """The path relative to the current folder where it lies below it, with forward slashes."""
    absolute = Path(os.path.abspath(cwd / path))  # noqa: PTH100 - resolve() would follow links
    return (absolute.relative_to(cwd) if absolute.is_relative_to(cwd) else absolute).as_posix()


def _narrowed(report: Report, request: ScanRequest) -> Report:
    """The report without the findings that were not asked for; its summary still counts them."""
    wanted = {shown(path, request.cwd) for path in request.report_only}
    return replace(
        report,
        findings=tuple(f for f in report.findings if _is_wanted(f, request, wanted)),
        comparison=_narrowed_comparison(report.comparison, request, wanted),
        suppressed=tuple(f for f in report.suppressed if _is_wanted(f, request, wanted)),
        outcomes=tuple(o for o in report.outcomes if not wanted or o.location.uri in wanted),
        errors=tuple(e for e in report.errors if not wanted or e.source in wanted),
    )


def _narrowed_comparison(comparison: Comparison | None, request: ScanRequest, wanted: set[str]) -> Comparison | None:
    if comparison is None:
        return None
    remaining = tuple(finding for finding in comparison.remaining if _is_wanted(finding, request, wanted))
    return replace(comparison, remaining=remaining)


def _is_wanted(finding: Finding, request: ScanRequest, report_only: set[str]) -> bool:
    if report_only and finding.location.uri not in report_only:
        return False
    if finding.verdict is Verdict.UNKNOWN and not request.unknowns:
        return False
    return finding.verdict is Verdict.ERROR or finding.severity.rank >= request.severity.rank
