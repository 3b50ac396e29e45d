"""`pipecheck scan`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from pipecheck.app.scan import STDIN, ScanRequest, ScanResult, scan
from pipecheck.cli.exit_code import FAIL_ON, exit_code
from pipecheck.cli.group import note, print_error
from pipecheck.cli.output import chosen_targets, terminal_width, write_reports
from pipecheck.engine.config import find_configuration, read_configuration
from pipecheck.engine.processes import processors
from pipecheck.errors import InputError, PipecheckError, UsageError
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.parameters_file import read_parameters
from pipecheck.report.formats import FORMATS
from pipecheck.report.options import RenderOptions
from pipecheck.rules.severity import Severity

_SEVERITIES = [severity.value for severity in reversed(Severity)]
_NARROWEST = 60


@click.command("scan")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"Output format: {', '.join(FORMATS)}; repeatable, all but one with a file. Default: {FORMATS[0]}.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the report there instead of to stdout.")
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Rules to run, separated by commas: ids, globs, group:NAME, tag:NAME, framework:SLUG, ALL.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Rules to leave out, named in the same way.")
@click.option(
    "--severity",
    type=click.Choice(_SEVERITIES),
    default="info",
    help="Report findings of this severity or worse. Default: all.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="high",
    show_default=True,
    help="Exit with 1 for a finding of this severity or worse.",
)
@click.option(
    "--unknown",
    type=click.Choice(["report", "fail", "ignore"]),
    default="report",
    show_default=True,
    help='What to do with "cannot tell": report it, count it as a finding, or leave it out.',
)
@click.option("--strict", is_flag=True, help="The same as --unknown fail.")
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Leave these files or folders out of the search of a folder."
)
@click.option(
    "--report-only",
    multiple=True,
    metavar="FILE",
    help="Read everything for context, but report findings in this file alone; repeatable.",
)
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    help="Configuration; default: pipecheck.yaml, searched from the first PATH upwards.",
)
@click.option(
    "--parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a template parameter, or of a pseudo parameter such as AWS::Region; repeatable.",
)
@click.option(
    "--parameters-file",
    "parameters_files",
    multiple=True,
    metavar="FILE",
    help="Values of template parameters; --parameters comes before it, later files before earlier ones.",
)
@click.option("--no-assume-defaults", is_flag=True, help="Do not take the default of a parameter for its value.")
@click.option(
    "--sarif-profile",
    type=click.Choice(["full", "github"]),
    default="full",
    show_default=True,
    help="What SARIF holds: everything, or what GitHub code scanning can show.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that may work on the scan; default: one per processor. The report is the same for any number.",
)
@click.option("-q", "--quiet", is_flag=True, help="No notes on stderr, only the report and errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also report what passed, and what was passed over.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours in the text report; NO_COLOR is honoured.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    ctx: click.Context,
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str,
    fail_on: str,
    unknown: str,
    strict: bool,
    exclude: tuple[str, ...],
    report_only: tuple[str, ...],
    config_file: str | None,
    parameters: tuple[str, ...],
    parameters_files: tuple[str, ...],
    no_assume_defaults: bool,
    sarif_profile: str,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
    color: str,
) -> None:
    """Check templates and pipeline files.

    PATH is a CloudFormation template, a pipeline as `aws codepipeline get-pipeline` prints it, a folder that is
    searched for them, or - for stdin; the default is the current folder. A folder is looked at as a whole: a pipeline
    finds its roles, buckets and builds in the other files of the folder.

    \b
    Exit codes: 0  nothing at or above --fail-on     3  nothing to scan, or an input could not be read
                1  findings                          4  a rule crashed
                2  wrong usage or configuration
    """  # noqa: D301 - \b keeps click from rewrapping
    paths = paths or (".",)
    targets = chosen_targets(formats, output)
    cwd = Path.cwd()
    request = ScanRequest(
        paths=paths,
        cwd=cwd,
        stdin=sys.stdin.buffer.read() if STDIN in paths else None,
        select=_listed(select),
        ignore=_listed(ignore),
        exclude=exclude,
        report_only=report_only,
        assumptions=Assumptions({**_from_files(parameters_files), **_given(parameters)}, not no_assume_defaults),
        severity=Severity(severity),
        unknowns=unknown != "ignore" or strict,
        jobs=jobs or processors(),
    )
    configuration = read_configuration(config_file or find_configuration(paths[0], cwd))
    # The objects of a scan live until it ends, so looking for garbage among them is work for nothing.
    gc.freeze()
    gc.disable()
    result = scan(request, configuration)
    options = RenderOptions(
        width=max(terminal_width(), _NARROWEST),
        verbose=verbose,
        base=cwd,
        root=repository_root(cwd),
        sarif_profile="github" if sarif_profile == "github" else "full",
    )
    write_reports(targets, result.report, result.documents, color, options)
    if not quiet:
        _print_notes(result, verbose=verbose)
    ctx.exit(exit_code(result.report, fail_on=fail_on, unknown_fails=strict or unknown == "fail"))


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
    for text in result.notes if verbose else ():
        note(f"passed over: {text}")


def _listed(selectors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for text in selectors for part in text.split(",") if part.strip())


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
