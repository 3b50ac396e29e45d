"""The options that every command which scans has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pipecheck.cli.exit_code import FAIL_ON
from pipecheck.report.formats import FORMATS
from pipecheck.rules.severity import Severity
from pipecheck.values.record import record

_SEVERITIES = [severity.value for severity in reversed(Severity)]
_Command = TypeVar("_Command", bound=Callable[..., Any])


@record
class ScanOptions:
    """What the options say, one member each, as click gives them."""

    formats: tuple[str, ...]
    output: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    frameworks: tuple[str, ...]
    allow_python_rules: bool
    severity: str
    fail_on: str | None
    unknown: str | None
    strict: bool
    exclude: tuple[str, ...]
    report_only: tuple[str, ...]
    config_file: str | None
    config_from: str | None
    baseline: str | None
    baseline_prune: bool
    diff_base: str | None
    waiver_warn_days: int | None
    parameters: tuple[str, ...]
    parameters_files: tuple[str, ...]
    no_assume_defaults: bool
    sarif_profile: str
    jobs: int | None
    quiet: bool
    verbose: bool
    color: str


_OPTIONS = (
    click.option(
        "-f",
        "--format",
        "formats",
        multiple=True,
        metavar="FORMAT[=FILE]",
        help=f"Output format: {', '.join(FORMATS)}; repeatable, all but one with a file. Default: {FORMATS[0]}.",
    ),
    click.option("-o", "--output", metavar="FILE", help="Write the report there instead of to stdout."),
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        help="Rules to run, separated by commas: ids, globs, group:NAME, tag:NAME, framework:SLUG, ALL.",
    ),
    click.option("--ignore", multiple=True, metavar="RULES", help="Rules to leave out, named in the same way."),
    click.option(
        "--framework",
        "frameworks",
        multiple=True,
        metavar="SLUG",
        help="Run a framework's rules, and say what they found of each control: owasp-cicd-sec, soc2 …; repeatable.",
    ),
    click.option(
        "--allow-python-rules",
        is_flag=True,
        help="Run Python checks that stand in folders of rules, where the configuration says python_rules: true.",
    ),
    click.option(
        "--severity",
        type=click.Choice(_SEVERITIES),
        default="info",
        help="Report findings of this severity or worse. Default: all.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="Exit with 1 for a finding of this severity or worse. Default: high.",
    ),
    click.option(
        "--unknown",
        type=click.Choice(["report", "fail", "ignore"]),
        help='What to do with "cannot tell": report it, count it as a finding, or leave it out. Default: report.',
    ),
    click.option("--strict", is_flag=True, help="The same as --unknown fail."),
    click.option(
        "--exclude", multiple=True, metavar="GLOB", help="Leave these files or folders out of the search of a folder."
    ),
    click.option(
        "--report-only",
        multiple=True,
        metavar="FILE",
        help="Read everything for context, but report findings in this file alone; repeatable.",
    ),
    click.option(
        "--config",
        "config_file",
        metavar="FILE",
        help="Configuration; default: pipecheck.yaml or pyproject.toml, searched from the first PATH upwards.",
    ),
    click.option(
        "--config-from",
        metavar="REV",
        help="Read the configuration, and the baseline that it names, as they are in this git revision.",
    ),
    click.option(
        "--baseline",
        metavar="FILE",
        help="Report only what is new beside this file of `pipecheck baseline write`, or an earlier SARIF report.",
    ),
    click.option("--baseline-prune", is_flag=True, help="Drop from the baseline what was fixed."),
    click.option(
        "--diff-base",
        metavar="REV",
        help="Report only what is new beside a scan of this git revision.",
    ),
    click.option(
        "--waiver-warn-days",
        type=click.IntRange(min=0),
        metavar="N",
        help="Say on stderr which waivers end within N days.",
    ),
    click.option(
        "--parameters",
        multiple=True,
        metavar="NAME=VALUE",
        help="Value of a template parameter, or of a pseudo parameter such as AWS::Region; repeatable.",
    ),
    click.option(
        "--parameters-file",
        "parameters_files",
        multiple=True,
        metavar="FILE",
        help="Values of template parameters; --parameters comes before it, later files before earlier ones.",
    ),
    click.option("--no-assume-defaults", is_flag=True, help="Do not take the default of a parameter for its value."),
    click.option(
        "--sarif-profile",
        type=click.Choice(["full", "github"]),
        default="full",
        show_default=True,
        help="What SARIF holds: everything, or what GitHub code scanning can show.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes that may work on the scan; default: one per processor. The report does not depend on it.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No notes on stderr, only the report and errors."),
    click.option("-v", "--verbose", is_flag=True, help="Also report what passed, and what was passed over."),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colours in the text report; NO_COLOR is honoured.",
    ),
)


def scan_options(command: _Command) -> _Command:
    """Gives a command the options of ScanOptions, in their order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def listed(selectors: tuple[str, ...]) -> tuple[str, ...]:
    """The selectors in values of `--select` or `--ignore`, which commas separate."""
    return tuple(part.strip() for text in selectors for part in text.split(",") if part.strip())
