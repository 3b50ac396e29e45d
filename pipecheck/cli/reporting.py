"""Scans what a command names, and writes the reports that its options ask for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipecheck.app.configuration import configuration_of
from pipecheck.app.scan import STDIN, ScanRequest, ScanResult, scan
from pipecheck.cli.exit_code import DEFAULT_FAIL_ON, exit_code
from pipecheck.cli.group import note, print_error
from pipecheck.cli.output import chosen_targets, terminal_width, write_reports
from pipecheck.cli.scan_options import ScanOptions, listed
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.processes import processors
from pipecheck.errors import InputError, PipecheckError, UsageError
from pipecheck.findings.finding import Report
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.parameters_file import read_parameters
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity
from pipecheck.syntax.document import Document
from pipecheck.syntax.limits import Limits
from pipecheck.values.record import record

if TYPE_CHECKING:
    from pipecheck.engine.baseline import Baseline

_NARROWEST = 60


@record
class Scanned:
    """A report with its documents, the configuration that held, and what was known before where that was a file."""

    report: Report
    documents: dict[str, Document]
    configuration: Configuration
    baseline: Baseline | None


def scan_and_report(paths: tuple[str, ...], options: ScanOptions) -> int:
    """The exit code of scanning the paths, after all is written. Raises UsageError before anything is scanned."""
    targets = chosen_targets(options.formats, options.output)
    result = scanned(paths, options)
    configuration, cwd = result.configuration, _current_folder()
    write_reports(targets, result.report, result.documents, options.color, _render_options(options, cwd))
    if options.baseline_prune:
        _prune(result, options, configuration, cwd)
    if options.waiver_warn_days is not None:
        _warn(configuration, options.waiver_warn_days)
    fail_on = options.fail_on or configuration.fail_on or DEFAULT_FAIL_ON
    unknown_fails = _unknown(options, configuration) == "fail"
    return exit_code(result.report, fail_on=fail_on, unknown_fails=unknown_fails)


def scanned(paths: tuple[str, ...], options: ScanOptions, *, known: bool = True) -> Scanned:
    """What the scan found, after its notes are printed; not compared with anything unless `known`.

    Raises UsageError before anything is scanned.
    """
    cwd = _current_folder()
    configuration = configuration_of(paths[0], cwd, file=options.config_file, revision=options.config_from)
    _check_comparison(options, configuration)
    request = ScanRequest(
        paths=paths,
        cwd=cwd,
        stdin=_stdin() if STDIN in paths else None,
        select=listed(options.select),
        ignore=listed(options.ignore),
        exclude=(*configuration.exclude, *options.exclude),
        report_only=options.report_only,
        assumptions=_assumptions(options),
        severity=Severity(options.severity),
        unknowns=_unknown(options, configuration) != "ignore",
        jobs=options.jobs or processors(),
        allow_python_rules=options.allow_python_rules,
        frameworks=options.frameworks,
        baseline=options.baseline,
        diff_base=options.diff_base,
        compare=known,
    )
    result = scan(request, configuration)
    if not options.quiet:
        _print_notes(result, verbose=options.verbose)
    return Scanned(result.report, result.documents, configuration, result.baseline)


def _check_comparison(options: ScanOptions, configuration: Configuration) -> None:
    if options.baseline is not None and options.diff_base is not None:
        raise UsageError("--baseline and --diff-base both say what was known before: give one of them")
    if not options.baseline_prune:
        return
    if options.diff_base is not None or (options.baseline is None and configuration.baseline is None):
        raise UsageError("--baseline-prune needs a baseline", help=("name it with --baseline FILE",))
    if options.baseline is None and configuration.revision is not None:
        raise UsageError("a baseline that is read from a revision cannot be pruned")


def _prune(result: Scanned, options: ScanOptions, configuration: Configuration, cwd: Path) -> None:
    from pipecheck.app.known import pruned_baseline  # noqa: PLC0415 - only for a baseline

    file, comparison = options.baseline or configuration.baseline or "", result.report.comparison
    if result.baseline is not None and comparison is not None and comparison.fixed:
        text = pruned_baseline(result.baseline, comparison, file, cwd)
        try:
            Path(file).write_text(text, "utf-8")
        except OSError as error:
            raise UsageError(f"the baseline cannot be written: {error.strerror or error}", source=file) from None


def _warn(configuration: Configuration, days: int) -> None:
    from pipecheck.engine.suppress.apply import soon_ended  # noqa: PLC0415 - only where it is asked for

    for sentence in soon_ended(configuration.waivers, days):
        note(sentence)


def _unknown(options: ScanOptions, configuration: Configuration) -> str:
    """What to do with a cannot-tell: report, fail or ignore."""
    return "fail" if options.strict else options.unknown or configuration.unknown or "report"


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise UsageError(f"the current folder cannot be used: {error.strerror or error}") from None


def _stdin() -> bytes:
    if sys.stdin is None:
        raise UsageError("stdin is closed: pipe a template in, or name a file")
    try:
        return sys.stdin.buffer.read(Limits().bytes + 1)
    except OSError as error:
        raise UsageError(f"stdin cannot be read: {error.strerror or error}") from None


def _assumptions(options: ScanOptions) -> Assumptions:
    given = {**_from_files(options.parameters_files), **_given(options.parameters)}
    return Assumptions(given, not options.no_assume_defaults)


def _render_options(options: ScanOptions, cwd: Path) -> RenderOptions:
    return RenderOptions(
        width=max(terminal_width(), _NARROWEST),
        verbose=options.verbose,
        base=cwd,
        root=repository_root(cwd),
        sarif_profile="github" if options.sarif_profile == "github" else "full",
    )


def _print_notes(result: ScanResult, *, verbose: bool) -> None:
    for error in result.report.errors:
        print_error(error)
    if not result.report.inputs and not result.report.errors:
        print_error(
            PipecheckError(
                "nothing to scan: found no CloudFormation template and no pipeline",
                help=("name a file or folder that holds one, or pipe one in: pipecheck scan -",),
            )
        )
    for text in result.unused:
        note(text)
    for text in result.notes if verbose else ():
        note(f"passed over: {text}")


def _from_files(files: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for file in files:
        try:
            given |= read_parameters(Path(file).read_bytes(), file)
        except OSError as error:
            raise UsageError(f"cannot be read: {error.strerror or error}", source=file) from None
        except InputError as error:
            raise UsageError(error.message, source=file, line=error.line, column=error.column) from None
    return given


def _given(parameters: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"--parameters {text}: expected NAME=VALUE")
        given[name] = value
    return given


def repository_root(folder: Path) -> Path:
    """The root of the repository that a folder is in, else the folder itself."""
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
